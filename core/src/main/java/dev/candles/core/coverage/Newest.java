package dev.candles.core.coverage;

import dev.candles.core.candle.StreamKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The newest interval of a stream that has its candle or is proven empty, and how old it is: a lake
 * that nobody writes any more is complete as far as it reaches. Pure.
 *
 * @param endMs its end, epoch ms, UTC; {@link #NONE} if there is none
 */
public record Newest(StreamKey stream, long endMs) {
  /** There is no such interval. */
  public static final long NONE = Long.MIN_VALUE;

  /** Where all streams are overdue by more, the line asks about the collector. */
  private static final long SILENT_MS = 600_000;

  /** Two machines' clocks differ by less. */
  private static final long MOST_AHEAD_MS = 300_000;

  /** More lines are not read. */
  private static final int MOST_NAMED = 10;

  private static final long SECOND_MS = 1_000;
  private static final long MINUTE_MS = 60 * SECOND_MS;
  private static final long HOUR_MS = 60 * MINUTE_MS;
  private static final long DAY_MS = 24 * HOUR_MS;

  /** Whether there is none. */
  public boolean isNone() {
    return endMs == NONE;
  }

  /**
   * {@code 25 min ago}; {@code never}; {@code 36 min ahead} where the stream has another clock.
   *
   * @param nowMs market time, epoch ms, UTC
   */
  public String age(long nowMs) {
    if (isNone()) {
      return "never";
    }
    long ms = nowMs - endMs;
    return ms < 0 ? duration(-ms) + " ahead" : duration(ms) + " ago";
  }

  private static String duration(long ms) {
    if (ms < MINUTE_MS) {
      return ms / SECOND_MS + " s";
    }
    if (ms < 2 * HOUR_MS) {
      return ms / MINUTE_MS + " min";
    }
    return ms < 2 * DAY_MS ? ms / HOUR_MS + " h" : ms / DAY_MS + " d";
  }

  /** Whether it ended so far in the future that another clock must be meant. */
  private boolean isAhead(long nowMs) {
    return !isNone() && endMs - nowMs > MOST_AHEAD_MS;
  }

  /**
   * By how much the next one is overdue, negative if it is not; the most there is if there is none,
   * or if it is of another clock, by which nothing can be told.
   */
  private long overdueMs(long nowMs) {
    return isNone() || isAhead(nowMs)
        ? Long.MAX_VALUE
        : nowMs - endMs - stream.timeframe().millis();
  }

  /**
   * One line: the newest of all streams, by which time that is told, and the stream that is
   * furthest behind. It asks whether the collector runs where nothing is new.
   *
   * @param nowMs market time, epoch ms, UTC
   */
  public static String line(Collection<Newest> streams, long nowMs) {
    Optional<Newest> newest = streams.stream().max(Comparator.comparingLong(Newest::endMs));
    if (newest.isEmpty()) {
      return "Newest: none";
    }
    String told =
        String.format(
            Locale.ROOT,
            "Newest: %s, as of %s",
            newest.get().age(nowMs),
            Instant.ofEpochMilli(nowMs).truncatedTo(ChronoUnit.SECONDS));
    if (newest.get().isAhead(nowMs)) {
      return told + "; this machine's clock is behind, or --config FILE names another one";
    }
    Newest last =
        streams.stream()
            .max(Comparator.comparingLong(stream -> stream.overdueMs(nowMs)))
            .orElse(newest.get());
    boolean silent = streams.stream().allMatch(stream -> stream.overdueMs(nowMs) > SILENT_MS);
    return told
        + "; furthest behind: "
        + last.stream.id()
        + " "
        + last.age(nowMs)
        + (silent ? "; nothing is new: does the collector run?" : "");
  }

  /** A line for each of the first ten, with its age, and how many more there are. */
  public static List<String> lines(List<Newest> streams, long nowMs) {
    Stream<String> named =
        streams.stream().limit(MOST_NAMED).map(one -> one.stream.id() + " " + one.age(nowMs));
    int more = streams.size() - MOST_NAMED;
    return Stream.concat(named, Stream.of("and " + more + " more").filter(line -> more > 0))
        .toList();
  }

  /**
   * Streams whose newest ended longer ago than one more of their timeframe and {@code most}, or
   * lies ahead by more than clocks differ; the most overdue first.
   *
   * @param nowMs market time, epoch ms, UTC
   */
  public static List<Newest> overdue(Collection<Newest> streams, Duration most, long nowMs) {
    return streams.stream()
        .filter(stream -> stream.overdueMs(nowMs) > most.toMillis())
        .sorted(Comparator.comparingLong((Newest stream) -> stream.overdueMs(nowMs)).reversed())
        .toList();
  }
}
