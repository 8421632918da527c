package dev.candles.batch.quality.check;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Check 9 over the border of two days: what {@link ChainCheck} says within one. */
public final class ChainBorder {
  private final Chain one;
  private final Chain next;
  private final String stream;
  private final Intervals between;
  private final List<ConditionalFinding> doubts = new ArrayList<>();

  private ChainBorder(Chain one, Chain next, Partition after) {
    long fromMs = one.lastOpenMs() + after.stream().timeframe().millis();
    this.one = one;
    this.next = next;
    this.stream = after.stream().id();
    this.between =
        fromMs < next.firstOpenMs() ? Intervals.of(fromMs, next.firstOpenMs()) : Intervals.empty();
  }

  /**
   * What is in doubt between two days.
   *
   * @param after the later day: the next one that has rows
   */
  public static List<ConditionalFinding> doubts(Chain one, Chain next, Partition after) {
    ChainBorder border = new ChainBorder(one, next, after);
    if (one.edgesJoin() && next.edgesJoin()) {
      border.judge();
    }
    return border.doubts;
  }

  private void judge() {
    if (next.firstId() > one.lastId() + 1) {
      String value = Chain.hole(one.lastId(), next.firstId(), between.length());
      doubt(FindingType.CHAIN_HOLE, next.firstOpenMs(), value, between);
      apart(one.tail());
      apart(next.head());
    } else if (next.lastId() < one.lastId()) { // trades may lie across midnight; a day cannot
      String value = String.format(Locale.ROOT, "id %d after %d", next.firstId(), one.lastId());
      doubt(FindingType.CHAIN_BACK, next.firstOpenMs(), value, between);
    } else if (next.firstId() == one.lastId() + 1) {
      count(one.tail(), Intervals.empty());
      count(next.head(), Intervals.empty());
    } else {
      count(one.tail().with(next.head()), Intervals.empty());
    }
  }

  private void apart(Cluster cluster) {
    if (cluster.rebuilt()) {
      count(cluster, between);
    }
  }

  private void count(Cluster cluster, Intervals known) {
    if (cluster.isWrong()) {
      Intervals needed = Intervals.fromArray(cluster.neededMs()).union(known);
      doubt(FindingType.CHAIN_COUNT, cluster.openMs(), cluster.value(), needed);
    }
  }

  private void doubt(FindingType kind, long openMs, String value, Intervals needed) {
    doubts.add(
        new ConditionalFinding(
            new Finding(kind, stream, "", openMs, value), stream, needed.toArray()));
  }
}
