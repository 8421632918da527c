package dev.candles.sim.venue.okx;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.venue.HalfMade;
import dev.candles.sim.venue.PageRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** REST's rows of one instrument and timeframe, as of a market time. */
final class OkxCandlePages {
  private static final int RECENT_ROWS = 1_440;

  private final OkxMarket market;
  private final Timeframe timeframe;
  private final long asOfMs;
  private final HalfMade halfMade;

  OkxCandlePages(OkxMarket market, Timeframe timeframe, long asOfMs, HalfMade halfMade) {
    this.market = market;
    this.timeframe = timeframe;
    this.asOfMs = asOfMs;
    this.halfMade = halfMade;
  }

  /** Of the latest 1,440 rows, the one in progress included. */
  List<PageRow> recent(OkxPage page) {
    long oldest = timeframe.floor(asOfMs) - (RECENT_ROWS - 1) * timeframe.millis();
    return rows(page, oldest, timeframe.floor(asOfMs));
  }

  /** Of all closed rows. */
  List<PageRow> history(OkxPage page) {
    long newest = timeframe.floor(asOfMs) - timeframe.millis();
    while (!confirmed(newest)) {
      newest -= timeframe.millis();
    }
    return rows(page, Long.MIN_VALUE, newest);
  }

  private List<PageRow> rows(OkxPage page, long oldest, long newest) {
    long listed = timeframe.floor(market.series().tape().listedMs());
    long from = Math.max(Math.max(oldest, listed), above(page.before()));
    List<PageRow> rows = new ArrayList<>();
    Optional<TapeCandle> row = atOrBefore(Math.min(newest, below(page.after())), from);
    while (row.isPresent() && rows.size() < page.limit()) {
      long open = row.get().openTimeMs();
      rows.add(new PageRow(open, SimOkxFrames.row(row.get(), confirmed(open))));
      row = atOrBefore(open - timeframe.millis(), from);
    }
    return rows;
  }

  /** The newest row that opens at or before a time, and not before {@code from}. */
  private Optional<TapeCandle> atOrBefore(long openTimeMs, long from) {
    if (openTimeMs < from) {
      return Optional.empty();
    }
    Optional<TapeCandle> row = row(openTimeMs);
    if (row.isPresent() || market.flatRows()) {
      return row; // flat rows leave no hole after the first trade
    }
    long end = Math.min(openTimeMs + timeframe.millis(), asOfMs);
    return market
        .series()
        .lastTradedMs(end, asOfMs)
        .map(timeframe::floor)
        .filter(open -> open >= from)
        .flatMap(this::row);
  }

  private Optional<TapeCandle> row(long openTimeMs) {
    long counted = halfMade.countedMs(market.series().tape(), timeframe, openTimeMs);
    return market.row(timeframe, openTimeMs, Math.min(asOfMs, counted));
  }

  private boolean confirmed(long openTimeMs) {
    long end = openTimeMs + timeframe.millis();
    return end <= asOfMs
        && market.restConfirmAt(timeframe, openTimeMs) <= asOfMs
        && !halfMade.hits(end);
  }

  private long above(long bound) {
    return bound == Long.MIN_VALUE ? bound : timeframe.floor(bound) + timeframe.millis();
  }

  private long below(long bound) {
    return bound == Long.MAX_VALUE ? bound : timeframe.ceil(bound) - timeframe.millis();
  }
}
