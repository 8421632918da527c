package dev.candles.core.candle;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Length of an interval. Every timeframe divides the UTC day, so intervals align to the epoch. */
public enum Timeframe {
  M1("1m", 1),
  M3("3m", 3),
  M5("5m", 5),
  M15("15m", 15),
  M30("30m", 30),
  H1("1h", 60),
  H2("2h", 120),
  H4("4h", 240),
  H6("6h", 360),
  H12("12h", 720),
  D1("1d", 1440);

  /** The timeframe that every stream is built from: always collected, always stored. */
  public static final Timeframe BASE = M1;

  private static final Map<String, Timeframe> BY_LABEL =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Timeframe::label, Function.identity()));

  private final String label;
  private final int minutes;

  Timeframe(String label, int minutes) {
    this.label = label;
    this.minutes = minutes;
  }

  /** The name in configuration, paths and logs, for example {@code 15m}. */
  public String label() {
    return label;
  }

  /** Length in milliseconds. */
  public long millis() {
    return minutes * 60_000L;
  }

  /** Number of base intervals in one interval of this timeframe. */
  public int baseIntervals() {
    return minutes;
  }

  /** Number of intervals in a UTC day. */
  public int perDay() {
    return 1440 / minutes;
  }

  /** Open time (epoch ms, UTC) of the interval that holds {@code epochMs}. */
  public long floor(long epochMs) {
    return Math.floorDiv(epochMs, millis()) * millis();
  }

  /** Smallest open time (epoch ms, UTC) that is not before {@code epochMs}. */
  public long ceil(long epochMs) {
    return -Math.floorDiv(-epochMs, millis()) * millis();
  }

  /** Whether {@code epochMs} is the open time of an interval. */
  public boolean aligned(long epochMs) {
    return Math.floorMod(epochMs, millis()) == 0;
  }

  /** The timeframe with this label, or empty if there is none. */
  public static Optional<Timeframe> of(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }

  /** All labels, for messages. */
  public static String labels() {
    return Arrays.stream(values()).map(Timeframe::label).collect(Collectors.joining(" "));
  }
}
