package dev.candles.batch.quality;

import dev.candles.batch.quality.scan.PartitionReport;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.LakeLayout;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How far the minutes of a market were known once, as its rolled-up candles tell: none is made
 * before each of its minutes is final or proven empty in this lake. So the minutes are accounted
 * for as far as these candles reach, whatever is left of the minutes themselves. Of a sealed day
 * nothing is told: its seal is about its minutes too.
 */
final class RollupReach {
  private final LakeLayout layout;

  /**
   * @param root of the lake
   */
  RollupReach(Path root) {
    this.layout = new LakeLayout(root);
  }

  /**
   * From the first to the last minute of rolled-up candles, by stream of minutes. Without the last
   * ten minutes, also those of a day: the files of one checkpoint come one after the other.
   *
   * @param days of streams
   * @param judgedToMs later minutes are not judged, epoch ms, UTC
   * @param known streams of which the lake holds anything. In a lake of forgotten streams others
   *     are none: the minutes of larger timeframes that alone were forgotten stayed behind
   */
  Map<StreamKey, Intervals> of(
      Collection<? extends Map<?, PartitionReport>> days, long judgedToMs, Set<StreamKey> known) {
    boolean isMidnight = Math.floorMod(judgedToMs, Timeframe.D1.millis()) == 0;
    long toMs = isMidnight ? judgedToMs - Evaluation.LIVE_EDGE_MS : judgedToMs;
    Map<StreamKey, Intervals> reach = new HashMap<>();
    days.forEach(its -> its.values().forEach(report -> add(report, toMs, reach)));
    if (layout.isOfForgotten()) {
      reach.keySet().retainAll(known);
    }
    return reach;
  }

  private static void add(PartitionReport day, long toMs, Map<StreamKey, Intervals> reach) {
    Intervals rolledUp = day.rolledUp();
    if (!rolledUp.isEmpty() && rolledUp.from(0) < toMs) {
      Intervals mine =
          Intervals.of(rolledUp.from(0), Math.min(toMs, rolledUp.to(rolledUp.count() - 1)));
      reach.merge(day.id().stream().in(Timeframe.BASE), mine, RollupReach::span);
    }
  }

  private static Intervals span(Intervals one, Intervals other) {
    Intervals both = one.union(other);
    return Intervals.of(both.from(0), both.to(both.count() - 1));
  }
}
