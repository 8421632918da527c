package dev.candles.cli.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;

/** The port of the web UI on loopback. */
final class UiPort {
  private UiPort() {}

  /**
   * @param port 0 for any
   * @throws RefusedException if the port is taken
   */
  static void requireFree(int port) throws RefusedException {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw taken(port, e);
    }
  }

  static RefusedException taken(int port, Throwable cause) {
    return new RefusedException(
        String.format(
            Locale.ROOT,
            "port %d of the web UI is in use on 127.0.0.1; set ui_port to another, or to 0 for any",
            port),
        cause);
  }
}
