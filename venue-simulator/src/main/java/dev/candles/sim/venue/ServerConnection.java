package dev.candles.sim.venue;

import dev.candles.sim.fault.Faults;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.framing.CloseFrame;
import org.jspecify.annotations.Nullable;

/** One WebSocket connection. Used under the server's lock. */
final class ServerConnection implements ClientSink {
  private static final int SLOW_CONSUMER = 4005;
  private static final int MAX_QUEUED_FRAMES = 20_000;

  private final String venue;
  private final WebSocket socket;
  private final Faults faults;
  private final MarketTime time;
  private long stalledUntilMs = Long.MIN_VALUE;
  private long silentUntilMs = Long.MIN_VALUE;
  private long cutAtMs = Long.MAX_VALUE;
  @Nullable Session session;

  ServerConnection(String venue, WebSocket socket, Faults faults, MarketTime time) {
    this.venue = venue;
    this.socket = socket;
    this.faults = faults;
    this.time = time;
  }

  @Override
  public void control(String text) {
    long now = time.now();
    if (socket.isOpen() && !(now < stalledUntilMs && faults.live(venue, now))) {
      send(text);
    }
  }

  @Override
  public void data(String text) {
    if (flows(time.now())) {
      send(text);
    }
  }

  @Override
  public boolean flows(long nowMs) {
    boolean held = nowMs < stalledUntilMs || nowMs < silentUntilMs;
    return socket.isOpen() && !(held && faults.live(venue, nowMs));
  }

  @Override
  public void silence(long untilMs) {
    silentUntilMs = untilMs;
  }

  @Override
  public void close(int code, String reason) {
    long now = time.now();
    if (!(now < stalledUntilMs && faults.live(venue, now))) { // a stalled venue says nothing at all
      socket.close(code, reason);
    }
  }

  void stall(long untilMs) {
    stalledUntilMs = Math.max(stalledUntilMs, untilMs);
  }

  /** Cuts without a word, at a market time. */
  void cutAt(long ms) {
    cutAtMs = Math.min(cutAtMs, ms);
  }

  void tick(long nowMs) {
    if (nowMs >= cutAtMs && faults.live(venue, nowMs)) {
      socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
    } else if (session != null) {
      session.onTick(nowMs);
    }
  }

  private void send(String text) {
    if (socket instanceof WebSocketImpl impl && impl.outQueue.size() > MAX_QUEUED_FRAMES) {
      socket.close(SLOW_CONSUMER, "buffer full");
      return;
    }
    socket.send(text);
  }
}
