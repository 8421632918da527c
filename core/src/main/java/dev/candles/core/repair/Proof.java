package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.proof.Silence;
import java.util.ArrayList;
import java.util.List;

/**
 * What one REST answer proves about the intervals that are wanted. A row proves itself, one by
 * which the venue says that nobody traded proves silence. A hole proves silence only on a venue
 * that has neither trade ids nor such rows, and there only between two closed rows of the same
 * answer: not before the first, not after the last, not where a row is still forming, and never
 * between two answers.
 *
 * @param found wanted candles, ascending
 * @param empty wanted intervals that are proven silent
 * @param left wanted intervals of which the answer proves nothing
 */
public record Proof(List<Candle> found, Intervals empty, Intervals left) {

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
   * @param by what proves silence on this venue
   */
  public static Proof of(Intervals wanted, Rows rows, long stepMs, Silence by) {
    if (!rows.any()) {
      return new Proof(List.of(), Intervals.empty(), wanted);
    }
    Intervals candles =
        Intervals.ofOpenTimes(
            rows.closed().stream().mapToLong(Candle::openTimeMs).toArray(), stepMs);
    Intervals silent = Intervals.ofOpenTimes(longs(rows.silent()), stepMs).minus(candles);
    Intervals empty = wanted.intersect(silent);
    if (by == Silence.ABSENT_ROWS) {
      Intervals known = candles.union(silent);
      Intervals inside = Intervals.of(known.from(0), known.to(known.count() - 1));
      Intervals forming = Intervals.ofOpenTimes(longs(rows.forming()), stepMs);
      empty = empty.union(wanted.intersect(inside.minus(candles).minus(forming)));
    }
    List<Candle> found =
        rows.closed().stream().filter(c -> wanted.contains(c.openTimeMs())).toList();
    return new Proof(found, empty, wanted.minus(candles).minus(empty));
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
