package dev.candles.core.lake;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.time.Retention;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Reads what the lake holds. Serialisable, so that a Flink source can carry it to its readers. */
public interface LakeView extends Serializable {
  /**
   * A scan of some streams that was begun. What is true of all of them was read; what one of them
   * holds is read when it is asked about, so that nobody has to hold the answers of all. For one
   * thread.
   */
  interface Scan extends AutoCloseable {
    /**
     * What the lake holds of one of the streams.
     *
     * @throws IOException if a file or folder of the lake cannot be read
     * @throws IllegalArgumentException if the scan was not begun for it
     */
    StreamInventory of(StreamKey stream) throws IOException;

    @Override
    default void close() {}
  }

  /**
   * Begins a scan of the lake for some streams. For each the range starts at {@code historyFromMs},
   * or {@link Retention#interruptedMs} before the end of the newest candle that it holds, or at the
   * oldest interval that coverage still calls MISSING, whichever is earliest, floored to the
   * stream's timeframe, and ends at the last interval that is over at {@code nowMs}, or with the
   * newest candle that it holds if that is later: then the caller's clock is slow. One that is more
   * than a day ahead of it is not believed.
   *
   * @param recentFromMs candles from here on are returned whole, and those of {@link
   *     Retention#interruptedMs} before the end of the newest; older ones of a larger timeframe
   *     only where a minute of them is missing
   * @throws IOException if a file or folder of the lake cannot be read
   */
  Scan open(List<StreamKey> streams, long historyFromMs, long recentFromMs, long nowMs)
      throws IOException;

  /**
   * All answers of a scan, see {@link #open}: one per stream, in the order asked.
   *
   * @throws IOException if a file or folder of the lake cannot be read
   */
  default List<StreamInventory> scan(
      List<StreamKey> streams, long historyFromMs, long recentFromMs, long nowMs)
      throws IOException {
    List<StreamInventory> answers = new ArrayList<>(streams.size());
    try (Scan scan = open(streams, historyFromMs, recentFromMs, nowMs)) {
      for (StreamKey stream : streams) {
        answers.add(scan.of(stream));
      }
    }
    return answers;
  }

  /**
   * Candles (current versions, revisions overlaid) of one stream in {@code [fromMs, toMs)},
   * ascending by open time.
   *
   * @throws IOException if a file of the lake cannot be read
   */
  List<Candle> candles(StreamKey stream, long fromMs, long toMs) throws IOException;
}
