package dev.candles.core.health;

/** How well a venue answers. */
public enum HealthState {
  /** Few failures or none. */
  HEALTHY("INFO"),
  /** Several failures within the window. */
  DEGRADED("WARNING"),
  /** So many that somebody should look at once. */
  DOWN("CRITICAL");

  private final String severity;

  HealthState(String severity) {
    this.severity = severity;
  }

  /** How much a change into this state matters: INFO, WARNING or CRITICAL. */
  public String severity() {
    return severity;
  }
}
