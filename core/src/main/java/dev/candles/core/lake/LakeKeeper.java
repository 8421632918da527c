package dev.candles.core.lake;

import java.io.IOException;
import java.io.Serializable;

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

  /** A hold of the lock. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }
}
