package dev.candles.job.config;

import dev.candles.text.TypedTime;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far back the lake should reach.
 *
 * @param start where history starts
 */
public record HistoryConfig(Start start) implements Serializable {
  /** The latest time that a configuration may name, epoch ms, UTC. */
  static final long MOST_MS = Instant.parse("2200-01-01T00:00:00Z").toEpochMilli();

  static final Key START = new Key("history", "duration, date or time (UTC)", "1d");
  static final List<Key> KEYS = List.of(START);

  private static final Duration FARTHEST = Duration.ofDays(7_300);
  private static final Instant EARLIEST = Instant.parse("2009-01-01T00:00:00Z");

  /** Start of history: a length of market time before now, or a fixed instant. */
  public sealed interface Start extends Serializable {
    /** Epoch ms, UTC, as seen at {@code nowMs}. */
    long fromMs(long nowMs);

    /** Reaches back a length of market time. */
    record Back(Duration length) implements Start {
      @Override
      public long fromMs(long nowMs) {
        return nowMs - length.toMillis();
      }
    }

    /** Reaches back to an instant. */
    record Since(Instant instant) implements Start {
      @Override
      public long fromMs(long nowMs) {
        return Math.min(nowMs, instant.toEpochMilli());
      }
    }
  }

  /** Reaches back a length of market time. */
  public static HistoryConfig back(Duration length) {
    return new HistoryConfig(new Start.Back(length));
  }

  /** Reaches back to an instant. */
  public static HistoryConfig since(Instant instant) {
    return new HistoryConfig(new Start.Since(instant));
  }

  /**
   * @param nowMs market time, epoch ms, UTC: history does not start after it
   */
  static HistoryConfig read(Section root, long nowMs) {
    String form =
        Durations.FORM
            + " up to "
            + Durations.text(FARTHEST)
            + ", or a UTC date or time like 2026-01-31 or 2026-01-31T06:00:00Z";
    Optional<String> text = root.scalar(START.name(), form);
    Optional<Start> read = text.flatMap(HistoryConfig::start);
    boolean future = read.filter(start -> isAfter(start, nowMs)).isPresent();
    String hint = future ? "; that is in the future" : text.map(HistoryConfig::hint).orElse("");
    return new HistoryConfig(
        root.checked(START.name(), text, read.filter(start -> !future), form + hint)
            .orElseGet(() -> start(START.byDefault()).orElseThrow()));
  }

  private static String hint(String text) {
    return TypedTime.hint(text)
        + Durations.hint(text, Duration.ZERO, FARTHEST, Durations.parse(START.byDefault()));
  }

  private static boolean isAfter(Start start, long nowMs) {
    return start instanceof Start.Since since && since.instant().toEpochMilli() > nowMs;
  }

  private static Optional<Start> start(String text) {
    Optional<Start> back =
        Durations.parse(text).filter(d -> d.compareTo(FARTHEST) <= 0).map(Start.Back::new);
    return back.isPresent()
        ? back
        : TypedTime.parse(text)
            .filter(since -> !since.isBefore(EARLIEST) && since.toEpochMilli() <= MOST_MS)
            .map(Start.Since::new);
  }
}
