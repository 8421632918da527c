package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a cluster's REST API answers. */
record Address(String host, int port) {
  private static final Pattern TEXT =
      Pattern.compile("(?:http://)?([\\w.-]{1,253}|\\[[0-9a-fA-F:.]{2,45}]):(\\d{1,5})/?");
  private static final int LAST = 65_535;

  /**
   * Reads {@code HOST:PORT}.
   *
   * @throws RefusedException if it is none
   */
  static Address parse(String text) throws RefusedException {
    if (text.startsWith("https://")) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "--target: found '%s', expected HOST:PORT; that TLS is spoken there is said by"
                  + " security.ssl.rest.enabled in the config.yaml of --flink-conf",
              text));
    }
    Matcher found = TEXT.matcher(text);
    int port = found.matches() ? Integer.parseInt(found.group(2)) : 0;
    if (port < 1 || port > LAST) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "--target: found '%s', expected HOST:PORT of a cluster's REST API, for example"
                  + " 127.0.0.1:8081",
              text));
    }
    return new Address(found.group(1), port);
  }

  @Override
  public String toString() {
    return "http://" + host + ":" + port;
  }
}
