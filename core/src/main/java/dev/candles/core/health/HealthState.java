package dev.candles.core.health;

/** How well a venue answers. */
public enum HealthState {
  /** Few failures or none. */
  HEALTHY("INFO", 0),
  /** Several failures within the window. */
  DEGRADED("WARNING", 1),
  /** So many that somebody should look at once. */
  DOWN("CRITICAL", 2);

  private final String severity;
  private final int level;

  HealthState(String severity, int level) {
    this.severity = severity;
    this.level = level;
  }

  /** How much a change into this state matters: INFO, WARNING or CRITICAL. */
  public String severity() {
    return severity;
  }

  /** The state as metrics show it: 0 is healthy, more is worse. */
  public int level() {
    return level;
  }
}
