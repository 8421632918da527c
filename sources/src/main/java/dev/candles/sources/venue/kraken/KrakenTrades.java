package dev.candles.sources.venue.kraken;

import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.proof.TradeEvidence;
import dev.candles.core.repair.AnswerReach;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.sources.venue.Decimals;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.RestPage;
import dev.candles.sources.venue.TradeText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A page of {@code Trades}, as they are or folded into candles: rows {@code [price, volume, time s,
 * side, type, misc, trade id]}, oldest first, at most a thousand. Source:
 * https://docs.kraken.com/api (read 2026-06-28), recorded 2025-11-10.
 *
 * <p>The page may begin and end anywhere; what it proves is {@link TradeEvidence}'s to say. An
 * interval in which it shows a trade is never silent. Folded into candles it speaks of what its
 * latest trade has passed, and of all that was asked where that is nothing: the same would come
 * again, and of larger intervals each page could fall as short. But a minute of more trades than a
 * page holds, or one behind it, hides no other: such a page speaks of the oldest minute alone.
 */
final class KrakenTrades {
  private static final int TIME = 2;
  private static final int SIDE = 3;
  private static final int ID = 6;
  private static final int FULL = 1_000;

  /** Seconds since 1970 have ten digits for the next two centuries. */
  private static final int MAX_SECOND_DIGITS = 12;

  private final RestQuery query;
  private final RestPage page;
  private final long receivedAtMs;
  private final long stepMs;
  private final NavigableMap<Long, Trade> byId;

  KrakenTrades(RestQuery query, RestPage page, long receivedAtMs) {
    this.query = query;
    this.page = page;
    this.receivedAtMs = receivedAtMs;
    this.stepMs = query.stream().timeframe().millis();
    this.byId = page.trades();
  }

  /**
   * The trades as they are.
   *
   * @param last the page's {@code last}: its latest stamp in nanoseconds, of which rows may show
   *     fewer digits; not believed where they contradict it
   */
  RestAnswer trades(List<JsonValue> rows, JsonValue last) {
    rows.forEach(this::read);
    long latestMs = byId.values().stream().mapToLong(Trade::timeMs).max().orElse(0);
    last.literal()
        .flatMap(Decimals::exact)
        .filter(ns -> floor(ns.movePointLeft(6)).compareTo(BigDecimal.valueOf(latestMs)) == 0)
        .ifPresent(ns -> page.latest(ns.longValue()));
    return page.answer();
  }

  /**
   * The candles that the trades make.
   *
   * @param graceMs a later id may lie so much before an earlier one
   */
  RestAnswer candles(List<JsonValue> rows, long graceMs) {
    rows.forEach(this::read);
    if (!byId.isEmpty()) {
      fold(graceMs);
      reach(rows.size() >= FULL);
    }
    return page.answer();
  }

  /** A row whose time cannot be read could be of any interval: then none is whole. */
  private void read(JsonValue row) {
    OptionalLong timeMs = millis(row.element(TIME));
    TradeText read =
        TradeText.read(
            row.element(ID),
            row.element(TIME),
            timeMs,
            row.element(0),
            row.element(1),
            TradeText.taker(row.element(SIDE), "b", "s"),
            receivedAtMs);
    Trade trade = read.trade();
    if (trade != null) {
      page.trade(trade);
    } else if (timeMs.isEmpty() || read.reason() == RejectReason.ABSURD_TIME) {
      page.unreadable(read.reason(), read.detail());
    } else {
      page.impossible(open(timeMs.getAsLong()), read.reason(), read.detail());
    }
  }

  private void fold(long graceMs) {
    page.ageless();
    byId.values().forEach(trade -> page.traded(open(trade.timeMs())));
    long from = query.stream().timeframe().ceil(query.fromMs());
    Intervals asked = Intervals.of(from, Math.max(from, query.toMs()));
    TradeEvidence.Reading reading =
        TradeEvidence.of(
            query.stream(), asked, byId, TradeEvidence.Ends.unknown(graceMs), receivedAtMs);
    reading.candles().forEach(page::whole);
    for (int i = 0; i < reading.silent().count(); i++) {
      for (long open = reading.silent().from(i); open < reading.silent().to(i); open += stepMs) {
        page.silent(open);
      }
    }
  }

  private void reach(boolean full) {
    long latestMs = byId.values().stream().mapToLong(Trade::timeMs).max().orElseThrow();
    long passedMs = open(latestMs);
    if (passedMs > query.fromMs()) {
      page.reaches(AnswerReach.until(passedMs));
    } else if (full
        && query.stream().timeframe() == Timeframe.BASE
        && latestMs >= KrakenRest.sinceMs(query.fromMs(), stepMs)) {
      page.reaches(AnswerReach.until(query.fromMs() + stepMs));
    }
  }

  private long open(long timeMs) {
    return query.stream().timeframe().floor(timeMs);
  }

  /** Seconds with a fraction, read from their text, as epoch ms rounded down. */
  private static OptionalLong millis(JsonValue seconds) {
    Optional<BigDecimal> read = seconds.literal().flatMap(Decimals::exact);
    if (read.isEmpty() || read.get().precision() - read.get().scale() > MAX_SECOND_DIGITS) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(floor(read.get().movePointRight(3)).longValueExact());
  }

  private static BigDecimal floor(BigDecimal value) {
    return value.setScale(0, RoundingMode.FLOOR);
  }
}
