package dev.candles.batch.quality.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Candles by their ids. Those that share ids with each other are looked at together. */
public final class IdsOfCandles {
  /** In the order of their ids, of which no two have one in common. */
  private final List<CandleIds> together = new ArrayList<>();

  private final List<CandleIds> crowded = new ArrayList<>();

  private IdsOfCandles() {}

  static IdsOfCandles of(List<CandleIds> spans) {
    IdsOfCandles all = new IdsOfCandles();
    List<CandleIds> sharing = new ArrayList<>();
    long reachedId = Long.MIN_VALUE;
    for (CandleIds span : ascending(spans, Comparator.comparingLong(CandleIds::firstId))) {
      if (span.firstId() > reachedId) {
        all.add(sharing);
        sharing.clear();
      }
      sharing.add(span);
      reachedId = Math.max(reachedId, span.lastId());
    }
    all.add(sharing);
    return all;
  }

  private static List<CandleIds> ascending(List<CandleIds> spans, Comparator<CandleIds> order) {
    return spans.stream().sorted(order).toList();
  }

  private void add(List<CandleIds> sharing) {
    sharing.stream().reduce(CandleIds::with).ifPresent(together::add);
    narrowest(sharing).ifPresent(crowded::add);
  }

  /**
   * The fewest ids that are too few for the trades of the candles that have no others. There are
   * none if and only if each trade can have an id of its own (Hall's theorem).
   */
  private static Optional<CandleIds> narrowest(List<CandleIds> sharing) {
    CandleIds narrowest = null;
    List<CandleIds> byLastId = ascending(sharing, Comparator.comparingLong(CandleIds::lastId));
    for (CandleIds lowest : sharing) {
      CandleIds inside = null;
      for (CandleIds span : byLastId) {
        if (span.firstId() >= lowest.firstId() && span.trades() != CandleIds.UNTOLD) {
          inside = inside == null ? span : inside.with(span);
          if (inside.isCrowded() && (narrowest == null || inside.ids() < narrowest.ids())) {
            narrowest = inside;
          }
        }
      }
    }
    return Optional.ofNullable(narrowest);
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

  /**
   * Candles with more trades than ids, so that one is there twice, whatever is beside them: of
   * those that share ids with each other, the ones that have the fewest.
   */
  public List<CandleIds> crowded() {
    return List.copyOf(crowded);
  }
}
