package dev.candles.core.lake;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** Reads what a larger interval is made of. Serialisable, so that an operator can carry it. */
@FunctionalInterface
public interface LakeParts extends Serializable {
  /**
   * Candles (current versions, revisions overlaid) of one stream in {@code [fromMs, toMs)},
   * ascending by open time, if the lake knows of each interval there that it has a candle or is
   * proven empty.
   *
   * @param fromMs epoch ms, UTC
   * @param toMs epoch ms, UTC
   * @throws IOException if a file or folder of the lake cannot be read
   */
  Optional<List<Candle>> whole(StreamKey stream, long fromMs, long toMs) throws IOException;
}
