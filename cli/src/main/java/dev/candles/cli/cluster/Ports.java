package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.util.NetUtils;

/** Ports of 127.0.0.1 for the processes of one cluster; none is given twice. */
final class Ports {
  static final String LOOPBACK = "127.0.0.1";
  private static final byte[] ADDRESS = {127, 0, 0, 1};
  private static final int LAST = 65_535;
  private static final int TRIES = 100;

  private final Set<Integer> given = new HashSet<>();

  /**
   * A port that nobody listens on.
   *
   * @param key the setting that names it
   * @param port 0 for any
   * @throws RefusedException if it is taken
   */
  int take(String key, int port) throws RefusedException {
    return take(key, "", port);
  }

  /**
   * A port that nobody listens on.
   *
   * @param key the setting that names it
   * @param before what the setting says before the port
   * @param port 0 for any
   * @throws RefusedException if it is taken
   */
  int take(String key, String before, int port) throws RefusedException {
    if (port < 0 || port > LAST) {
      throw new RefusedException(
          String.format(Locale.ROOT, "%s: found '%d', expected a port, or 0 for any", key, port));
    }
    int free = port == 0 ? any() : port;
    if (!isFree(free) || !given.add(free)) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "port %d of %s is in use on 127.0.0.1; name another: -D %s=%sPORT, 0 for any",
              port,
              key,
              key,
              before));
    }
    return free;
  }

  /**
   * One of a range, as Flink writes it.
   *
   * @throws RefusedException if it is no range, or all are taken
   */
  int takeOf(String key, String range) throws RefusedException {
    try {
      Iterator<Integer> ports = NetUtils.getPortRangeFromString(range);
      while (ports.hasNext()) {
        int port = ports.next();
        if (port == 0) {
          return take(key, 0);
        }
        if (isFree(port) && given.add(port)) {
          return port;
        }
      }
    } catch (IllegalArgumentException | IllegalConfigurationException e) {
      throw new RefusedException(
          String.format(
              Locale.ROOT, "%s: found '%s', expected ports: %s", key, range, e.getMessage()),
          e);
    }
    throw new RefusedException(
        String.format(
            Locale.ROOT, "no port of %s, '%s', is free on 127.0.0.1; name others", key, range));
  }

  /** The system may give a port again that was closed. */
  private int any() throws RefusedException {
    try {
      for (int tries = 0; tries < TRIES; tries++) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(ADDRESS))) {
          if (!given.contains(socket.getLocalPort())) {
            return socket.getLocalPort();
          }
        }
      }
      throw new RefusedException("no other port is free on 127.0.0.1");
    } catch (IOException e) {
      throw new RefusedException("no port is free on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // as Flink's: one that was used a minute ago is free
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port), 1);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
