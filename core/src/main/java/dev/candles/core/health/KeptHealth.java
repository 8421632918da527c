package dev.candles.core.health;

import java.util.List;

/**
 * What a checkpoint keeps of a venue's health.
 *
 * @param epochMs when this record was begun, market time, epoch ms, UTC: numbers of changes start
 *     anew with it
 * @param untold changes of which nobody was told yet, oldest first
 */
public record KeptHealth(long epochMs, VenueHealth.Snapshot health, List<Transition> untold) {
  /** Changes that wait to be told at most; the oldest goes. */
  public static final int MOST_UNTOLD = 100;

  /** Bounds what waits. */
  public KeptHealth {
    untold = List.copyOf(untold.subList(Math.max(0, untold.size() - MOST_UNTOLD), untold.size()));
  }

  /** Of a venue of which nothing is known at {@code nowMs}. */
  public static KeptHealth fresh(long nowMs) {
    return new KeptHealth(nowMs, VenueHealth.Snapshot.fresh(nowMs), List.of());
  }
}
