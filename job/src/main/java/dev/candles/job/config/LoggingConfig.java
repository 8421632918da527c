package dev.candles.job.config;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The log of the collector in one JVM.
 *
 * @param level a log4j level name
 */
public record LoggingConfig(String level) implements Serializable {
  static final Key LEVEL = new Key("log_level", "TRACE DEBUG INFO WARNING ERROR", "INFO");
  static final List<Key> KEYS = List.of(LEVEL);

  private static final List<String> LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARNING", "WARN", "ERROR");

  static LoggingConfig read(Section root) {
    return new LoggingConfig(level(root).orElse(LEVEL.byDefault()));
  }

  private static Optional<String> level(Section root) {
    String key = LEVEL.name();
    Optional<String> text = root.text(key);
    if (text.isPresent() && !LEVELS.contains(text.get())) {
      Node node = root.node(key).orElseThrow();
      root.problems().unknown(node, key, "level", text.get(), LEVELS);
    }
    return text.map(level -> level.equals("WARNING") ? "WARN" : level);
  }
}
