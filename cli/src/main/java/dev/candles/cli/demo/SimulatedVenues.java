package dev.candles.cli.demo;

import dev.candles.job.config.CollectorConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/** Venues that a simulator of this machine served, or whatever else listened there. */
public final class SimulatedVenues {
  private SimulatedVenues() {}

  /** Whether all are of this machine, and none is served now; by another it may be again. */
  public static boolean areGone(CollectorConfig config) {
    return !config.markets().venues().isEmpty()
        && config.markets().venues().stream()
            .allMatch(venue -> isGone(venue.rest()) && isGone(venue.webSocket()));
  }

  /** A port of loopback that can be listened on is served by nobody. */
  private static boolean isGone(URI address) {
    String host = String.valueOf(address.getHost());
    boolean here = host.equals("localhost") || host.startsWith("127.");
    if (!here || address.getPort() < 1) {
      return false;
    }
    try {
      new ServerSocket(address.getPort(), 1, InetAddress.getByName(host)).close();
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
