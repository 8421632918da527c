package dev.candles.sources.source.reader;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.lake.LakeView;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * Reads the base candles of planned larger intervals from the lake and hands them over, at most a
 * stream-day at a time; every timeframe divides the day. Nothing waits for it: the streams are
 * announced, and what comes live meanwhile meets it in the rollup, in any order.
 */
final class LakeReplay implements LakeScanQueue.Reading {
  private final LakeView lake;
  private final List<ReplayPlan> plans;
  private final Function<ReplayPlan, Intervals> part;
  private final Pace pace;

  /** Lets a stream-day be replayed. */
  interface Pace {
    /** Waits until one more stream-day may be replayed. */
    void take() throws InterruptedException;
  }

  private LakeReplay(
      LakeView lake, List<ReplayPlan> plans, Function<ReplayPlan, Intervals> part, Pace pace) {
    this.lake = lake;
    this.plans = plans;
    this.part = part;
    this.pace = pace;
  }

  /** Of the recent intervals of some streams, all at once. */
  static LakeReplay ofRecent(LakeView lake, List<ReplayPlan> plans) {
    return new LakeReplay(lake, plans, ReplayPlan::recent, () -> {});
  }

  /** Of the older ones, as checkpoints allow. */
  static LakeReplay ofOld(LakeView lake, List<ReplayPlan> plans, ReplayPace pace) {
    return new LakeReplay(lake, plans, ReplayPlan::old, pace::take);
  }

  @Override
  public void read(LakeScanQueue out) throws IOException, InterruptedException {
    for (ReplayPlan plan : plans) {
      for (Intervals day : DayCoverage.byDay(part.apply(plan)).values()) {
        pace.take();
        replay(plan, day, out);
      }
    }
  }

  /** All of one day. */
  private void replay(ReplayPlan plan, Intervals windows, LakeScanQueue out)
      throws IOException, InterruptedException {
    long fromMs = windows.from(0);
    long toMs = windows.to(windows.count() - 1);
    StreamKey base = plan.larger().in(Timeframe.BASE);
    List<Candle> candles = lake.candles(base, fromMs, toMs);
    long step = plan.larger().timeframe().millis();
    int at = 0;
    for (long open = fromMs; open < toMs; open += step) {
      int start = at;
      while (at < candles.size() && candles.get(at).openTimeMs() < open + step) {
        at++;
      }
      Intervals silent = plan.silent().intersect(Intervals.of(open, open + step));
      if (windows.contains(open) && (at > start || !silent.isEmpty())) {
        List<Candle> parts = List.copyOf(candles.subList(start, at));
        out.put(new LakeScanResult.Event(FeedEvent.replay(plan.larger(), open, parts, silent)));
      }
    }
  }
}
