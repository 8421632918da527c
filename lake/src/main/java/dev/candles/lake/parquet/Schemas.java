package dev.candles.lake.parquet;

import static dev.candles.lake.parquet.decode.ColumnSpec.added;
import static dev.candles.lake.parquet.decode.ColumnSpec.optional;
import static dev.candles.lake.parquet.decode.ColumnSpec.required;
import static dev.candles.lake.parquet.decode.ColumnType.BOOLEAN;
import static dev.candles.lake.parquet.decode.ColumnType.DOUBLE;
import static dev.candles.lake.parquet.decode.ColumnType.INT32;
import static dev.candles.lake.parquet.decode.ColumnType.INT64;
import static dev.candles.lake.parquet.decode.ColumnType.STRING;

import dev.candles.lake.parquet.decode.TableSchema;

/** The columns of the lake's files. Columns are only ever added, never renamed or retyped. */
final class Schemas {
  static final String OPEN_TIME = "open_time_ms";

  /** Venue, symbol, timeframe and date are in the path only: a twin inside breaks pandas. */
  static final TableSchema CANDLE =
      TableSchema.of(
          "candle",
          required(OPEN_TIME, INT64),
          required("open", DOUBLE),
          required("high", DOUBLE),
          required("low", DOUBLE),
          required("close", DOUBLE),
          required("volume", DOUBLE),
          optional("quote_volume", DOUBLE),
          added("taker_buy_volume", DOUBLE),
          optional("trade_count", INT64),
          optional("first_trade_id", INT64),
          optional("last_trade_id", INT64),
          required("is_closed", BOOLEAN),
          required("evidence", STRING),
          required("source", STRING),
          required("revision", INT32),
          required("received_at_ms", INT64));

  static final TableSchema COVERAGE =
      TableSchema.of(
          "coverage",
          required("venue", STRING),
          required("symbol", STRING),
          required("timeframe", STRING),
          required("from_ms", INT64),
          required("to_ms", INT64),
          required("state", STRING),
          required("reason", STRING),
          optional("evidence", STRING),
          required("seq", INT64),
          required("at_ms", INT64));

  /** Footer keys that repeat the partition columns. */
  static final String VENUE = "venue";

  static final String SYMBOL = "symbol";
  static final String TIMEFRAME = "timeframe";
  static final String DATE = "date";

  /** Footer key: {@link #ASCENDING} when every open time was above the one before it. */
  static final String ORDER = "open_time_order";

  static final String ASCENDING = "strictly_ascending";

  private Schemas() {}
}
