package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.finality.Version;
import dev.candles.core.proof.AnswerAge;
import dev.candles.core.proof.Silence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question whether candles that are final still hold: two REST reads at least a minute apart that
 * agree are what the venue says now. Asked where a differing closed candle came, and where a
 * correction could have been missed. An answer that leaves a known row out is no word about it, and
 * for a day no try. An immutable value, kept as operator state.
 *
 * @param key names this question among all of its venue
 * @param asked the intervals asked about as flat ranges, see {@link Intervals#toArray}
 * @param candidate the differing candle; null if it is only feared that there was one
 * @param firstRead the rows of the earlier read, null before there is one
 * @param tries reads that led nowhere
 * @param nextTryMs market time before which it is not asked, epoch ms
 */
@SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares questions
public record Reconfirmation(
    String key,
    StreamKey stream,
    long[] asked,
    @Nullable Candle candidate,
    @Nullable List<Candle> firstRead,
    int tries,
    long nextTryMs) {
  /** How far apart two reads are (market time). */
  public static final long READS_APART_MS = 60_000;

  /** When a question without a candidate is asked a second time (market time). */
  static final long SECOND_ROUND_MS = 600_000;

  private static final int MAX_TRIES = 8;

  /** How many questions an interval may have that the venue closes with ever other values. */
  private static final int MOST_CANDIDATES = 8;

  /** Ends the key of the question that another is a part of. */
  private static final char PART = '~';

  /** Reads that are left to answers that say something. */
  private static final int MOST_READS = 3;

  private static final long MAX_WAIT_MS = 3_600_000;

  /** What is feared of intervals from the same window on is one question (market time). */
  static final long WINDOW_MS = 1_200_000;

  /** A question not yet asked. */
  public static Reconfirmation fresh(
      StreamKey stream, long fromMs, long toMs, @Nullable Candle candidate) {
    String about =
        candidate == null
            ? "@feared-" + windowOf(fromMs)
            : "@" + fromMs + "-" + toMs + "!" + numberOf(candidate);
    String key = stream.id() + about;
    return new Reconfirmation(key, stream, new long[] {fromMs, toMs}, candidate, null, 0, 0);
  }

  /** Each candidate is asked about by itself, but of so many no more. */
  private static int numberOf(Candle candidate) {
    double[] told = {
      candidate.open(), candidate.high(), candidate.low(), candidate.close(), candidate.volume()
    };
    return Math.floorMod(Arrays.hashCode(told), 8_191) % MOST_CANDIDATES; // all bits count
  }

  private static long windowOf(long openTimeMs) {
    return Math.floorDiv(openTimeMs, WINDOW_MS) * WINDOW_MS;
  }

  /**
   * The keys that it may be kept by, its own first. That may be taken: two candidates of an
   * interval can have the same number.
   */
  List<String> keys() {
    if (candidate == null) {
      return List.of(key);
    }
    String others = key.substring(0, key.lastIndexOf('!') + 1);
    int own = numberOf(candidate);
    return IntStream.range(own, own + MOST_CANDIDATES)
        .mapToObj(number -> others + number % MOST_CANDIDATES)
        .toList();
  }

  /** The same question, kept by another key. */
  Reconfirmation keptBy(String name) {
    return about(name, Intervals.fromArray(asked));
  }

  /** Whether both ask about the same candidate, or neither about one. */
  boolean isOfCandidateOf(Reconfirmation other) {
    if (candidate == null || other.candidate == null) {
      return candidate == null && other.candidate == null;
    }
    return Version.of(candidate).same(Version.of(other.candidate));
  }

  /**
   * This question and news of the same key, so that a feed that is cut again and again raises one
   * question for each window and not one for each cut. What was read before the news is no word
   * about it: it is asked anew when the window is over, so that no news puts it off any more. A
   * candidate that differs takes the place of the one before; the reads go on, as they are the
   * venue's word about either. So they do if the venue returns to the same one, which may have been
   * read in vain meanwhile.
   */
  Reconfirmation and(Reconfirmation news) {
    if (candidate != null && news.candidate != null) {
      return isOfCandidateOf(news)
          ? withReadsLeft()
          : new Reconfirmation(key, stream, asked, news.candidate, firstRead, 0, nextTryMs);
    }
    Intervals mine = Intervals.fromArray(asked);
    Intervals both = mine.union(Intervals.fromArray(news.asked));
    if (both.equals(mine)) {
      return this;
    }
    boolean unasked = firstRead == null && tries == 0;
    long overMs = windowOf(news.fromMs()) + WINDOW_MS + news.toMs() - news.fromMs();
    return new Reconfirmation(
        key, stream, both.toArray(), null, null, 0, unasked ? nextTryMs : overMs);
  }

  private Reconfirmation withReadsLeft() {
    int most = MAX_TRIES - MOST_READS;
    return tries <= most
        ? this
        : new Reconfirmation(key, stream, asked, candidate, firstRead, most, nextTryMs);
  }

  /** First open time asked about, epoch ms, UTC. */
  public long fromMs() {
    return asked[0];
  }

  /** End, exclusive, of the last interval asked about, epoch ms, UTC. */
  public long toMs() {
    return asked[asked.length - 1];
  }

  /** When to ask (market time, epoch ms): not before its last interval has settled. */
  public long dueMs(long settleMs) {
    return Math.max(nextTryMs, toMs() + settleMs);
  }

  /**
   * What a read means.
   *
   * @param agreed rows on which two reads agree, a {@link FlatRow} too, evidence {@link
   *     Evidence#REST_TWICE}
   * @param next the question that is left, empty if it is settled or given up
   * @param gaveUp whether it was given up: the reads differ, or do not bear the candidate out
   */
  public record Outcome(List<Candle> agreed, Optional<Reconfirmation> next, boolean gaveUp) {}

  /**
   * The range to ask for: wider on both sides, the more so the less earlier answers proved.
   *
   * @param margin see {@link RowLimit#margin}
   * @param wholeMs see {@link GapState#nextPage}
   */
  public Intervals range(int pageRows, int margin, long wholeMs) {
    long step = stream.timeframe().millis();
    long free = Math.max(0, pageRows - (toMs() - fromMs()) / step);
    long wish = GapState.pad(tries, margin);
    long above = Math.min(free, Math.max(wish, GapState.newerRows(wholeMs, step)));
    long below = Math.min(free - above, wish);
    return Intervals.of(fromMs() - below * step, toMs() + above * step);
  }

  /**
   * Takes in the rows of an answer. Two reads are compared, nothing is claimed to be silent.
   *
   * @param by by which no row is as good as one of silence, or left out
   */
  Outcome read(Proof.Rows rows, Silence by, long nowMs) {
    Intervals wanted = Intervals.fromArray(asked);
    Proof proof = Proof.of(wanted, rows, stream.timeframe().millis(), by);
    List<Candle> read = rows.within(wanted);
    if (firstRead == null) {
      return new Outcome(List.of(), Optional.of(again(read, tries, nowMs)), false);
    }
    Map<Long, Candle> earlier =
        firstRead.stream().collect(Collectors.toMap(Candle::openTimeMs, Function.identity()));
    List<Candle> agreed = new ArrayList<>();
    for (Candle row : read) {
      Candle before = earlier.get(row.openTimeMs());
      if (before != null && Version.of(before).same(Version.of(row))) {
        agreed.add(row.withEvidence(Evidence.REST_TWICE));
      }
    }
    Intervals open =
        Intervals.fromArray(asked)
            .minus(opens(agreed))
            .minus(proof.empty().minus(opens(Proof.Rows.candles(firstRead))));
    boolean borneOut =
        candidate != null
            && agreed.stream().anyMatch(c -> Version.of(c).same(Version.of(candidate)));
    if (borneOut || (candidate == null && open.isEmpty() && tries > 0)) {
      return new Outcome(agreed, Optional.empty(), false);
    }
    if (candidate == null && open.isEmpty()) {
      return new Outcome(agreed, Optional.of(secondRound(nowMs)), false);
    }
    int times = leavesOut(proof, read, by) ? triesAfterSilence(nowMs) : tries + 1;
    List<Candle> told = candidate == null ? agreed : List.of();
    if (times >= MAX_TRIES) {
      return new Outcome(told, Optional.empty(), true);
    }
    Reconfirmation rest = candidate == null && tries > 0 ? about(open) : this;
    return new Outcome(told, Optional.of(rest.again(rest.lastReads(read), times, nowMs)), false);
  }

  /**
   * Whether an answer does not show a row that was there, or that must be. Where none was, nobody
   * may have traded.
   */
  private boolean leavesOut(Proof proof, List<Candle> read, Silence by) {
    if (by == Silence.ZERO_ROWS && !proof.left().isEmpty()) {
      return true;
    }
    List<Candle> known = new ArrayList<>(Objects.requireNonNull(firstRead));
    if (candidate != null) {
      known.add(candidate);
    }
    return !opens(known).minus(opens(read)).isEmpty();
  }

  /** An answer that does not show what was there is no word against it. */
  private int triesAfterSilence(long nowMs) {
    return nowMs < toMs() + AnswerAge.OLDEST_MS
        ? Math.min(tries + 1, MAX_TRIES - MOST_READS)
        : tries + 1;
  }

  /**
   * By interval, the last row that was read: of what this answer does not show, the earlier one.
   */
  private List<Candle> lastReads(List<Candle> read) {
    Intervals mine = Intervals.fromArray(asked);
    Intervals shown = opens(read);
    return Stream.concat(
            Objects.requireNonNull(firstRead).stream().filter(c -> !shown.contains(c.openTimeMs())),
            read.stream())
        .filter(c -> mine.contains(c.openTimeMs()))
        .sorted(Comparator.comparingLong(Candle::openTimeMs))
        .toList();
  }

  private Intervals opens(List<Candle> candles) {
    return Intervals.ofOpenTimes(
        candles.stream().mapToLong(Candle::openTimeMs).toArray(), stream.timeframe().millis());
  }

  /** The same question after an answer that was made too soon: it is asked until one was not. */
  public Reconfirmation tooSoon(long nowMs) {
    return again(firstRead, Math.min(tries + 1, MAX_TRIES - MOST_READS), nowMs);
  }

  /** The same question, not asked before {@code timeMs}. */
  public Reconfirmation postponed(long timeMs) {
    return new Reconfirmation(key, stream, asked, candidate, firstRead, tries, timeMs);
  }

  /** Caches may lag for minutes: what is only feared is asked once more when they have moved on. */
  private Reconfirmation secondRound(long nowMs) {
    return new Reconfirmation(key, stream, asked, candidate, null, 1, nowMs + SECOND_ROUND_MS);
  }

  /** The same question about some of its intervals. */
  Reconfirmation about(Intervals some) {
    return about(key, some);
  }

  /** What is left of it where an answer speaks of the others only: a question of its own. */
  Reconfirmation unreached(Intervals some) {
    int end = key.indexOf(PART);
    String whole = end < 0 ? key : key.substring(0, end);
    long toMs = some.to(some.count() - 1);
    return about(whole + PART + some.from(0) + '-' + toMs, some);
  }

  private Reconfirmation about(String name, Intervals some) {
    List<Candle> read =
        firstRead == null
            ? null
            : firstRead.stream().filter(c -> some.contains(c.openTimeMs())).toList();
    return new Reconfirmation(name, stream, some.toArray(), candidate, read, tries, nextTryMs);
  }

  private Reconfirmation again(@Nullable List<Candle> rows, int times, long nowMs) {
    long wait = Math.min(MAX_WAIT_MS, READS_APART_MS << Math.min(times, 20));
    return new Reconfirmation(key, stream, asked, candidate, rows, times, nowMs + wait);
  }
}
