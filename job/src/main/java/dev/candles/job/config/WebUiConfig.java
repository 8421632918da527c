package dev.candles.job.config;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What the collector in one JVM shows on loopback: Flink's web UI, a page of its own, and its
 * metrics for Prometheus.
 *
 * @param port of Flink's web UI; 0 picks a free one
 * @param pagePort of the page; 0 picks a free one, {@link #NONE} means none
 * @param prometheusPort of the metrics; 0 picks a free one, {@link #NONE} means none
 */
public record WebUiConfig(int port, int pagePort, int prometheusPort) implements Serializable {
  /** The port of what is not served. */
  public static final int NONE = -1;

  private static final String OFF = "off";
  private static final int MOST = 65_535;

  static final Setting<Integer> PORT = Setting.whole("ui_port", 0, MOST, 8081);
  static final Setting<Integer> PAGE_PORT = portOrOff("page_port", 8082);
  static final Setting<Integer> PROMETHEUS_PORT = portOrOff("prometheus_port", NONE);
  static final List<Key> KEYS = List.of(PORT.key(), PAGE_PORT.key(), PROMETHEUS_PORT.key());

  static WebUiConfig read(Section root) {
    int port = PORT.in(root);
    int pagePort = PAGE_PORT.in(root);
    int prometheusPort = PROMETHEUS_PORT.in(root);
    requireTwo(root, PORT, port, PAGE_PORT, pagePort);
    requireTwo(root, PORT, port, PROMETHEUS_PORT, prometheusPort);
    requireTwo(root, PAGE_PORT, pagePort, PROMETHEUS_PORT, prometheusPort);
    return new WebUiConfig(port, pagePort, prometheusPort);
  }

  private static void requireTwo(
      Section root, Setting<Integer> one, int port, Setting<Integer> other, int otherPort) {
    if (port == otherPort && port > 0) {
      boolean said = root.node(other.key().name()).isPresent();
      String wrong = (said ? other : one).key().name();
      String right = (said ? one : other).key().name();
      root.refused(wrong, Integer.toString(port), "another port than " + right + " has");
    }
  }

  private static Setting<Integer> portOrOff(String name, int byDefault) {
    String shown = byDefault == NONE ? OFF : Integer.toString(byDefault);
    Key key = new Key(name, "0 to 65535, or off", shown);
    return new Setting<>(key, Optional.of(byDefault), root -> portOrOff(root, key));
  }

  private static Optional<Integer> portOrOff(Section root, Key key) {
    String expected = "a port from " + key.values();
    Optional<String> text = root.scalar(key.name(), expected);
    if (text.equals(Optional.of(OFF))) {
      return Optional.of(NONE);
    }
    Optional<Integer> port =
        text.filter(t -> t.matches("\\d{1,5}")).map(Integer::valueOf).filter(n -> n <= MOST);
    return root.checked(key.name(), text, port, expected);
  }
}
