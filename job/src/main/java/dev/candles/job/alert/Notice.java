package dev.candles.job.alert;

import dev.candles.lake.state.ToldAlerts;
import dev.candles.text.OneLine;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An alert about the collector or its lake. It is told as often as it is raised: whoever raises it
 * does so on a change.
 *
 * @param kind of an alphabet of a-z and underscores
 * @param atMs market time, epoch ms, UTC
 * @param text what is the matter and what to do
 */
public record Notice(String kind, Severity severity, long atMs, String text) implements Alert {
  /** Keeps one line of the text. */
  public Notice {
    text = OneLine.of(text);
  }

  @Override
  public String id() {
    return kind + "-" + atMs;
  }

  @Override
  public String subject() {
    return kind;
  }

  @Override
  public String line() {
    return String.format(Locale.ROOT, "ALERT [%s] %s: %s", severity, kind, text);
  }

  @Override
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"id\":\"%s\",\"severity\":\"%s\",\"kind\":\"%s\",\"at\":\"%s\",\"text\":\"%s\"}",
        id(),
        severity,
        kind,
        Instant.ofEpochMilli(atMs),
        Alert.escaped(line()));
  }

  @Override
  public Optional<ToldAlerts.Mark> mark() {
    return Optional.empty();
  }
}
