package dev.candles.job.alert;

import dev.candles.core.health.HealthRules;
import dev.candles.core.health.HealthState;
import dev.candles.core.health.Transition;
import dev.candles.core.watch.Severity;
import dev.candles.lake.state.ToldAlerts;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A change of a venue's health, in the runbook's words.
 *
 * @param epochMs when the record of its changes was begun, market time, epoch ms; {@link
 *     #NO_RECORD} of a change that the record does not hold
 */
public record HealthAlert(String venue, long epochMs, Transition change, HealthRules rules)
    implements Alert {
  private static final long NO_RECORD = 0;

  /**
   * The end of an outage whose record was lost, for whoever was told of the outage.
   *
   * @param from the last word that was told
   * @param atMs market time, epoch ms, UTC
   */
  public static HealthAlert ended(String venue, HealthState from, long atMs, HealthRules rules) {
    Transition end = new Transition(0, from, HealthState.HEALTHY, 0, null, false, atMs);
    return new HealthAlert(venue, NO_RECORD, end, rules);
  }

  @Override
  public String id() {
    return venue + "-" + change.atMs() + "-" + change.to().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String subject() {
    return venue;
  }

  @Override
  public Severity severity() {
    return Severity.valueOf(change.to().severity());
  }

  @Override
  public String line() {
    return change.line(venue, rules);
  }

  /** No value needs an escape: all words are of checked alphabets. */
  @Override
  public String json() {
    return "{"
        + text("id", id())
        + text("severity", severity().name())
        + text("venue", venue)
        + text("old_state", change.from().name())
        + text("new_state", change.to().name())
        + "\"failures\":"
        + change.failures()
        + ",\"down_at\":"
        + rules.downAt()
        + ",\"window_s\":"
        + rules.windowMs() / 1_000
        + ","
        + text("reason", change.reason(rules))
        + text("at", Instant.ofEpochMilli(change.atMs()).toString())
        + "\"text\":\""
        + line()
        + "\"}";
  }

  private static String text(String key, String value) {
    return "\"" + key + "\":\"" + value + "\",";
  }

  @Override
  public Optional<ToldAlerts.Mark> mark() {
    String what = change.to().name();
    return Optional.of(
        epochMs == NO_RECORD
            ? ToldAlerts.Mark.standing(change.atMs(), what, true)
            : new ToldAlerts.Mark(epochMs, change.atMs(), what));
  }
}
