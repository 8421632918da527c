package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.proof.Silence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What one REST answer proves about the intervals that are wanted. A row proves itself, a {@link
 * FlatRow} proves silence. A hole proves silence only on a venue that has neither trade ids nor
 * such rows, and there only between two closed rows of the same answer: not before the first, not
 * after the last, not where a row is still forming, and never between two answers.
 *
 * @param found wanted candles, ascending
 * @param empty wanted intervals that are proven silent
 * @param left wanted intervals of which the answer proves nothing
 */
public record Proof(List<Candle> found, Intervals empty, Intervals left) {

  /**
   * The rows of an answer, as the venue's decoder tells them apart.
   *
   * @param closed rows, ascending by open time: candles, and each {@link FlatRow}
   * @param silent open times (epoch ms, UTC) without a row of which it is proven that nobody traded
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

    /** The candles: the closed rows that tell of a trade. */
    public List<Candle> candles() {
      return candles(closed);
    }

    /** Those rows that tell of a trade. */
    public static List<Candle> candles(List<Candle> rows) {
      return rows.stream().filter(row -> !FlatRow.matches(row)).toList();
    }

    /** The closed rows of some intervals. */
    public List<Candle> within(Intervals some) {
      return closed.stream().filter(row -> some.contains(row.openTimeMs())).toList();
    }

    /** Where nobody traded, by a row's own word or without one. */
    private long[] silentMs() {
      return LongStream.concat(
              closed.stream().filter(FlatRow::matches).mapToLong(Candle::openTimeMs),
              silent.stream().mapToLong(Long::longValue))
          .toArray();
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
    List<Candle> traded = rows.candles();
    Intervals candles =
        Intervals.ofOpenTimes(traded.stream().mapToLong(Candle::openTimeMs).toArray(), stepMs);
    Intervals silent = Intervals.ofOpenTimes(rows.silentMs(), stepMs).minus(candles);
    Intervals empty = wanted.intersect(silent);
    if (by == Silence.ABSENT_ROWS) {
      Intervals known = candles.union(silent);
      Intervals inside = Intervals.of(known.from(0), known.to(known.count() - 1));
      long[] formingMs = rows.forming().stream().mapToLong(Long::longValue).toArray();
      Intervals forming = Intervals.ofOpenTimes(formingMs, stepMs);
      empty = empty.union(wanted.intersect(inside.minus(candles).minus(forming)));
    }
    List<Candle> found = traded.stream().filter(c -> wanted.contains(c.openTimeMs())).toList();
    return new Proof(found, empty, wanted.minus(candles).minus(empty));
  }
}
