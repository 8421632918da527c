package dev.candles.lake.compact;

import dev.candles.core.candle.Candle;
import dev.candles.core.finality.Version;
import dev.candles.lake.partition.CandleOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The versions of one candle, in whatever order they come. Rows of one revision that say the same
 * are one version; of those the better told one stays. What stays never depends on the order.
 */
final class Versions {
  /** A venue that revises a candle more often than this is not one. */
  private static final int MAX = 200;

  private final List<Candle> versions = new ArrayList<>(1);
  private boolean first;

  /** Takes in a row of {@code candles/}; whether it is a version that was not known yet. */
  boolean addFirst(Candle candle) throws IOException {
    first = true;
    return add(candle);
  }

  /** Takes in a row of {@code revisions/}; whether it is a version that was not known yet. */
  boolean add(Candle candle) throws IOException {
    for (int i = 0; i < versions.size(); i++) {
      Candle known = versions.get(i);
      if (same(known, candle)) {
        versions.set(i, CandleOrder.current(known, candle));
        return false;
      }
    }
    if (versions.size() == MAX) {
      throw new IOException(
          "too many versions of one candle: open_time_ms=" + candle.openTimeMs() + ", max=" + MAX);
    }
    return versions.add(candle);
  }

  /** The current one, if the partition ever had a first one. */
  Optional<Candle> current() {
    return first ? versions.stream().max(CandleOrder.CURRENT_LAST) : Optional.empty();
  }

  /** The others, ascending. */
  List<Candle> older() {
    List<Candle> sorted = new ArrayList<>(versions);
    sorted.sort(CandleOrder.CURRENT_LAST);
    return first ? sorted.subList(0, sorted.size() - 1) : sorted;
  }

  /** Whether two rows claim to be the same revision and differ in what they say. */
  boolean disagree() {
    for (int i = 0; i < versions.size(); i++) {
      for (int j = 0; j < i; j++) {
        Candle one = versions.get(i);
        Candle other = versions.get(j);
        if (one.revision() == other.revision() && !Version.of(one).same(Version.of(other))) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Exactly equal, because what is only nearly equal would depend on the order. A row that does not
   * say what takers bought is the same as one that does: {@link CandleOrder} keeps the other.
   */
  private static boolean same(Candle one, Candle other) {
    return one.revision() == other.revision()
        && Double.compare(one.open(), other.open()) == 0
        && Double.compare(one.high(), other.high()) == 0
        && Double.compare(one.low(), other.low()) == 0
        && Double.compare(one.close(), other.close()) == 0
        && Double.compare(one.volume(), other.volume()) == 0
        && Objects.equals(one.quoteVolume(), other.quoteVolume())
        && (one.takerBuyVolume() == null
            || other.takerBuyVolume() == null
            || one.takerBuyVolume().equals(other.takerBuyVolume()))
        && Objects.equals(one.tradeCount(), other.tradeCount())
        && Objects.equals(one.firstTradeId(), other.firstTradeId())
        && Objects.equals(one.lastTradeId(), other.lastTradeId());
  }
}
