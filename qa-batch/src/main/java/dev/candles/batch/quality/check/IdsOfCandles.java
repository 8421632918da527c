package dev.candles.batch.quality.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Candles by their ids. Those that share ids with each other are counted together. */
public final class IdsOfCandles {
  /** In the order of their ids, of which no two have one in common. */
  private final List<CandleIds> together = new ArrayList<>();

  private IdsOfCandles() {}

  static IdsOfCandles of(List<CandleIds> spans) {
    IdsOfCandles all = new IdsOfCandles();
    CandleIds shared = null;
    for (CandleIds span : ascending(spans)) {
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

  private static List<CandleIds> ascending(List<CandleIds> spans) {
    return spans.stream().sorted(Comparator.comparingLong(CandleIds::firstId)).toList();
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
    for (CandleIds shared : together) {
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
