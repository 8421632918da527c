package dev.candles.sim;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.enums.Opcode;
import org.java_websocket.handshake.ServerHandshake;

/** A WebSocket client that remembers all it heard. */
final class Listener implements AutoCloseable {
  private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(4);

  private final List<String> frames = new ArrayList<>();
  private final Client client;
  private int closeCode;

  private Listener(URI uri) {
    client = new Client(uri);
  }

  static Listener connect(Simulator simulator, String path)
      throws IOException, InterruptedException {
    return connect(simulator, "okx", path);
  }

  static Listener connect(Simulator simulator, String venue, String path)
      throws IOException, InterruptedException {
    Listener listener = new Listener(URI.create(simulator.ws(venue) + path));
    if (!listener.client.connectBlocking(10, TimeUnit.SECONDS)) {
      throw new IOException("refused: path=" + path);
    }
    return listener;
  }

  void send(String text) {
    client.send(text);
  }

  /** Sends the beginning of a message. */
  void sendBeginning(String text) {
    client.sendFragmentedFrame(
        Opcode.TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), false);
  }

  synchronized List<String> frames() {
    return List.copyOf(frames);
  }

  synchronized int closeCode() {
    return closeCode;
  }

  boolean isOpen() {
    return client.isOpen();
  }

  void await(Predicate<List<String>> condition) throws InterruptedException {
    awaitUntil(() -> condition.test(List.copyOf(frames)));
  }

  void awaitClosed() throws InterruptedException {
    awaitUntil(() -> closeCode != 0);
  }

  @Override
  public void close() {
    client.close();
  }

  private synchronized void awaitUntil(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("did not come, heard: " + frames);
      }
      wait(Math.min(left, 20)); // the condition may be about the other side
    }
  }

  private final class Client extends WebSocketClient {
    Client(URI uri) {
      super(uri);
      setConnectionLostTimeout(0);
    }

    @Override
    public void onOpen(ServerHandshake handshake) {}

    @Override
    public void onMessage(String text) {
      synchronized (Listener.this) {
        frames.add(text);
        Listener.this.notifyAll();
      }
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      synchronized (Listener.this) {
        closeCode = code;
        Listener.this.notifyAll();
      }
    }

    @Override
    public void onError(Exception error) {}
  }
}
