package dev.candles.job.config;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What the collector in one JVM shows on loopback: Flink's web UI, and a page of its own.
 *
 * @param port of Flink's web UI; 0 picks a free one
 * @param pagePort of the page; 0 picks a free one, {@link #NO_PAGE} means none
 */
public record WebUiConfig(int port, int pagePort) implements Serializable {
  /** There is no page. */
  public static final int NO_PAGE = -1;

  private static final String OFF = "off";
  private static final int MOST = 65_535;

  static final Setting<Integer> PORT = Setting.whole("ui_port", 0, MOST, 8081);
  static final Setting<Integer> PAGE_PORT =
      new Setting<>(
          new Key("page_port", "0 to 65535, or off", "8082"),
          Optional.of(8082),
          WebUiConfig::pagePort);
  static final List<Key> KEYS = List.of(PORT.key(), PAGE_PORT.key());

  static WebUiConfig read(Section root) {
    WebUiConfig both = new WebUiConfig(PORT.in(root), PAGE_PORT.in(root));
    if (both.port == both.pagePort && both.port != 0) {
      boolean page = root.node(PAGE_PORT.key().name()).isPresent();
      Key said = page ? PAGE_PORT.key() : PORT.key();
      Key other = page ? PORT.key() : PAGE_PORT.key();
      String port = Integer.toString(both.port);
      root.refused(said.name(), port, "another port than " + other.name() + " has");
    }
    return both;
  }

  private static Optional<Integer> pagePort(Section root) {
    String key = PAGE_PORT.key().name();
    String expected = "a port from " + PAGE_PORT.key().values();
    Optional<String> text = root.scalar(key, expected);
    if (text.equals(Optional.of(OFF))) {
      return Optional.of(NO_PAGE);
    }
    Optional<Integer> port =
        text.filter(t -> t.matches("\\d{1,5}")).map(Integer::valueOf).filter(n -> n <= MOST);
    return root.checked(key, text, port, expected);
  }
}
