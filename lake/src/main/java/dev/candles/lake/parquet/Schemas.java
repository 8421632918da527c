package dev.candles.lake.parquet;

import java.util.Set;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** The columns of the lake's files. Columns are only ever added, never renamed or retyped. */
final class Schemas {
  /** Venue, symbol, timeframe and date are in the path only: a twin inside breaks pandas. */
  static final MessageType CANDLE =
      MessageTypeParser.parseMessageType(
          """
          message candle {
            required int64 open_time_ms;
            required double open;
            required double high;
            required double low;
            required double close;
            required double volume;
            optional double quote_volume;
            optional double taker_buy_volume;
            optional int64 trade_count;
            optional int64 first_trade_id;
            optional int64 last_trade_id;
            required boolean is_closed;
            required binary evidence (STRING);
            required binary source (STRING);
            required int32 revision;
            required int64 received_at_ms;
          }
          """);

  /** Columns that files of older builds do not have: all values are null there. */
  static final Set<String> ADDED = Set.of("taker_buy_volume");

  static final MessageType COVERAGE =
      MessageTypeParser.parseMessageType(
          """
          message coverage {
            required binary venue (STRING);
            required binary symbol (STRING);
            required binary timeframe (STRING);
            required int64 from_ms;
            required int64 to_ms;
            required binary state (STRING);
            required binary reason (STRING);
            optional binary evidence (STRING);
            required int64 seq;
            required int64 at_ms;
          }
          """);

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
