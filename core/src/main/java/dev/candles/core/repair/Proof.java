package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import java.util.List;

/**
 * What one REST answer proves about the intervals that are wanted. A row proves itself. A hole
 * proves silence only between two closed rows of the same answer: not before the first, not after
 * the last, not where a row is still forming, and never between two answers.
 *
 * @param found wanted candles, ascending
 * @param empty wanted intervals that are proven silent
 * @param left wanted intervals of which the answer proves nothing
 * @param quiet the part of {@code left} that the answer passes over in silence although it has a
 *     newer closed row: said again an hour later, that is a proof; a lagging cache never says it
 */
public record Proof(List<Candle> found, Intervals empty, Intervals left, Intervals quiet) {

  /**
   * Reads the proof out of an answer.
   *
   * @param wanted open intervals, all of length {@code stepMs}
   * @param rows closed candles of the answer, ascending by open time
   * @param forming open times (epoch ms, UTC) of rows that are not closed
   */
  public static Proof of(Intervals wanted, List<Candle> rows, List<Long> forming, long stepMs) {
    if (rows.isEmpty()) {
      return new Proof(List.of(), Intervals.empty(), wanted, Intervals.empty());
    }
    long[] opens = rows.stream().mapToLong(Candle::openTimeMs).toArray();
    Intervals present = Intervals.ofOpenTimes(opens, stepMs);
    Intervals notClosed =
        Intervals.ofOpenTimes(forming.stream().mapToLong(Long::longValue).toArray(), stepMs);
    Intervals inside = Intervals.of(opens[0], opens[opens.length - 1] + stepMs);
    Intervals empty = wanted.intersect(inside).minus(present).minus(notClosed);
    List<Candle> found = rows.stream().filter(c -> wanted.contains(c.openTimeMs())).toList();
    Intervals left = wanted.minus(present).minus(empty);
    Intervals older = Intervals.of(Math.min(0, opens[0]), opens[0]);
    return new Proof(found, empty, left, left.intersect(older).minus(notClosed));
  }
}
