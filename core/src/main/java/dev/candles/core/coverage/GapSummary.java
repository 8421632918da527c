package dev.candles.core.coverage;

import dev.candles.core.candle.Timeframe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What a report tells of a stream's gaps. A thin market has a short gap in every third minute: the
 * open ones and the newest are told.
 *
 * @param told at most {@link #MOST_TOLD}, ascending by their first interval
 * @param leftOut how many more there are
 * @param repaired the minutes that were lacking and have their candle or proof now, but for the
 *     history; nothing of a larger timeframe
 */
public record GapSummary(List<GapRecord> told, long leftOut, MinuteSet repaired) {
  /** So many of a stream are told. */
  public static final int MOST_TOLD = 500;

  /** Collects gaps in any order; keeps what is told, and the minutes of the others. */
  public static final class Builder {
    /** What is left out first is the least. */
    private static final Comparator<GapRecord> WORTH =
        Comparator.comparing(GapRecord::open)
            .thenComparingLong(GapRecord::fromMs)
            .thenComparing(Comparator.comparingLong(GapRecord::openedAtMs).reversed());

    private final PriorityQueue<GapRecord> told = new PriorityQueue<>(WORTH);
    private final MinuteSet repaired = new MinuteSet();
    private final int mostTold;
    private long count;

    /** Of no gap. */
    public Builder() {
      this(MOST_TOLD);
    }

    Builder(int mostTold) {
      this.mostTold = mostTold;
    }

    /** Adds a gap. */
    public void add(GapRecord gap) {
      count++;
      told.add(gap);
      if (told.size() > mostTold) {
        told.remove();
      }
      if (gap.stream().timeframe() == Timeframe.BASE
          && gap.filled()
          && gap.reason() != Reason.HISTORY) {
        repaired.add(gap.fromMs(), gap.toMs());
      }
    }

    /** The summary of all that was added. */
    public GapSummary build() {
      List<GapRecord> all = new ArrayList<>(told);
      all.sort(GapRecord.ORDER);
      return new GapSummary(all, count - all.size(), repaired);
    }

    int size() {
      return told.size() + repaired.size();
    }
  }
}
