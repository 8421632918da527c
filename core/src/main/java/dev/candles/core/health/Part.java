package dev.candles.core.health;

import java.util.Locale;

/** The two ways in which a venue is asked: one may fail while the other answers. */
public enum Part {
  /** Its connections. */
  FEED,
  /** All its REST requests. */
  REST;

  /** The word in metrics, like {@code feed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Part of(HealthSignal signal) {
    return signal.source() == HealthSignal.REST ? REST : FEED;
  }
}
