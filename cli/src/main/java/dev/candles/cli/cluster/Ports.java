package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.embedded.UiPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.util.NetUtils;

/** Ports of 127.0.0.1 for the processes of one cluster; none is given twice. */
public final class Ports {
  static final String LOOPBACK = "127.0.0.1";
  private static final byte[] ADDRESS = {127, 0, 0, 1};
  private static final int LAST = 65_535;
  private static final int TRIES = 100;
  private static final int FIRST_OF_ANY = 20_000;

  /** Linux has 32768 to 60999, others 49152 to 65535. */
  private static final int FIRST_GIVEN_BY_SYSTEMS = 32_768;

  private final Set<Integer> given = new HashSet<>();
  private final SplittableRandom random = new SplittableRandom();

  /**
   * A port that nobody listens on.
   *
   * @param key the setting that names it
   * @param port 0 for any
   * @throws RefusedException if it cannot be had
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
   * @throws RefusedException if it cannot be had
   */
  int take(String key, String before, int port) throws RefusedException {
    if (port < 0 || port > LAST) {
      throw new RefusedException(
          String.format(Locale.ROOT, "%s: found '%d', expected a port, or 0 for any", key, port));
    }
    int free = port == 0 ? any() : port;
    Optional<String> fault = fault(free);
    if (fault.isPresent() || !given.add(free)) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "port %d of %s %s; name another: -D %s=%sPORT, 0 for any",
              port,
              key,
              fault.orElse("is given twice"),
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

  /**
   * One of those that systems as they are shipped give neither to whoever asks for any, nor as the
   * near end of a connection: it is still free when a process of minutes later, or one that was
   * killed, listens on it. The next call may give it again.
   *
   * @throws RefusedException if none is found that is free
   */
  public int any() throws RefusedException {
    for (int tries = 0; tries < TRIES; tries++) {
      int port = random.nextInt(FIRST_OF_ANY, FIRST_GIVEN_BY_SYSTEMS);
      if (!given.contains(port) && isFree(port)) {
        return port;
      }
    }
    throw new RefusedException(
        String.format(
            Locale.ROOT,
            "no port from %d to %d is free on 127.0.0.1",
            FIRST_OF_ANY,
            FIRST_GIVEN_BY_SYSTEMS - 1));
  }

  private static boolean isFree(int port) {
    return fault(port).isEmpty();
  }

  /** Why nobody here can listen on it. */
  private static Optional<String> fault(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // as Flink's: one that was used a minute ago is free
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port), 1);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(UiPort.why(e));
    }
  }
}
