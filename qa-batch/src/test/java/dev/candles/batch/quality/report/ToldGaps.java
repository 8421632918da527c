package dev.candles.batch.quality.report;

import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.GapSummary;
import java.util.List;

/** What is told of gaps that a test names. */
public final class ToldGaps {
  private ToldGaps() {}

  public static GapSummary of(List<GapRecord> gaps) {
    GapSummary.Builder summary = new GapSummary.Builder();
    gaps.forEach(summary::add);
    return summary.build();
  }
}
