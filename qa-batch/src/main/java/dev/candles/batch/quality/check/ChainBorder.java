package dev.candles.batch.quality.check;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Check 9 over the border of two days: what {@link ChainCheck} says within one. It needs the ids of
 * the last candle of the one and of the first of the other, and nothing of their other ends.
 */
public final class ChainBorder {
  private final Chain one;
  private final Chain next;
  private final String stream;
  private final Intervals between;
  private final List<ChainDoubt> doubts = new ArrayList<>();

  private ChainBorder(Chain one, Chain next, Partition after) {
    long fromMs = one.lastOpenMs() + after.stream().timeframe().millis();
    this.one = one;
    this.next = next;
    this.stream = after.stream().id();
    this.between =
        fromMs < next.firstOpenMs() ? Intervals.of(fromMs, next.firstOpenMs()) : Intervals.empty();
  }

  /**
   * What is in doubt between two days, and their candles together do not explain.
   *
   * @param after the later day: the next one that has rows
   */
  public static List<ConditionalFinding> doubts(Chain one, Chain next, Partition after) {
    ChainBorder border = new ChainBorder(one, next, after);
    if (one.endsWithIds() && next.beginsWithIds()) {
      border.judge();
    }
    IdsOfCandles both = edges(one, next);
    Stream<ConditionalFinding> broken =
        border.doubts.stream().filter(doubt -> !both.explain(doubt)).map(ChainDoubt::doubt);
    Stream<ConditionalFinding> tooMany =
        both.crowded().stream()
            .filter(ids -> ids.firstOpenMs() < after.fromMs() && ids.lastOpenMs() >= after.fromMs())
            .map(border::tooMany);
    return Stream.concat(broken, tooMany).toList();
  }

  /** The ids of the candles on both sides, which may explain what those of one side do not. */
  public static IdsOfCandles edges(Chain one, Chain next) {
    return IdsOfCandles.of(Stream.concat(one.edges().stream(), next.edges().stream()).toList());
  }

  private void judge() {
    if (next.firstId() > one.lastId() + 1) {
      String value = Chain.hole(one.lastId(), next.firstId(), between.length());
      ConditionalFinding hole = doubt(FindingType.CHAIN_HOLE, next.firstOpenMs(), value, between);
      long fromId = one.tail().minId(); // what is beside a hole is not counted by itself
      doubts.add(new ChainDoubt(hole, one.lastOpenMs(), fromId, next.head().maxId()));
      apart(one.tail());
      apart(next.head());
    } else if (goesBack()) {
      String value = String.format(Locale.ROOT, "id %d after %d", next.firstId(), one.lastId());
      ConditionalFinding back = doubt(FindingType.CHAIN_BACK, next.firstOpenMs(), value, between);
      doubts.add(ChainDoubt.in(back, next.firstId(), one.lastId()));
    } else if (next.firstId() == one.lastId() + 1) {
      beside(one.tail());
      beside(next.head());
    } else {
      together(one.tail(), next.head());
    }
  }

  /** Trades may lie across midnight: so those of one candle may be lower, but not all of them. */
  private boolean goesBack() {
    boolean dayGoesBack = next.endsWithIds() && next.lastId() < one.lastId();
    return dayGoesBack || next.head().maxId() < one.tail().minId();
  }

  /** One that does not reach midnight was judged beside the empty interval there. */
  private void apart(Cluster cluster) {
    if (cluster.rebuilt() && cluster.atBorder() && cluster.hasTooFew()) {
      count(cluster, between);
    }
  }

  /** One that was rebuilt and does not reach midnight was judged so too. */
  private void beside(Cluster cluster) {
    if ((cluster.atBorder() || !cluster.rebuilt()) && cluster.hasTooFew()) {
      count(cluster, Intervals.empty());
    }
  }

  private void together(Cluster tail, Cluster head) {
    Cluster both = tail.with(head);
    if (both.hasTooFew()) {
      count(both, Intervals.empty());
    }
  }

  private void count(Cluster cluster, Intervals known) {
    Intervals needed = Intervals.fromArray(cluster.neededMs()).union(known);
    ConditionalFinding count =
        doubt(FindingType.CHAIN_COUNT, cluster.openMs(), cluster.value(), needed);
    doubts.add(ChainDoubt.in(count, cluster.minId(), cluster.maxId()));
  }

  private ConditionalFinding tooMany(CandleIds ids) {
    return doubt(FindingType.CHAIN_COUNT, ids.firstOpenMs(), ids.value(), Intervals.empty());
  }

  private ConditionalFinding doubt(FindingType kind, long openMs, String value, Intervals needed) {
    return new ConditionalFinding(
        new Finding(kind, stream, "", openMs, value), stream, needed.toArray());
  }
}
