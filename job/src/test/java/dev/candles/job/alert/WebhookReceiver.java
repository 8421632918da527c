package dev.candles.job.alert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real receiver of webhooks on loopback. Its address holds a secret. */
public final class WebhookReceiver implements AutoCloseable {
  /** What must be in no message. */
  public static final String SECRET = "s3cr3t-path";

  private static final long DEADLINE_NANOS = 120_000_000_000L;

  /** Bodies that were taken, in order. */
  public final List<String> bodies = new CopyOnWriteArrayList<>();

  /** Statuses to answer with, one per request; 200 when there is none. */
  final List<Integer> statuses = new CopyOnWriteArrayList<>();

  /** Whether answers begin and never end. */
  volatile boolean endless;

  private final HttpServer server;

  public WebhookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/" + SECRET, this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int status = statuses.isEmpty() ? 200 : statuses.remove(0);
    if (status == 200) {
      bodies.add(body);
    }
    if (endless) {
      exchange.sendResponseHeaders(status, 10);
      exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      return; // eight bytes are owed for ever
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + SECRET;
  }

  /** Writes the address to a file, as an operator keeps a secret. */
  public Path addressIn(Path folder) throws IOException {
    return Files.writeString(folder.resolve("webhook-secret"), address() + "\n");
  }

  /** Waits until {@code done}. */
  public static void await(String what, BooleanSupplier done) {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not in time: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
