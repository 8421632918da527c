package dev.candles.sources.source.reader;

import dev.candles.core.time.MarketClock;
import java.util.function.LongSupplier;

/** What time it is, in both times; epoch ms. */
record ReaderTime(MarketClock clock, LongSupplier realClock) {
  long realMs() {
    return realClock.getAsLong();
  }

  long nowMs() {
    return clock.marketAt(realMs());
  }
}
