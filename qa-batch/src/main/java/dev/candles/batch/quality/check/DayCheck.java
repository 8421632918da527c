package dev.candles.batch.quality.check;

/** A check of the rows of one partition, each row for itself or against the others. Pure. */
public interface DayCheck {
  /** Reports what is wrong with the day and marks the intervals concerned. */
  void check(Day day, Findings findings);
}
