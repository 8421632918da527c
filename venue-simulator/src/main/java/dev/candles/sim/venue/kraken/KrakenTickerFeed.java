package dev.candles.sim.venue.kraken;

import dev.candles.sim.tape.TradeCursor;
import dev.candles.sim.venue.ClientSink;
import org.jspecify.annotations.Nullable;

/** Channel {@code ticker}: how the market stands at once, then after trades. */
final class KrakenTickerFeed implements KrakenFeed {
  private final KrakenPair pair;
  private final ClientSink outlet;
  private final KrakenWords words;
  private final boolean snapshot;
  private @Nullable TradeCursor cursor;

  KrakenTickerFeed(KrakenPair pair, ClientSink outlet, KrakenWords words, boolean snapshot) {
    this.pair = pair;
    this.outlet = outlet;
    this.words = words;
    this.snapshot = snapshot;
  }

  @Override
  public void start(long nowMs) {
    cursor = new TradeCursor(pair.tape(), nowMs);
    if (snapshot) {
      push("snapshot", nowMs);
    }
  }

  @Override
  public void tick(long nowMs) {
    pair.desk().look(nowMs);
    if (cursor != null && !cursor.take(nowMs).isEmpty()) {
      push("update", nowMs);
    }
  }

  @Override
  public void leave() {}

  private void push(String type, long nowMs) {
    pair.desk()
        .quotes()
        .at(nowMs)
        .map(quote -> words.ticker(type, pair, quote))
        .ifPresent(outlet::data);
  }
}
