package dev.candles.cli.daily;

import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Dates;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/**
 * When the daily checks are due: once after each time of day, also if the collector was away then.
 * Those are made up for an hour after its start, because what it missed is repaired first. A start,
 * or checks, that lie more than a day ahead are of a clock that was wrong, and put nothing off.
 * Pure; all times are market time, epoch ms, UTC.
 */
final class QaSchedule {
  private static final long DAY_MS = Timeframe.D1.millis();

  static final long MADE_UP_AFTER_MS = Timeframe.H1.millis();

  private final long atMs;
  private final long startMs;
  private long doneMs;

  /**
   * @param at time of day
   * @param newest the date of the last that ended, by whichever run
   * @param startMs of the collector; where there were none yet, the first are those after this
   */
  QaSchedule(LocalTime at, Optional<LocalDate> newest, long startMs) {
    this.atMs = at.toSecondOfDay() * 1_000L;
    this.startMs = startMs;
    this.doneMs = newest.map(date -> date.toEpochDay() * DAY_MS + atMs).orElse(startMs);
  }

  /** The date whose checks are due now; empty if none are. */
  Optional<LocalDate> due(long nowMs) {
    long lastMs = last(nowMs);
    boolean repaired =
        lastMs >= startMs || nowMs >= startMs + MADE_UP_AFTER_MS || isWrong(startMs, nowMs);
    return (lastMs > doneMs || isWrong(doneMs, nowMs)) && repaired
        ? Optional.of(Dates.of(lastMs))
        : Optional.empty();
  }

  private static boolean isWrong(long pastMs, long nowMs) {
    return pastMs - DAY_MS > nowMs;
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
