package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.proof.AnswerAge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What REST has repaired soon after an interval's end is read once more when the interval is older:
 * until then the venue may have published one trade more. How old it was is told by the answer, as
 * one may come late. The repair counts as the first read, so one that agrees settles it; one that
 * differs is read again. Neighbours are asked about together. Pure.
 */
public final class Audit {
  /** Intervals that open within the same window are asked about together (market time). */
  static final long WINDOW_MS = 600_000;

  private static final String KEY = "@audit-";

  private Audit() {}

  /**
   * The questions that a repair raises, one per window that it touches.
   *
   * @param repaired intervals that an answer has settled
   * @param found their candles; the others are silent
   * @param afterMs how long after its end an interval is read once more; 0 for never
   * @param madeMs when the answer was made, epoch ms, see {@link AnswerAge#madeMs}
   */
  public static List<Recheck> of(
      StreamKey stream, Intervals repaired, List<Candle> found, long afterMs, long madeMs) {
    if (afterMs == 0 || repaired.isEmpty()) {
      return List.of();
    }
    long youngFromMs = stream.timeframe().floor(madeMs - afterMs);
    long endMs = repaired.to(repaired.count() - 1);
    Intervals young = repaired.intersect(Intervals.of(Math.min(youngFromMs, endMs), endMs));
    List<Recheck> questions = new ArrayList<>();
    for (long from = young.isEmpty() ? endMs : windowOf(young.from(0));
        from < endMs;
        from += WINDOW_MS) {
      Intervals window = Intervals.of(from, from + WINDOW_MS);
      Intervals asked = young.intersect(window);
      if (!asked.isEmpty()) {
        List<Candle> read =
            found.stream()
                .filter(c -> asked.contains(c.openTimeMs()))
                .sorted(Comparator.comparingLong(Candle::openTimeMs))
                .toList();
        String key = stream.id() + KEY + from;
        long dueMs = from + WINDOW_MS + afterMs;
        questions.add(new Recheck(key, stream, asked.toArray(), null, read, 1, dueMs));
      }
    }
    return questions;
  }

  /**
   * The rows of an answer to a question that may settle it: of one raised here only what was old
   * enough when the answer was made.
   *
   * @param madeMs as in {@link #of}
   */
  public static Proof.Rows old(Recheck question, Proof.Rows rows, long afterMs, long madeMs) {
    return question.key().startsWith(question.stream().id() + KEY)
        ? rows.settled(madeMs - afterMs, question.stream().timeframe().millis())
        : rows;
  }

  /** Both questions of one window as one; {@code later} knows better what was found. */
  public static Recheck merged(Recheck earlier, Recheck later) {
    Intervals asked = Intervals.fromArray(later.asked());
    List<Candle> read = new ArrayList<>(Objects.requireNonNull(later.firstRead()));
    if (earlier.firstRead() != null) {
      earlier.firstRead().stream().filter(c -> !asked.contains(c.openTimeMs())).forEach(read::add);
    }
    read.sort(Comparator.comparingLong(Candle::openTimeMs));
    return new Recheck(
        later.key(),
        later.stream(),
        asked.union(Intervals.fromArray(earlier.asked())).toArray(),
        null,
        List.copyOf(read),
        later.tries(),
        Math.max(earlier.nextTryMs(), later.nextTryMs()));
  }

  private static long windowOf(long openTimeMs) {
    return Math.floorDiv(openTimeMs, WINDOW_MS) * WINDOW_MS;
  }
}
