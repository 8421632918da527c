package dev.candles.batch.quality.report;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.GapSummary;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamAccount;
import java.util.List;

/**
 * One stream.
 *
 * @param newest its newest interval, also where it is too young to be judged
 * @param account the state of each of its intervals
 * @param days every day from the first to the last interval
 * @param gaps the holes in the range, open or ended
 */
public record StreamReport(
    StreamKey stream,
    Newest newest,
    StreamAccount account,
    StateCounts counts,
    List<DayCell> days,
    GapSummary gaps) {}
