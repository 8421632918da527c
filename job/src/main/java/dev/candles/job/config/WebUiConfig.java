package dev.candles.job.config;

import java.io.Serializable;
import java.util.List;

/**
 * Flink's web UI of the collector in one JVM, on loopback.
 *
 * @param port its port; 0 picks a free one
 */
public record WebUiConfig(int port) implements Serializable {
  static final Setting<Integer> PORT = Setting.whole("ui_port", 0, 65_535, 8081);
  static final List<Key> KEYS = List.of(PORT.key());

  static WebUiConfig read(Section root) {
    return new WebUiConfig(PORT.in(root));
  }
}
