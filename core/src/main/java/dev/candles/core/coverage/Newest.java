package dev.candles.core.coverage;

import dev.candles.core.candle.StreamKey;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The newest interval of a stream that has its candle or is proven empty, and how old it is: a lake
 * that nobody writes any more is complete as far as it reaches. Pure.
 *
 * @param endMs its end, epoch ms, UTC; {@link #NONE} if there is none
 */
public record Newest(StreamKey stream, long endMs) {
  /** There is no such interval. */
  public static final long NONE = Long.MIN_VALUE;

  private static final long SECOND_MS = 1_000;
  private static final long MINUTE_MS = 60 * SECOND_MS;
  private static final long HOUR_MS = 60 * MINUTE_MS;
  private static final long DAY_MS = 24 * HOUR_MS;

  /** Whether there is none. */
  public boolean isNone() {
    return endMs == NONE;
  }

  /**
   * {@code 25 min ago}; {@code never}; {@code ahead} where the stream has another clock.
   *
   * @param nowMs market time, epoch ms, UTC
   */
  public String age(long nowMs) {
    if (isNone()) {
      return "never";
    }
    long ms = nowMs - endMs;
    if (ms < 0) {
      return "ahead";
    }
    if (ms < MINUTE_MS) {
      return ms / SECOND_MS + " s ago";
    }
    if (ms < 2 * HOUR_MS) {
      return ms / MINUTE_MS + " min ago";
    }
    return ms < 2 * DAY_MS ? ms / HOUR_MS + " h ago" : ms / DAY_MS + " d ago";
  }

  /** By how much the next one is overdue, negative if it is not; the most there is if none is. */
  private long overdueMs(long nowMs) {
    return isNone() ? Long.MAX_VALUE : nowMs - endMs - stream.timeframe().millis();
  }

  /**
   * One line: the newest of all streams, and that of the stream that is furthest behind.
   *
   * @param nowMs market time, epoch ms, UTC
   */
  public static String line(Collection<Newest> streams, long nowMs) {
    Optional<Newest> newest = streams.stream().max(Comparator.comparingLong(Newest::endMs));
    if (newest.isEmpty()) {
      return "Newest: none";
    }
    Newest last =
        streams.stream()
            .max(Comparator.comparingLong(stream -> stream.overdueMs(nowMs)))
            .orElse(newest.get());
    return String.format(
        Locale.ROOT,
        "Newest: %s; furthest behind: %s %s",
        newest.get().age(nowMs),
        last.stream.id(),
        last.age(nowMs));
  }

  /**
   * Streams whose newest ended longer ago than one more of their timeframe and {@code most}.
   *
   * @param nowMs market time, epoch ms, UTC
   */
  public static List<Newest> overdue(Collection<Newest> streams, Duration most, long nowMs) {
    return streams.stream().filter(s -> s.overdueMs(nowMs) > most.toMillis()).toList();
  }
}
