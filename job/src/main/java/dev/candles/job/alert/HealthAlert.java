package dev.candles.job.alert;

import dev.candles.core.health.HealthRules;
import dev.candles.core.health.Transition;
import dev.candles.core.watch.Severity;
import dev.candles.lake.state.ToldAlerts;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A change of a venue's health, in the runbook's words.
 *
 * @param epochMs when the record of its changes was begun, market time, epoch ms
 */
public record HealthAlert(String venue, long epochMs, Transition change, HealthRules rules)
    implements Alert {

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
    return Optional.of(new ToldAlerts.Mark(epochMs, change.atMs(), change.to().name()));
  }
}
