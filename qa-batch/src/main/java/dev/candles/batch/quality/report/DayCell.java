package dev.candles.batch.quality.report;

import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.scan.FileFact;
import dev.candles.batch.quality.scan.PartitionReport;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.layout.Dates;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One day (UTC) of one stream.
 *
 * @param counts intervals per state
 * @param rows rows in the files
 * @param files candles and revisions
 * @param standing {@code SEALED}, {@code ARCHIVED}, {@code READ}, {@code DAMAGED}, or {@code NONE}
 *     if there is no file of the day
 * @param findings about this day, warnings included
 * @param wrong how many of them are no warnings
 */
public record DayCell(
    LocalDate date,
    StateCounts counts,
    long rows,
    List<FileFact> files,
    String standing,
    int findings,
    int wrong) {

  /**
   * A day of an account.
   *
   * @param report of its files, null if there are none
   * @param found how much of what was found
   */
  public static DayCell of(
      StreamAccount account,
      LocalDate date,
      @Nullable PartitionReport report,
      Map<FindingType, Long> found) {
    long fromMs = Dates.startMs(date);
    return new DayCell(
        date,
        account.counts(fromMs, fromMs + Timeframe.D1.millis()),
        report == null ? 0 : report.rows(),
        report == null ? List.of() : report.files(),
        report == null ? "NONE" : report.standing().name(),
        count(found, kind -> true),
        count(found, kind -> !kind.isWarning()));
  }

  private static int count(Map<FindingType, Long> found, Predicate<FindingType> counts) {
    long all = 0;
    for (Map.Entry<FindingType, Long> kind : found.entrySet()) {
      all += counts.test(kind.getKey()) ? kind.getValue() : 0;
    }
    return Math.toIntExact(all);
  }
}
