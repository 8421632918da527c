package dev.candles.batch.quality.report;

import dev.candles.batch.quality.scan.FileFact;
import dev.candles.core.coverage.StateCounts;
import java.time.LocalDate;
import java.util.List;

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
    int wrong) {}
