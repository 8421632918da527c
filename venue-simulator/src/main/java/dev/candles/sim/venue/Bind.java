package dev.candles.sim.venue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Addresses that simulated venues may listen on. */
public final class Bind {
  private static final int UNIQUE_LOCAL = 0xfc;
  private static final int SEVEN_BITS = 0xfe;

  private Bind() {}

  /** 127.0.0.1, whatever the machine prefers. */
  public static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /**
   * Whether it is one address that the world does not reach: loopback, or of a private network. All
   * addresses at once are not, and nobody could be told to connect to them.
   */
  public static boolean isPrivate(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || (address instanceof Inet6Address
            && (address.getAddress()[0] & SEVEN_BITS) == UNIQUE_LOCAL);
  }

  /** As a client writes it. */
  static URI address(String scheme, InetAddress host, int port) {
    String text = host.getHostAddress().replaceFirst("%.*", "");
    String name = host instanceof Inet6Address ? "[" + text + "]" : text;
    return URI.create(scheme + "://" + name + ":" + port);
  }
}
