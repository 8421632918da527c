package dev.candles.core.watch;

/**
 * How a thing stands that is watched. People are told when its kind changes, whichever run told the
 * last one.
 *
 * @param kind of an alphabet of a-z and underscores, like {@code disk_full}
 * @param severity {@link Severity#INFO} if there is no trouble
 * @param text what is the matter and what to do, at most 200 characters
 */
public record Finding(String kind, Severity severity, String text) {
  /** Whether there is no trouble. */
  public boolean isWell() {
    return severity == Severity.INFO;
  }
}
