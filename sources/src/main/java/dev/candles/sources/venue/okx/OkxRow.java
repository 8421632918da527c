package dev.candles.sources.venue.okx;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.CandleCheck;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.time.VenueClock;
import dev.candles.sources.venue.Decimals;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One candle row {@code [ts, o, h, l, c, vol, volCcy, volCcyQuote, confirm]}, all strings; before
 * 2023 without {@code volCcyQuote}. On spot {@code vol} is base and {@code volCcy} quote currency.
 * Source: https://www.okx.com/docs-v5/en/ (read 2026-06-27).
 *
 * @param openTimeMs epoch ms, UTC; -1 if the row has no believable open time
 * @param closed whether the venue confirms it
 * @param candle the candle, or null if the row is impossible
 * @param problem why it is impossible, or null
 * @param detail which value is, empty if none
 */
record OkxRow(
    long openTimeMs,
    boolean closed,
    @Nullable Candle candle,
    @Nullable RejectReason problem,
    String detail) {
  private static final long NO_TIME = -1;
  private static final long EARLIEST_MS = 1_262_304_000_000L; // 2010-01-01
  private static final long DAY_MS = 86_400_000;

  private static final int SHORT_ROW = 8;
  private static final int FULL_ROW = 9;
  private static final int VOLUME = 5;

  /** Reads a row; never throws on what it may hold. Our clock may be off by an hour. */
  static OkxRow read(
      StreamKey stream,
      List<@Nullable String> cells,
      Evidence evidence,
      String source,
      long receivedAtMs) {
    String time = cells.isEmpty() ? null : cells.get(0);
    if (time == null || !Decimals.isWhole(time)) {
      return bad(NO_TIME, false, RejectReason.WRONG_TYPE, "open time: " + time);
    }
    long openTimeMs = Long.parseLong(time);
    if (openTimeMs < EARLIEST_MS || openTimeMs > receivedAtMs + DAY_MS) {
      return bad(NO_TIME, false, RejectReason.ABSURD_TIME, "open time: " + time);
    }
    if (!stream.timeframe().aligned(openTimeMs)) {
      return bad(NO_TIME, false, RejectReason.MISALIGNED_TIME, "open time: " + time);
    }
    if (cells.size() < SHORT_ROW || cells.size() > FULL_ROW) {
      RejectReason reason =
          cells.size() < SHORT_ROW ? RejectReason.MISSING_FIELD : RejectReason.MALFORMED;
      return bad(openTimeMs, false, reason, "row of " + cells.size() + " fields");
    }
    String confirm = cells.get(cells.size() - 1);
    if (!"0".equals(confirm) && !"1".equals(confirm)) {
      return bad(openTimeMs, false, RejectReason.WRONG_TYPE, "confirm: " + confirm);
    }
    boolean closed = confirm.equals("1");
    if (closed
        && openTimeMs + stream.timeframe().millis() > receivedAtMs + VenueClock.MOST_OFF_MS) {
      return bad(openTimeMs, false, RejectReason.NOT_OVER, "open time: " + time);
    }
    return values(stream, openTimeMs, closed, cells, evidence, source, receivedAtMs);
  }

  private static OkxRow values(
      StreamKey stream,
      long openTimeMs,
      boolean closed,
      List<@Nullable String> cells,
      Evidence evidence,
      String source,
      long receivedAtMs) {
    double[] numbers = new double[cells.size() - 1];
    for (int i = 1; i < numbers.length; i++) {
      String cell = cells.get(i);
      if (cell == null || !Decimals.isDecimal(cell)) {
        return bad(openTimeMs, closed, RejectReason.WRONG_TYPE, "field " + i + ": " + cell);
      }
      numbers[i] = Decimals.nearest(cell);
    }
    double quote = numbers[numbers.length - 1]; // the last before confirm, in both forms
    Candle candle =
        new Candle(
            stream,
            openTimeMs,
            new Ohlc(numbers[1], numbers[2], numbers[3], numbers[4]),
            new Volumes(numbers[VOLUME], quote, null),
            TradeRange.UNKNOWN,
            Provenance.first(evidence, source, receivedAtMs));
    Optional<CandleCheck.Problem> problem = CandleCheck.problem(candle);
    if (problem.isPresent()) {
      String detail = problem.get().detail() + ", row: " + cells;
      return bad(openTimeMs, closed, problem.get().reason(), detail);
    }
    return new OkxRow(openTimeMs, closed, candle, null, "");
  }

  /** Whether it cannot even be said which interval the row is about. */
  boolean timeless() {
    return openTimeMs == NO_TIME;
  }

  private static OkxRow bad(long openTimeMs, boolean closed, RejectReason reason, String detail) {
    return new OkxRow(openTimeMs, closed, null, reason, detail);
  }
}
