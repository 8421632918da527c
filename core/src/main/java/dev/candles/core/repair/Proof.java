package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import java.util.ArrayList;
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
   * The rows of an answer, as the venue's decoder tells them apart.
   *
   * @param closed candles, ascending by open time
   * @param silent open times (epoch ms, UTC) of which the venue says that nothing happened
   * @param forming open times (epoch ms, UTC) of rows that are not closed
   */
  public record Rows(List<Candle> closed, List<Long> silent, List<Long> forming) {
    /** The same rows; those of intervals that end after {@code settledToMs} are not believed. */
    public Rows settled(long settledToMs, long stepMs) {
      List<Long> young = new ArrayList<>(forming);
      closed.stream()
          .map(Candle::openTimeMs)
          .filter(o -> o + stepMs > settledToMs)
          .forEach(young::add);
      silent.stream().filter(o -> o + stepMs > settledToMs).forEach(young::add);
      return new Rows(
          closed.stream().filter(c -> c.endTimeMs() <= settledToMs).toList(),
          silent.stream().filter(o -> o + stepMs <= settledToMs).toList(),
          young);
    }

    /** Whether there is a row that says something. */
    public boolean any() {
      return !closed.isEmpty() || !silent.isEmpty();
    }
  }

  /**
   * Reads the proof out of an answer.
   *
   * @param wanted open intervals, all of length {@code stepMs}
   */
  public static Proof of(Intervals wanted, Rows rows, long stepMs) {
    if (!rows.any()) {
      return new Proof(List.of(), Intervals.empty(), wanted, Intervals.empty());
    }
    Intervals candles =
        Intervals.ofOpenTimes(
            rows.closed().stream().mapToLong(Candle::openTimeMs).toArray(), stepMs);
    Intervals silent = Intervals.ofOpenTimes(longs(rows.silent()), stepMs).minus(candles);
    Intervals forming = Intervals.ofOpenTimes(longs(rows.forming()), stepMs);
    Intervals known = candles.union(silent);
    Intervals inside = Intervals.of(known.from(0), known.to(known.count() - 1));
    Intervals hole = inside.minus(candles).minus(forming);
    Intervals empty = wanted.intersect(hole.union(silent));
    List<Candle> found =
        rows.closed().stream().filter(c -> wanted.contains(c.openTimeMs())).toList();
    Intervals left = wanted.minus(candles).minus(empty);
    Intervals older = Intervals.of(Math.min(0, known.from(0)), known.from(0));
    return new Proof(found, empty, left, left.intersect(older).minus(forming));
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
