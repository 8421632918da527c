package dev.candles.cli.daily;

import dev.candles.core.candle.Timeframe;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/**
 * When the daily checks are due: once after each time of day, also if the collector was away then.
 * Pure; all times are market time, epoch ms, UTC.
 */
final class QaSchedule {
  private static final long DAY_MS = Timeframe.D1.millis();

  private final long atMs;
  private long doneMs;

  /**
   * @param at time of day
   * @param newest the date of the last that were begun, by whichever run
   * @param nowMs where there were none yet, the first are those after this
   */
  QaSchedule(LocalTime at, Optional<LocalDate> newest, long nowMs) {
    this.atMs = at.toSecondOfDay() * 1_000L;
    this.doneMs = newest.map(date -> date.toEpochDay() * DAY_MS + atMs).orElse(nowMs);
  }

  /** The date whose checks are due now; empty if none are. */
  Optional<LocalDate> due(long nowMs) {
    long lastMs = last(nowMs);
    return lastMs > doneMs
        ? Optional.of(LocalDate.ofEpochDay(Math.floorDiv(lastMs, DAY_MS)))
        : Optional.empty();
  }

  /**
   * Those that are due at {@code nowMs} are begun; whatever becomes of them, the next are others.
   */
  void begun(long nowMs) {
    doneMs = last(nowMs);
  }

  /** When the next are due, after those that are due by {@code nowMs}. */
  long nextMs(long nowMs) {
    return last(nowMs) + DAY_MS;
  }

  private long last(long nowMs) {
    return Math.floorDiv(nowMs - atMs, DAY_MS) * DAY_MS + atMs;
  }
}
