package dev.candles.sources.venue.kraken;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.repair.AnswerReach;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.sources.venue.Decimals;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.RestPage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Rows of {@code OHLC}: {@code [time s, open, high, low, close, vwap, volume, count]}, oldest
 * first, one for each interval, also the silent ones; the last is in progress. Source:
 * https://docs.kraken.com/api (read 2026-06-28), recorded 2025-11-10.
 */
final class KrakenOhlc {
  private static final int ROW_CELLS = 8;
  private static final int VOLUME = 6;
  private static final int COUNT = 7;

  /** Every interval has a row, so that no answer spans more of them than it may have rows. */
  private static final int MAX_SPAN = 2_000;

  private final RestQuery query;
  private final RestPage page;
  private final long receivedAtMs;
  private final long stepMs;

  KrakenOhlc(RestQuery query, RestPage page, long receivedAtMs) {
    this.query = query;
    this.page = page;
    this.receivedAtMs = receivedAtMs;
    this.stepMs = query.stream().timeframe().millis();
  }

  /**
   * What the rows mean; those outside of what was asked are left out, as there is no upper bound to
   * ask for.
   *
   * @param last the venue's word on the last row that is not in progress
   */
  RestAnswer answer(List<JsonValue> rows, JsonValue last) {
    TreeSet<Long> opens = new TreeSet<>();
    for (JsonValue row : rows) {
      long openTimeMs = openTime(row.element(0));
      if (openTimeMs < 0) {
        return page.unreadableAnswer(RejectReason.WRONG_TYPE, "open time: " + row.element(0));
      }
      opens.add(openTimeMs);
      page.shows(openTimeMs);
    }
    if (!opens.isEmpty() && opens.last() - opens.first() > MAX_SPAN * stepMs) {
      String detail = "open times from " + opens.first() + " to " + opens.last();
      return page.unreadableAnswer(RejectReason.ABSURD_TIME, detail);
    }
    long committedMs = Math.min(openTime(last), opens.isEmpty() ? -1 : opens.last() - stepMs);
    for (JsonValue row : rows) {
      long openTimeMs = openTime(row.element(0));
      if (page.covers(openTimeMs)) {
        row(openTimeMs, row, openTimeMs <= committedMs);
      }
    }
    absent(opens);
    if (!opens.isEmpty()) {
      page.reaches(AnswerReach.from(opens.first())); // of what is older it holds no row
    }
    return page.answer();
  }

  /** Epoch ms, or -1 if it is no open time. */
  private long openTime(JsonValue seconds) {
    Optional<Long> read = seconds.literal().filter(Decimals::isWhole).map(Long::parseLong);
    boolean fits = read.isPresent() && read.get() <= Long.MAX_VALUE / 1_000;
    return fits && read.get() * 1_000 % stepMs == 0 ? read.get() * 1_000 : -1;
  }

  /** Silent intervals have rows here, so one without a row is not silent but unknown. */
  private void absent(SortedSet<Long> opens) {
    if (opens.isEmpty()) {
      return;
    }
    long from = Math.max(opens.first(), query.stream().timeframe().ceil(query.fromMs()));
    long to = Math.min(opens.last(), query.toMs());
    for (long open = from; open < to; open += stepMs) {
      if (!opens.contains(open)) {
        page.unproven(open);
      }
    }
  }

  private void row(long openTimeMs, JsonValue row, boolean over) {
    if (row.elements().size() != ROW_CELLS) {
      String detail = "row of " + row.elements().size() + " fields";
      page.impossible(openTimeMs, RejectReason.MALFORMED, detail);
      return;
    }
    double[] numbers = new double[COUNT];
    for (int i = 1; i < COUNT; i++) {
      Optional<BigDecimal> number = row.element(i).literal().flatMap(Decimals::exact);
      if (number.isEmpty()) {
        String detail = "field " + i + ": " + row.element(i);
        page.impossible(openTimeMs, RejectReason.WRONG_TYPE, detail);
        return;
      }
      numbers[i] = number.get().doubleValue();
    }
    Optional<Long> count =
        row.element(COUNT).literal().filter(Decimals::isWhole).map(Long::parseLong);
    if (count.isEmpty()) {
      page.impossible(openTimeMs, RejectReason.WRONG_TYPE, "count: " + row.element(COUNT));
    } else if (!over) {
      page.unproven(openTimeMs);
    } else {
      page.closed(candle(openTimeMs, numbers, count.get()));
    }
  }

  private Candle candle(long openTimeMs, double[] numbers, long count) {
    return new Candle(
        query.stream(),
        openTimeMs,
        new Ohlc(numbers[1], numbers[2], numbers[3], numbers[4]),
        Volumes.ofBase(
            numbers[VOLUME]), // times vwap would not be exact: the venue cuts its vwap off
        new TradeRange(count, null, null),
        Provenance.first(Evidence.REST, "rest", receivedAtMs));
  }
}
