package dev.candles.sim.venue.kraken;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.tape.TradeCursor;
import dev.candles.sim.venue.ClientSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Channel {@code ohlc}: the last intervals that traded, then one row per trade event; nothing at an
 * interval's end and nothing in silence. A trade that comes late has its own interval's row.
 */
final class KrakenCandleFeed implements KrakenFeed {
  private static final int SNAPSHOT = 12;

  private final KrakenPair pair;
  private final Timeframe timeframe;
  private final ClientSink outlet;
  private final KrakenWords words;
  private final boolean snapshot;
  private @Nullable TradeCursor cursor;

  KrakenCandleFeed(
      KrakenPair pair,
      Timeframe timeframe,
      ClientSink outlet,
      KrakenWords words,
      boolean snapshot) {
    this.pair = pair;
    this.timeframe = timeframe;
    this.outlet = outlet;
    this.words = words;
    this.snapshot = snapshot;
  }

  @Override
  public void start(long nowMs) {
    cursor = new TradeCursor(pair.tape(), nowMs);
    List<String> rows = new ArrayList<>();
    long current = timeframe.floor(nowMs);
    for (int back = SNAPSHOT; back >= 0 && snapshot; back--) {
      pair.desk()
          .series()
          .candle(timeframe, current - back * timeframe.millis(), nowMs)
          .map(candle -> SimKrakenFrames.candle(pair, timeframe, candle))
          .ifPresent(rows::add);
    }
    if (!rows.isEmpty()) {
      outlet.data(SimKrakenFrames.candles("snapshot", KrakenTimes.nanosText(nowMs), rows));
    }
  }

  @Override
  public void tick(long nowMs) {
    pair.desk().look(nowMs);
    List<Trade> fresh = cursor == null ? List.of() : cursor.take(nowMs);
    for (int i = 0; i < fresh.size(); i++) {
      Trade trade = fresh.get(i);
      if (i + 1 == fresh.size() || !trade.sameOrder(fresh.get(i + 1))) {
        update(trade);
      }
    }
  }

  @Override
  public void leave() {}

  private void update(Trade trade) {
    pair.desk()
        .series()
        .candle(timeframe, timeframe.floor(trade.timeMs()), trade.timeMs() + 1)
        .map(candle -> words.candle(pair, timeframe, candle, trade))
        .ifPresent(outlet::data);
  }
}
