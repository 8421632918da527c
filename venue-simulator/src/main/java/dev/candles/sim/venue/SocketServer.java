package dev.candles.sim.venue;

import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.Faults;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A venue's WebSocket port on loopback.
 *
 * <ol>
 *   <li>{@link #start} binds and begins to tick (a daemon thread, every 10 ms real).
 *   <li>Handshakes pass the venue's limits and the faults (a library thread).
 *   <li>Frames and ticks reach the sessions under one lock, one at a time.
 *   <li>{@link #close} ends everything.
 * </ol>
 */
public final class SocketServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SocketServer.class);
  private static final int MAX_FRAME_BYTES = 128 * 1024;
  private static final int MAX_CONNECTIONS = 1024;
  private static final long TICK_REAL_MS = 10;
  private static final int START_REAL_MS = 10_000;

  private final Object lock = new Object();
  private final Protocol protocol;
  private final Faults faults;
  private final Outage outage;
  private final MarketTime time;
  private final Map<WebSocket, ServerConnection> lines = new LinkedHashMap<>();
  private final Queue<WebSocket> gone = new ConcurrentLinkedQueue<>();
  private final Set<WebSocket> goneEarly = Collections.newSetFromMap(new WeakHashMap<>());
  private final CompletableFuture<Integer> started = new CompletableFuture<>();
  private final Server server;
  private volatile boolean closed;
  private boolean cutUncounted;
  private long handshakes;

  private SocketServer(
      InetSocketAddress at, Protocol protocol, Faults faults, Outage outage, MarketTime time)
      throws IOException {
    this.protocol = protocol;
    this.faults = faults;
    this.outage = outage;
    this.time = time;
    server = new Server(at);
  }

  /**
   * Starts serving.
   *
   * @param at where; port 0 for any free one
   * @throws IOException if it cannot be bound
   */
  public static SocketServer start(
      InetSocketAddress at, Protocol protocol, Faults faults, Outage outage, MarketTime time)
      throws IOException {
    SocketServer socket = new SocketServer(at, protocol, faults, outage, time);
    socket.server.start();
    try {
      socket.started.get(START_REAL_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("websocket port cannot be bound: address=" + at, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while binding: address=" + at, e);
    }
    Thread ticker = new Thread(socket::tickUntilClosed, "sim-tick-" + protocol.venue());
    ticker.setDaemon(true);
    ticker.start();
    return socket;
  }

  /** Where it listens, for example {@code ws://127.0.0.1:4711}. */
  public URI address() {
    return Bind.address("ws", server.getAddress().getAddress(), server.getPort());
  }

  /** How many connections are open. */
  public int connections() {
    synchronized (lock) {
      forgetGone();
      return lines.size();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      server.stop(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tickUntilClosed() {
    while (!closed) {
      try {
        TimeUnit.MILLISECONDS.sleep(TICK_REAL_MS);
        tick();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("event=sim_tick_failed venue={}", protocol.venue(), e);
      }
    }
  }

  private void tick() {
    synchronized (lock) {
      forgetGone();
      long now = time.now();
      strikeWhole(now);
      for (ServerConnection line : List.copyOf(lines.values())) {
        try {
          line.tick(now);
        } catch (WebsocketNotConnectedException e) {
          LOG.debug("event=sim_connection_gone venue={}", protocol.venue(), e);
        }
      }
      protocol.onTick(now);
    }
  }

  /** Under the lock. */
  private void forgetGone() {
    for (WebSocket socket = gone.poll(); socket != null; socket = gone.poll()) {
      ServerConnection line = lines.remove(socket);
      if (line == null) {
        goneEarly.add(socket); // refused, or not yet told to be open
      } else if (line.session != null) {
        protocol.closed(line.session);
      }
    }
  }

  /** What happens to all connections of a venue at once. */
  private void strikeWhole(long now) {
    if (!lines.isEmpty()) {
      Optional<Fault> stall = faults.begin(FaultKind.STALL, protocol.venue(), now);
      if (stall.isPresent()) {
        faults.count(FaultKind.STALL, protocol.venue());
        long until = now + stall.get().duration().toMillis();
        lines.values().forEach(line -> line.stall(until));
      }
    }
    faults.begin(FaultKind.CUT, protocol.venue(), now).ifPresent(cut -> cut(cut, now));
  }

  private void cut(Fault cut, long now) {
    boolean announced = !cut.by().isZero();
    long at = announced ? now + time.clock().deadline(cut.by().toMillis()) : now;
    outage.begin(at + cut.duration().toMillis(), cut.rest());
    cutUncounted = lines.isEmpty();
    if (!lines.isEmpty()) {
      faults.count(FaultKind.CUT, protocol.venue());
    }
    for (ServerConnection line : lines.values()) {
      line.cutAt(at);
      if (announced && line.session != null) {
        line.session.onNotice();
      }
    }
  }

  /** Why a handshake is refused, or an empty string if it is not. */
  private String refusal(String path) {
    forgetGone();
    long now = time.now();
    if (!protocol.serves(path)) {
      return "no such path";
    }
    if (outage.ofSockets(now)) {
      if (cutUncounted) {
        cutUncounted = false;
        faults.count(FaultKind.CUT, protocol.venue());
      }
      return "venue is away";
    }
    boolean refused =
        faults.strike(FaultKind.REFUSE, protocol.venue(), null, handshakes++, now).isPresent();
    if (refused || lines.size() >= MAX_CONNECTIONS || !protocol.admits(now)) {
      return "refused";
    }
    return "";
  }

  private static List<Draft> drafts() {
    return List.of(new WholeFrames(MAX_FRAME_BYTES));
  }

  /** The library's callbacks, each but that of a close under the lock. */
  private final class Server extends WebSocketServer {
    Server(InetSocketAddress address) {
      super(address, 1, drafts());
      setReuseAddr(true);
      setTcpNoDelay(true);
      setDaemon(true);
      setConnectionLostTimeout(0);
      setMaxPendingConnections(256);
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
        WebSocket socket, Draft draft, ClientHandshake request) throws InvalidDataException {
      synchronized (lock) {
        String refusal = refusal(path(request.getResourceDescriptor()));
        if (!refusal.isEmpty()) {
          throw new InvalidDataException(CloseFrame.REFUSE, refusal);
        }
      }
      return super.onWebsocketHandshakeReceivedAsServer(socket, draft, request);
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
      synchronized (lock) {
        forgetGone();
        if (goneEarly.remove(socket)) {
          return;
        }
        ServerConnection line = new ServerConnection(protocol.venue(), socket, faults, time);
        line.session = protocol.open(path(handshake.getResourceDescriptor()), line, time.now());
        lines.put(socket, line);
      }
    }

    /**
     * Without the lock: the library holds the socket's, and who holds ours may want to close it.
     */
    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
      gone.add(socket);
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      synchronized (lock) {
        ServerConnection line = lines.get(socket);
        if (line != null && line.session != null) {
          line.session.onText(text, time.now());
        }
      }
    }

    @Override
    public void onError(WebSocket socket, Exception error) {
      started.completeExceptionally(error);
      LOG.debug("event=sim_socket_error venue={}", protocol.venue(), error);
    }

    @Override
    public void onStart() {
      started.complete(getPort());
    }

    private static String path(String descriptor) {
      int mark = descriptor.indexOf('?');
      return mark < 0 ? descriptor : descriptor.substring(0, mark);
    }
  }
}
