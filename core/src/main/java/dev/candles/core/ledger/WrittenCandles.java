package dev.candles.core.ledger;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import java.io.IOException;
import java.util.List;

/** Reads candles that were written before this attempt. */
@FunctionalInterface
public interface WrittenCandles {
  /**
   * Candles (current versions) of one stream in {@code [fromMs, toMs)}, ascending by open time.
   *
   * @param fromMs epoch ms, UTC
   * @param toMs epoch ms, UTC
   * @throws IOException if they cannot be read
   */
  List<Candle> candles(StreamKey stream, long fromMs, long toMs) throws IOException;
}
