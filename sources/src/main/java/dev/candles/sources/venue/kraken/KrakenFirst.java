package dev.candles.sources.venue.kraken;

import dev.candles.sources.venue.JsonValue;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Tells Kraken's first WebSocket API from the second, which is read here: its data is an array of
 * {@code [channel id, data, channel name, pair]}, all else is an object with {@code event}. Source:
 * https://docs.kraken.com/api (read 2026-06-28), recorded 2021-04-17.
 */
final class KrakenFirst {
  private static final int MAX_VALUES = 50_000;
  private static final int LEAST_ELEMENTS = 4;
  private static final Set<String> EVENTS =
      Set.of("systemStatus", "subscriptionStatus", "heartbeat", "pong");

  private KrakenFirst() {}

  static Optional<String> name(String text) {
    JsonValue json;
    try {
      json = JsonValue.parse(text, MAX_VALUES);
    } catch (IOException e) {
      return Optional.empty(); // no JSON, so not that interface either
    }
    boolean event = EVENTS.contains(json.field("event").toString());
    boolean data =
        json.elements().size() >= LEAST_ELEMENTS
            && json.element(0).literal().isPresent()
            && json.element(0).string().isEmpty()
            && json.elements().get(json.elements().size() - 1).string().isPresent();
    return event || data
        ? Optional.of("Kraken's first WebSocket API (v1); only the second (v2) is read")
        : Optional.empty();
  }
}
