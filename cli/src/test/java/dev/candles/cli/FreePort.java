package dev.candles.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.SplittableRandom;

/** A port of loopback on which nobody listens. */
public final class FreePort {
  private FreePort() {}

  /**
   * One that no system gives meanwhile to a client's end of a connection, or to a test beside this
   * one that listens on any port.
   */
  public static int any() throws IOException {
    SplittableRandom random = new SplittableRandom();
    for (int tries = 0; tries < 100; tries++) {
      int port = random.nextInt(20_000, 32_768);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        continue;
      }
    }
    throw new IOException("no port is free");
  }
}
