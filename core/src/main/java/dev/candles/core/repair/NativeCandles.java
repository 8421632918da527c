package dev.candles.core.repair;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What to ask for where base intervals are given up, so that no rollup will ever give the larger
 * candles around them: the venue's own larger candles. Pure.
 */
public final class NativeCandles {
  private NativeCandles() {}

  /**
   * The gaps of the larger streams, one per timeframe and day.
   *
   * @param base the base stream
   * @param lost its intervals that were given up
   * @param larger the timeframes that are collected and that the venue has candles of
   */
  public static List<GapState> around(StreamKey base, Intervals lost, List<Timeframe> larger) {
    List<GapState> gaps = new ArrayList<>();
    for (Timeframe timeframe : larger) {
      Intervals windows = lost.map(timeframe::floor, timeframe::ceil);
      Map<Long, Intervals> days = DayCoverage.byDay(windows);
      days.forEach(
          (day, set) -> gaps.add(GapState.fresh(base.in(timeframe), day, set, Reason.BASE)));
    }
    return gaps;
  }
}
