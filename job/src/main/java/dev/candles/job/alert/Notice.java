package dev.candles.job.alert;

import dev.candles.core.watch.Finding;
import dev.candles.core.watch.Severity;
import dev.candles.lake.state.ToldAlerts;
import dev.candles.text.OneLine;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An alert about the collector or its lake.
 *
 * @param kind of an alphabet of a-z and underscores
 * @param subject what it is about: the kind, or the thing that is watched, in a-z, 0-9, underscores
 *     and hyphens
 * @param atMs market time, epoch ms, UTC
 * @param text what is the matter and what to do
 * @param mark what is noted of it in the lake; empty if it is told as often as it is raised
 */
public record Notice(
    String kind,
    String subject,
    Severity severity,
    long atMs,
    String text,
    Optional<ToldAlerts.Mark> mark)
    implements Alert {
  /** Keeps one line of the text. */
  public Notice {
    text = OneLine.of(text);
  }

  /** One that is told as often as it is raised: whoever raises it does so on a change. */
  public Notice(String kind, Severity severity, long atMs, String text) {
    this(kind, kind, severity, atMs, text, Optional.empty());
  }

  /** How a thing stands that is watched: told if the last that was told of it is another. */
  public static Notice standing(String subject, Finding finding, long atMs) {
    return new Notice(
        finding.kind(),
        subject,
        finding.severity(),
        atMs,
        finding.text(),
        Optional.of(ToldAlerts.Mark.standing(atMs, finding.kind(), finding.isWell())));
  }

  @Override
  public String id() {
    return subject.equals(kind) ? kind + "-" + atMs : subject + "-" + kind + "-" + atMs;
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
}
