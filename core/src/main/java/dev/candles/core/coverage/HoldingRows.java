package dev.candles.core.coverage;

import dev.candles.core.candle.Evidence;
import java.util.List;
import java.util.function.Consumer;

/** The rows of a stream's coverage that hold: disjoint, ascending. Read-only. */
@FunctionalInterface
public interface HoldingRows {
  /**
   * Tells those that lie in {@code [fromMs, toMs)} or reach into it, whole or cut to it, ascending.
   *
   * @param fromMs epoch ms, UTC
   * @param toMs epoch ms, UTC
   */
  void forEach(long fromMs, long toMs, Consumer<CoverageRow> action);

  /**
   * These.
   *
   * @param rows disjoint, ascending
   */
  static HoldingRows of(List<CoverageRow> rows) {
    List<CoverageRow> all = List.copyOf(rows);
    return (fromMs, toMs, action) -> {
      for (CoverageRow row : all) {
        if (row.toMs() > fromMs && row.fromMs() < toMs) {
          action.accept(row);
        }
      }
    };
  }

  /** All of them. */
  default void forEach(Consumer<CoverageRow> action) {
    forEach(Long.MIN_VALUE, Long.MAX_VALUE, action);
  }

  /** The intervals that are called empty only because the venue said nothing twice. */
  default Intervals repeatedClaims() {
    Intervals.Builder claims = new Intervals.Builder(2);
    forEach(
        row -> {
          if (row.isRepeatedClaim()) {
            claims.add(row.fromMs(), row.toMs());
          }
        });
    return claims.build();
  }

  /**
   * The same, but that a part of {@link #repeatedClaims} is believed.
   *
   * @param proven what trade ids prove
   */
  default HoldingRows believing(Intervals proven) {
    if (proven.isEmpty()) {
      return this;
    }
    return (fromMs, toMs, action) ->
        forEach(
            fromMs,
            toMs,
            row -> {
              if (row.isRepeatedClaim()) {
                split(row, proven, action);
              } else {
                action.accept(row);
              }
            });
  }

  private static void split(CoverageRow claim, Intervals proven, Consumer<CoverageRow> action) {
    Intervals byIds = proven.intersect(Intervals.of(claim.fromMs(), claim.toMs()));
    long atMs = claim.fromMs();
    for (int i = 0; i < byIds.count(); i++) {
      if (atMs < byIds.from(i)) {
        action.accept(claim.over(atMs, byIds.from(i)));
      }
      action.accept(claim.over(byIds.from(i), byIds.to(i)).provenBy(Evidence.TRADE_CHAIN));
      atMs = byIds.to(i);
    }
    if (atMs < claim.toMs()) {
      action.accept(claim.over(atMs, claim.toMs()));
    }
  }
}
