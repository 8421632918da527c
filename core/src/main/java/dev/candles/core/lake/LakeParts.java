package dev.candles.core.lake;

import dev.candles.core.candle.StreamKey;
import java.io.IOException;
import java.io.Serializable;
import java.util.Set;

/**
 * Reads what larger intervals are made of. Serialisable, so that an operator can carry it; what it
 * answers is not.
 */
@FunctionalInterface
public interface LakeParts extends Serializable {
  /**
   * Reads what is known to be empty, once for many questions: this is what takes long.
   *
   * @param streams all that is asked about afterwards
   * @param fromMs nothing before it is asked about, epoch ms, UTC
   * @throws IOException if a folder of the lake cannot be read
   */
  Reading read(Set<StreamKey> streams, long fromMs) throws IOException;

  /** The lake at one moment, or a little later. */
  @FunctionalInterface
  interface Reading {
    /**
     * What the lake holds of one stream in {@code [fromMs, toMs)}.
     *
     * @param fromMs epoch ms, UTC
     * @param toMs epoch ms, UTC
     * @throws IOException if a file or folder of the lake cannot be read
     */
    HeldParts held(StreamKey stream, long fromMs, long toMs) throws IOException;
  }
}
