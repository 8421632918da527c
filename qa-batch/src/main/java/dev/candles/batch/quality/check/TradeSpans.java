package dev.candles.batch.quality.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Candles by their ids. Those that share ids with each other are counted together. */
public final class TradeSpans {
  /** In the order of their ids, of which no two have one in common. */
  private final List<TradeSpan> together = new ArrayList<>();

  private TradeSpans() {}

  static TradeSpans of(List<TradeSpan> spans) {
    TradeSpans all = new TradeSpans();
    TradeSpan shared = null;
    for (TradeSpan span : ascending(spans)) {
      if (shared != null && span.firstId() <= shared.lastId()) {
        shared = shared.with(span);
      } else {
        if (shared != null) {
          all.together.add(shared);
        }
        shared = span;
      }
    }
    if (shared != null) {
      all.together.add(shared);
    }
    return all;
  }

  private static List<TradeSpan> ascending(List<TradeSpan> spans) {
    return spans.stream().sorted(Comparator.comparingLong(TradeSpan::firstId)).toList();
  }

  /**
   * Whether candles near it hold each of its ids once, and each that they share with others,
   * however far away those are.
   */
  public boolean explain(ChainDoubt broken) {
    if (!broken.isExplainable()) {
      return false;
    }
    long reachedId = broken.firstId() - 1;
    for (TradeSpan shared : together) {
      if (shared.meets(broken.firstId(), broken.lastId())) {
        boolean near = broken.isNear(shared.firstOpenMs()) && broken.isNear(shared.lastOpenMs());
        if (!near || !shared.addsUp() || shared.firstId() > reachedId + 1) {
          return false;
        }
        reachedId = shared.lastId();
      }
    }
    return reachedId >= broken.lastId();
  }
}
