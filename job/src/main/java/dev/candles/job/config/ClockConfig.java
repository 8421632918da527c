package dev.candles.job.config;

import dev.candles.core.time.MarketClock;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads market time, which is another than real time in simulations only. */
final class ClockConfig {
  static final Key CLOCK = new Key("clock", "{real_ms, market_ms, speed}", "real time");
  static final List<Key> KEYS = List.of(CLOCK);

  private static final String REAL = "real_ms";
  private static final String MARKET = "market_ms";
  private static final String SPEED = "speed";
  private static final double MOST_SPEED = 10_000;

  private ClockConfig() {}

  static MarketClock read(Section root) {
    Optional<Node> node = root.node(CLOCK.name());
    if (node.isEmpty()) {
      return MarketClock.real();
    }
    List<String> keys = List.of(REAL, MARKET, SPEED);
    Section section = Section.of(node.get(), CLOCK.name(), keys, root.problems());
    for (String key : keys) {
      if (section.node(key).isEmpty()) {
        String missing = section.path(key) + ": is missing; a clock needs all three";
        root.problems().add(section.line(), missing);
      }
    }
    return new MarketClock(
        section.whole(REAL, 0, HistoryConfig.MOST_MS).orElse(0L),
        section.whole(MARKET, 0, HistoryConfig.MOST_MS).orElse(0L),
        section.positive(SPEED, MOST_SPEED).orElse(1.0));
  }
}
