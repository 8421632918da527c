package dev.candles.cli.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.Optional;

/** The ports of loopback that a start needs: that of the web UI, and those beside it. */
public final class UiPort {
  private static final String IN_USE = "is in use on 127.0.0.1";

  private UiPort() {}

  /**
   * @param port 0 for any
   * @throws RefusedException if the port cannot be had
   */
  static void requireFree(int port) throws RefusedException {
    Optional<IOException> fault = fault(port);
    if (fault.isPresent()) {
      throw refused(port, why(fault.get()), fault.get());
    }
  }

  /** Why a port cannot be had, as {@link #why} says it; empty if it can. */
  static Optional<String> taken(int port) {
    return fault(port).map(UiPort::why);
  }

  private static Optional<IOException> fault(int port) {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  /** Somebody took it since it was free. */
  static RefusedException taken(int port, Throwable cause) {
    return refused(port, IN_USE, cause);
  }

  private static RefusedException refused(int port, String why, Throwable cause) {
    return new RefusedException(
        String.format(
            Locale.ROOT,
            "port %d of the web UI %s; set ui_port to another, or to 0 for any",
            port,
            why),
        cause);
  }

  /** What is said of a port of loopback: somebody has it, or it is not for this user. */
  public static String why(IOException error) {
    String said = String.valueOf(error.getMessage());
    return said.contains("in use") ? IN_USE : "cannot be had on 127.0.0.1: " + said;
  }
}
