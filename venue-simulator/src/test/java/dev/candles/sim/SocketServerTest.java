package dev.candles.sim;

import dev.candles.core.time.MarketClock;
import dev.candles.sim.fault.Faults;
import dev.candles.sim.venue.Bind;
import dev.candles.sim.venue.ClientSink;
import dev.candles.sim.venue.MarketTime;
import dev.candles.sim.venue.Outage;
import dev.candles.sim.venue.Protocol;
import dev.candles.sim.venue.Session;
import dev.candles.sim.venue.SocketServer;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class SocketServerTest {
  private static final int ROUNDS = 200;

  /** Whoever closes first: each held a lock that the other needed, and nobody was admitted then. */
  @Test
  void bothSidesMayCloseAConnectionAtOnce() throws Exception {
    MarketTime time = MarketTime.of(MarketClock.real());
    Faults faults = new Faults(List.of(), 1, time.now());
    try (SocketServer server =
        SocketServer.start(
            new InetSocketAddress(Bind.loopback(), 0),
            new Impatient(),
            faults,
            new Outage("test", faults),
            time)) {
      for (int i = 0; i < ROUNDS; i++) {
        RawSocket.upgrade(server.address(), "/").close();
      }
    }
  }

  /** Closes every connection with its first tick. */
  private static final class Impatient implements Protocol {
    @Override
    public String venue() {
      return "test";
    }

    @Override
    public boolean serves(String path) {
      return true;
    }

    @Override
    public boolean admits(long nowMs) {
      return true;
    }

    @Override
    public Session open(String path, ClientSink outlet, long nowMs) {
      return new Session() {
        @Override
        public void onText(String text, long atMs) {}

        @Override
        public void onTick(long atMs) {
          outlet.close(1000, "");
        }

        @Override
        public void onNotice() {}
      };
    }

    @Override
    public void closed(Session session) {}

    @Override
    public void onTick(long nowMs) {}
  }
}
