package dev.candles.core.lake;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import java.util.List;

/**
 * What the lake holds of one stream within {@code [fromMs, toMs)}: the answer of a scan. No candle
 * of it opens at {@code toMs} or later, but for one of the future that is not believed, see {@link
 * LakeView#scan}.
 *
 * @param finals intervals with a candle
 * @param empties intervals proven empty by coverage and without a candle
 * @param unrecoverable intervals given up by coverage and without a candle; of a base stream also
 *     those before {@code fromMs} that no answer proved, so that nobody has to remember them
 * @param listedMs of a base stream the end of what lies before its listing by coverage, epoch ms,
 *     UTC, if no candle does; 0 if nothing is said
 * @param seq highest coverage sequence number of the stream, 0 if none
 * @param recent candles (current versions, revisions overlaid) from {@code recentFromMs} on, and
 *     larger ones of which a minute is missing, ascending by open time
 */
public record StreamInventory(
    StreamKey stream,
    long fromMs,
    long toMs,
    Intervals finals,
    Intervals empties,
    Intervals unrecoverable,
    long listedMs,
    long seq,
    List<Candle> recent) {

  /** Whether the lake knows nothing of the stream: no candle, and no row of coverage. */
  public boolean isBlank() {
    return seq == 0 && finals.isEmpty();
  }

  /** Intervals in {@code [fromMs, toMs)} that have no state. */
  public Intervals unknown() {
    return Intervals.of(fromMs, toMs).minus(finals).minus(empties).minus(unrecoverable);
  }
}
