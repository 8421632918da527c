package dev.candles.job.alert;

import dev.candles.core.health.HealthRules;
import dev.candles.core.health.Transition;
import dev.candles.lake.state.ToldAlerts;
import java.time.Instant;
import java.util.Locale;

/**
 * A change of a venue's health that people are told of.
 *
 * @param epochMs when the record of its changes was begun, market time, epoch ms
 */
public record Alert(String venue, long epochMs, Transition change, HealthRules rules) {

  /** Names it for ever, and nothing else: the same for every target and every try. */
  public String id() {
    return venue + "-" + change.atMs() + "-" + change.to().name().toLowerCase(Locale.ROOT);
  }

  /** The runbook's line. */
  public String line() {
    return change.line(venue, rules);
  }

  ToldAlerts.Mark mark() {
    return new ToldAlerts.Mark(epochMs, change.atMs(), change.to().name());
  }

  /** All fields, for programs. No value needs an escape: all words are of checked alphabets. */
  String json() {
    return "{"
        + text("id", id())
        + text("severity", change.to().severity())
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

  /** A message for people, as Slack and those that speak like it take it. */
  String slack() {
    return "{\"text\":\"" + line() + "\"}";
  }
}
