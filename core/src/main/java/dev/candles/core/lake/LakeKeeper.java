package dev.candles.core.lake;

import dev.candles.core.candle.StreamKey;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Guards the lake for its one writer. Serialisable, so that an enumerator can carry it. */
public interface LakeKeeper extends Serializable {

  /**
   * Takes the writer's lock for this JVM, or joins the JVM's own hold of it. Freed by {@link
   * Hold#close} of the last holder or by the death of the process.
   *
   * @throws IOException if another process holds it; the message names that process
   */
  Hold acquire() throws IOException;

  /**
   * Deletes temporary files that a killed run left behind: those last modified before {@code
   * beforeRealMs}. To be called only after the first completed checkpoint of the attempt.
   *
   * @param beforeRealMs real start of this attempt, epoch ms
   * @return how many were deleted
   * @throws IOException if the lake cannot be listed
   */
  int sweep(long beforeRealMs) throws IOException;

  /**
   * Says in coverage that streams of which the lake holds nothing yet are missing, so that their
   * history keeps its start while their venue cannot be reached. To be called by a holder only.
   *
   * @param fromMs start of history, epoch ms, UTC
   * @param nowMs market time now, epoch ms, UTC
   * @return how many streams the lake knew nothing of
   * @throws IOException if the lake cannot be read or written
   */
  int begin(List<StreamKey> streams, long fromMs, long nowMs) throws IOException;

  /** A hold of the lock. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }
}
