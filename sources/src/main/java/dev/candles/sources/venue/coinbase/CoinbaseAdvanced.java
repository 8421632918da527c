package dev.candles.sources.venue.coinbase;

import dev.candles.sources.venue.JsonValue;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Tells Coinbase's other interface, Advanced Trade, from the Exchange API, which is read here: its
 * frames have {@code channel}, {@code sequence_num} and {@code events} where those of the Exchange
 * have {@code type}; its REST wraps rows in {@code candles} or {@code trades}. Source:
 * https://docs.cdp.coinbase.com/advanced-trade (read 2026-06-28), recorded 2026-08-09.
 */
final class CoinbaseAdvanced {
  private static final int MAX_VALUES = 50_000;
  private static final Set<String> WANTED =
      Set.of("type", "channel", "sequence_num", "events", "candles", "trades");

  private CoinbaseAdvanced() {}

  static Optional<String> name(String text) {
    JsonValue json;
    try {
      json = JsonValue.parse(text, MAX_VALUES, WANTED);
    } catch (IOException e) {
      return Optional.empty(); // no JSON, so not that interface either
    }
    boolean frame = !json.field("channel").isAbsent() && json.field("events").isArray();
    boolean rows =
        json.field("candles").element(0).isObject() || json.field("trades").element(0).isObject();
    return json.field("type").isAbsent() && (frame || rows)
        ? Optional.of("Coinbase Advanced Trade; only Coinbase Exchange is read")
        : Optional.empty();
  }
}
