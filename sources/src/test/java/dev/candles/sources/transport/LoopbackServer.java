package dev.candles.sources.transport;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;

/** A websocket server on loopback that keeps what it is told and says what a test wants. */
public final class LoopbackServer extends WebSocketServer implements AutoCloseable {
  /** One received message. */
  public record Said(int connection, String text) {}

  /** So long is waited for what must come, whatever else the machine does, seconds. */
  static final long DEADLINE_S = 240;

  private final List<WebSocket> connections = new CopyOnWriteArrayList<>();
  private final List<Said> messages = new CopyOnWriteArrayList<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final String scheme;
  private volatile boolean answersPings = true;
  private volatile Consumer<WebSocket> onSubscribe = connection -> {};

  /** A started server on a free port. */
  public static LoopbackServer started() throws InterruptedException {
    return started(new LoopbackServer("ws"));
  }

  /** The same over TLS; its certificate is the context's. */
  static LoopbackServer started(SSLContext identity) throws InterruptedException {
    LoopbackServer server = new LoopbackServer("wss");
    server.setWebSocketFactory(new DefaultSSLWebSocketServerFactory(identity));
    return started(server);
  }

  private static LoopbackServer started(LoopbackServer server) throws InterruptedException {
    server.start();
    if (!server.started.await(DEADLINE_S, TimeUnit.SECONDS)) {
      throw new IllegalStateException("loopback server does not start");
    }
    return server;
  }

  private LoopbackServer(String scheme) {
    super(new InetSocketAddress("127.0.0.1", 0), 1, List.of(new Draft_6455()));
    this.scheme = scheme;
    setReuseAddr(true);
    setDaemon(true);
    setConnectionLostTimeout(0);
  }

  public URI uri() {
    return URI.create(scheme + "://127.0.0.1:" + getPort());
  }

  /** From now on the text {@code ping} stays without an answer. */
  public void ignorePings() {
    answersPings = false;
  }

  /** What to do whenever a subscription comes. */
  public void onSubscribe(Consumer<WebSocket> action) {
    onSubscribe = action;
  }

  /** All connections there ever were. */
  public List<WebSocket> connections() {
    return connections;
  }

  /** The {@code n}-th of them, as soon as it is there: its client may know of it first. */
  WebSocket connection(int n) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    synchronized (this) {
      while (connections.size() <= n && System.nanoTime() < end) {
        wait(100);
      }
    }
    return connections.get(n);
  }

  /** All messages there ever were, pings too. */
  public List<Said> messages() {
    return messages;
  }

  /** How many messages hold {@code part}. */
  public long heard(String part) {
    return messages.stream().filter(said -> said.text().contains(part)).count();
  }

  /** Sends on the {@code n}-th connection. */
  public void say(int n, String text) {
    connections.get(n).send(text);
  }

  @Override
  public void onOpen(WebSocket connection, ClientHandshake handshake) {
    connections.add(connection);
    synchronized (this) {
      notifyAll();
    }
  }

  @Override
  public void onMessage(WebSocket connection, String message) {
    messages.add(new Said(connections.indexOf(connection), message));
    if (message.equals("ping") && answersPings) {
      connection.send("pong");
    }
    if (message.contains("\"op\":\"subscribe\"")) {
      onSubscribe.accept(connection);
    }
  }

  @Override
  public void onClose(WebSocket connection, int code, String reason, boolean remote) {}

  @Override
  public void onError(WebSocket connection, Exception error) {}

  @Override
  public void onStart() {
    started.countDown();
  }

  @Override
  public void close() {
    try {
      stop(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
