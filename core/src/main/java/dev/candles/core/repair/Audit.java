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
 * until then the venue may have published one trade more. How old it was is told by the rows of the
 * answer, see {@link AnswerAge}, as it may have lain in a cache: an answer without a row of long
 * enough after the interval's end was made too soon, for all that it tells. The repair counts as
 * the first read, so one that agrees settles it; one that differs is read again. Neighbours are
 * asked about together. Pure.
 */
public final class Audit {
  /** Intervals that open within the same window are asked about together (market time). */
  static final long WINDOW_MS = 600_000;

  /** How much later than it could be asked a window is asked about, for a newer row to be there. */
  private static final long SHOWN_MS = 120_000;

  private static final String KEY = "@audit-";

  private Audit() {}

  /**
   * The questions that a repair raises, one per window that it touches.
   *
   * @param repaired intervals that an answer has settled
   * @param found their rows; the others are silent
   * @param afterMs how long after its end an interval is read once more; 0 for never
   * @param wholeToMs intervals that end later were too young in that answer, epoch ms, UTC, see
   *     {@link AnswerAge#settledToMs}
   */
  public static List<Reconfirmation> of(
      StreamKey stream, Intervals repaired, List<Candle> found, long afterMs, long wholeToMs) {
    if (afterMs == 0 || repaired.isEmpty()) {
      return List.of();
    }
    long endMs = repaired.to(repaired.count() - 1);
    long youngFromMs =
        stream.timeframe().floor(Math.max(repaired.from(0), Math.min(wholeToMs, endMs)));
    Intervals young = repaired.intersect(Intervals.of(youngFromMs, endMs));
    List<Reconfirmation> questions = new ArrayList<>();
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
        long dueMs = from + WINDOW_MS + afterMs + SHOWN_MS;
        questions.add(new Reconfirmation(key, stream, asked.toArray(), null, read, 1, dueMs));
      }
    }
    return questions;
  }

  /**
   * The questions about what the lake holds of the last while before {@code toMs} (epoch ms, UTC),
   * where all of it was read young and the questions that this raised may be lost: what is old
   * enough now, and what will be.
   *
   * @param afterMs as in {@link #of}
   */
  static List<Reconfirmation> ofHeld(StreamKey stream, Intervals held, long toMs, long afterMs) {
    List<Reconfirmation> questions = new ArrayList<>();
    if (afterMs == 0) {
      return questions;
    }
    long youngMs = stream.timeframe().floor(toMs - afterMs - SHOWN_MS);
    Intervals young = held.intersect(Intervals.of(youngMs, toMs));
    for (Intervals part : List.of(held.minus(young), young)) {
      if (!part.isEmpty()) {
        long endMs = part.to(part.count() - 1);
        String key = stream.id() + KEY + "held-" + endMs;
        long dueMs = endMs + afterMs + SHOWN_MS;
        questions.add(new Reconfirmation(key, stream, part.toArray(), null, null, 1, dueMs));
      }
    }
    return questions;
  }

  /**
   * Whether an answer says nothing to a question that was raised here, as what it asks about was
   * too young when the answer was made. Where it was not {@link AnswerAge#OLDEST_MS} ago that it
   * could be, a later answer will tell.
   *
   * @param wholeToMs as in {@link #of}
   * @param nowMs the venue's time, epoch ms, UTC
   */
  public static boolean isTooSoon(
      Reconfirmation question, long afterMs, long wholeToMs, long nowMs) {
    return question.key().startsWith(question.stream().id() + KEY)
        && question.toMs() > wholeToMs
        && question.toMs() + afterMs + AnswerAge.OLDEST_MS > nowMs;
  }

  /** Both questions of one window as one; {@code later} knows better what was found. */
  public static Reconfirmation merged(Reconfirmation earlier, Reconfirmation later) {
    Intervals asked = Intervals.fromArray(later.asked());
    List<Candle> read = new ArrayList<>(Objects.requireNonNull(later.firstRead()));
    if (earlier.firstRead() != null) {
      earlier.firstRead().stream().filter(c -> !asked.contains(c.openTimeMs())).forEach(read::add);
    }
    read.sort(Comparator.comparingLong(Candle::openTimeMs));
    return new Reconfirmation(
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
