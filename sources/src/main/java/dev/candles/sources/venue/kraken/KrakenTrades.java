package dev.candles.sources.venue.kraken;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.Trade;
import dev.candles.core.finality.TradeFold;
import dev.candles.sources.venue.Decimals;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.RestAnswer;
import dev.candles.sources.venue.RestPage;
import dev.candles.sources.venue.RestQuery;
import dev.candles.sources.venue.TradeText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * A page of {@code Trades}, as they are or folded into candles: rows {@code [price, volume, time s,
 * side, type, misc, trade id]}, oldest first, at most a thousand. Source:
 * https://docs.kraken.com/api (read 2026-06-28), recorded 2025-11-10.
 *
 * <p>Only intervals strictly between those of the first and the last trade are whole; the page may
 * begin and end anywhere. Pages overlap, so trades are told apart by id. An interval without a
 * trade is silent when the ids around it are neighbours.
 */
final class KrakenTrades {
  private static final int TIME = 2;
  private static final int ID = 6;

  /** How much earlier than the trade before it a trade may be. */
  private static final long GRACE_MS = 2_000;

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

  /** The trades as they are. */
  RestAnswer trades(List<JsonValue> rows) {
    rows.forEach(this::read);
    return page.answer();
  }

  /** The candles that the trades make. */
  RestAnswer candles(List<JsonValue> rows) {
    rows.forEach(this::read);
    if (!byId.isEmpty()) {
      fold();
    }
    return page.answer();
  }

  /** A row whose time cannot be read could be of any interval: then none is whole. */
  private void read(JsonValue row) {
    OptionalLong timeMs = millis(row.element(TIME));
    TradeText read =
        TradeText.read(row.element(ID), timeMs, row.element(0), row.element(1), receivedAtMs);
    Trade trade = read.trade();
    if (trade != null) {
      page.trade(trade);
    } else if (timeMs.isEmpty() || read.reason() == RejectReason.ABSURD_TIME) {
      page.unreadable(read.reason(), read.detail());
    } else {
      page.impossible(open(timeMs.getAsLong()), read.reason(), read.detail());
    }
  }

  private void fold() {
    long first = open(byId.firstEntry().getValue().timeMs());
    long last = open(byId.lastEntry().getValue().timeMs());
    TreeMap<Long, TradeFold> byOpen = new TreeMap<>();
    for (Trade trade : byId.values()) {
      TradeFold fold = byOpen.get(open(trade.timeMs()));
      if (fold == null) {
        byOpen.put(open(trade.timeMs()), new TradeFold(trade));
      } else {
        fold.add(trade);
      }
    }
    for (Map.Entry<Long, TradeFold> interval : byOpen.entrySet()) {
      long open = interval.getKey();
      if (open > first && open < last && page.covers(open)) {
        page.closed(
            interval
                .getValue()
                .candle(query.stream(), open, Evidence.REST_TRADES, "rest", receivedAtMs));
      }
    }
    between(byOpen);
  }

  /**
   * The intervals without a trade between two trades that follow each other on the page. Where the
   * time goes back although the ids go on, nothing is known of the intervals that it goes over, nor
   * of a silence after it.
   */
  private void between(Map<Long, TradeFold> byOpen) {
    long latestMs = byId.firstEntry().getValue().timeMs();
    long expectedId = byId.firstKey();
    for (Trade trade : byId.values()) {
      if (trade.timeMs() < latestMs - GRACE_MS) {
        between(open(trade.timeMs()), open(latestMs) + stepMs, page::unproven);
        expectedId = -1;
        continue;
      }
      boolean neighbours = trade.id() == expectedId;
      between(
          open(latestMs) + stepMs,
          open(trade.timeMs()),
          open -> {
            if (!byOpen.containsKey(open)) {
              said(open, neighbours);
            }
          });
      latestMs = Math.max(latestMs, trade.timeMs());
      expectedId = trade.id() + 1;
    }
  }

  private void said(long open, boolean silent) {
    if (silent) {
      page.silent(open);
    } else {
      page.unproven(open);
    }
  }

  /** Goes over the intervals from {@code fromMs} on, before {@code toMs}, that were asked for. */
  private void between(long fromMs, long toMs, LongConsumer interval) {
    long asked = query.stream().timeframe().ceil(query.fromMs());
    long to = Math.min(toMs, query.toMs());
    for (long open = Math.max(fromMs, asked); open < to; open += stepMs) {
      interval.accept(open);
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
    return OptionalLong.of(
        read.get().movePointRight(3).setScale(0, RoundingMode.FLOOR).longValueExact());
  }
}
