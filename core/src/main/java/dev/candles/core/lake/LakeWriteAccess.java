package dev.candles.core.lake;

import dev.candles.core.candle.StreamKey;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * The lake as its one writer has it: alone, with the leftovers of its killed runs deleted and the
 * start of its history written. {@link LakeView} reads. Serialisable, because whoever takes the
 * lake or proves that it is seen is carried to its process.
 */
public interface LakeWriteAccess extends Serializable {

  /**
   * Takes the lake for its one writer, or joins this writer's own hold of it.
   *
   * @param writer the Flink job that writes
   * @param lost told, on any thread, if the hold was lost while it was not closed
   * @throws IOException if another writer holds it; the message names it
   */
  Hold acquire(String writer, Consumer<RuntimeException> lost) throws IOException;

  /**
   * Proves that this process sees the lake that was taken for {@code writer}.
   *
   * @throws IOException if it does not; the message names this machine
   */
  void prove(String writer) throws IOException;

  /**
   * Marks the start of an attempt of the job, quickly. To be called before the attempt opens a
   * file: what it opens later is its own.
   *
   * @throws IOException if the lake cannot be written
   */
  Attempt startAttempt() throws IOException;

  /** An attempt of the job that has started. */
  @FunctionalInterface
  interface Attempt {
    /**
     * Notes the temporary files that killed runs left behind: those that are there now and are
     * older than the attempt, which may write meanwhile. The clock of the files decides, not ours;
     * none is noted if that clock was set back since the attempt started. Takes long in a large
     * lake.
     *
     * @throws IOException if the lake cannot be listed
     */
    Leftovers leftovers() throws IOException;
  }

  /** Temporary files that nobody will finish. */
  @FunctionalInterface
  interface Leftovers {
    /**
     * Deletes those that are still there, or none if the clock of the files was set back since. To
     * be called only after the first completed checkpoint of the attempt: until then one of them
     * may be restored and finished.
     *
     * @return how many were deleted
     * @throws IOException if one cannot be deleted
     */
    int sweep() throws IOException;
  }

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

  /**
   * Notes which configured symbols a venue does not list, in place of what was noted of it before.
   * To be called by a holder only.
   *
   * @param nearest by symbol what was probably meant, best first
   * @param nowMs market time now, epoch ms, UTC
   * @throws IOException if it cannot be written
   */
  void unlisted(String venue, SortedMap<String, List<String>> nearest, long nowMs)
      throws IOException;

  /** A hold of the lake. */
  @FunctionalInterface
  interface Hold extends AutoCloseable {
    /**
     * Looks whether the lake is still held.
     *
     * @throws IOException if it is another's, or nobody can tell
     */
    default void check() throws IOException {}

    /**
     * Looks whether another checkpoint may be made. Not asked before the first one of an attempt is
     * complete: readers announce nothing without it.
     *
     * @throws IllegalStateException if there is no room for it
     */
    default void requireRoom() {}

    @Override
    void close();
  }
}
