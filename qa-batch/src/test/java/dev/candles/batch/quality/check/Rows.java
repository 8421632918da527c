package dev.candles.batch.quality.check;

import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.RawCandle;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows for the tests of single checks: the first day of the epoch, minutes by number. */
final class Rows {
  static final StreamKey BTC = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  static final long MINUTE = 60_000;

  private Rows() {}

  /** A minute with the trades {@code first} to {@code last}; none without ids. */
  static RawCandle chained(int minute, @Nullable Long first, @Nullable Long last) {
    Long count = first == null || last == null ? null : Long.valueOf(last - first + 1);
    return row(minute * MINUTE, 10, 12, 9, 11, 1.5, count, first, last, "TRADE_CHAIN");
  }

  static RawCandle priced(int minute, double open, double high, double low, double close) {
    return row(minute * MINUTE, open, high, low, close, 1.5, null, null, null, "REST");
  }

  static RawCandle row(
      long openTimeMs,
      double open,
      double high,
      double low,
      double close,
      double volume,
      @Nullable Long count,
      @Nullable Long first,
      @Nullable Long last,
      String evidence) {
    return new RawCandle(
        openTimeMs,
        new Ohlc(open, high, low, close),
        Volumes.ofBase(volume),
        new TradeRange(count, first, last),
        true,
        evidence,
        "ws",
        0,
        0);
  }

  static Day day(StreamKey stream, RawCandle... rows) {
    List<Day.Row> all = Arrays.stream(rows).map(row -> new Day.Row(row, "f")).toList();
    return new Day(Partition.of(stream, 0), all, List.of());
  }

  static Day day(RawCandle... rows) {
    return day(BTC, rows);
  }
}
