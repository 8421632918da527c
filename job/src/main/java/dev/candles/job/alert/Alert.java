package dev.candles.job.alert;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.candles.core.watch.Severity;
import dev.candles.lake.state.ToldAlerts;
import java.util.Optional;

/** What people are told of. */
public sealed interface Alert permits HealthAlert, Notice {
  /** Names it for ever, and nothing else: the same for every target and every try. */
  String id();

  /** What it is about: a venue, or the kind of a {@link Notice}. */
  String subject();

  /** How much it matters. */
  Severity severity();

  /** One line for people: {@code ALERT [WARNING] …}. */
  String line();

  /** All fields as one object of JSON, for programs. */
  String json();

  /** What is noted of it in the lake, so that no restart tells it twice; empty for nothing. */
  Optional<ToldAlerts.Mark> mark();

  /** A message for people, as Slack and those that speak like it take it. */
  default String slack() {
    return "{\"text\":\"" + escaped(line()) + "\"}";
  }

  /** A text as it stands between the quotes of a JSON string. */
  static String escaped(String text) {
    return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
