package dev.candles.sim.venue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP/1.1 server on loopback: GET, and POST of a form where that is asked for, keep-alive,
 * its own Date header (the JDK's server insists on the real one). One daemon thread per connection,
 * bounded; bounded requests.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final int MAX_CONNECTIONS = 256;
  private static final int IDLE_REAL_MS = 60_000;

  private final ServerSocket listener;
  private final boolean forms;
  private final Function<SimRequest, SimResponse> handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private HttpServer(
      ServerSocket listener, boolean forms, Function<SimRequest, SimResponse> handler) {
    this.listener = listener;
    this.forms = forms;
    this.handler = handler;
  }

  /**
   * Starts serving GET on 127.0.0.1; {@code handler} is called by many threads.
   *
   * @param port 0 for any free one
   * @throws IOException if the port cannot be bound
   */
  public static HttpServer start(String name, int port, Function<SimRequest, SimResponse> handler)
      throws IOException {
    return start(name, new InetSocketAddress(Bind.loopback(), port), false, handler);
  }

  /**
   * Starts serving GET; {@code handler} is called by many threads.
   *
   * @param at where; port 0 for any free one
   * @throws IOException if it cannot be bound
   */
  public static HttpServer start(
      String name, InetSocketAddress at, Function<SimRequest, SimResponse> handler)
      throws IOException {
    return start(name, at, false, handler);
  }

  /**
   * Starts serving GET and, if {@code forms}, POST of a form, whose fields count as parameters.
   *
   * @param at where; port 0 for any free one
   * @throws IOException if it cannot be bound
   */
  static HttpServer start(
      String name, InetSocketAddress at, boolean forms, Function<SimRequest, SimResponse> handler)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(at, 256);
    HttpServer server = new HttpServer(listener, forms, handler);
    daemon("sim-http-" + name, server::accept);
    return server;
  }

  /** Where it listens, for example {@code http://127.0.0.1:4711}. */
  public URI address() {
    return Bind.address("http", listener.getInetAddress(), listener.getLocalPort());
  }

  @Override
  public void close() {
    closeQuietly(listener);
    open.forEach(HttpServer::closeQuietly);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        if (open.size() >= MAX_CONNECTIONS) {
          closeQuietly(socket);
          continue;
        }
        open.add(socket);
        daemon("sim-http-connection", () -> serve(socket));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          LOG.warn("event=sim_http_accept_failed", e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(IDLE_REAL_MS);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      Optional<HttpRequest> request = HttpRequest.read(in);
      while (request.isPresent()) {
        out.write(bytes(answer(request.get())));
        out.flush();
        request = HttpRequest.read(in);
      }
    } catch (SocketTimeoutException | SocketException e) {
      LOG.debug("event=sim_http_connection_ended", e);
    } catch (IOException e) {
      LOG.warn("event=sim_http_connection_failed", e);
    } finally {
      open.remove(socket);
    }
  }

  private SimResponse answer(HttpRequest request) {
    long now = System.currentTimeMillis();
    boolean known = request.method().equals("GET") || (forms && request.method().equals("POST"));
    if (!known || !request.target().startsWith("/")) {
      return SimResponse.json(405, "{\"error\":\"GET only\"}", now);
    }
    try {
      return handler.apply(request.question());
    } catch (IllegalArgumentException e) {
      String text = String.valueOf(e.getMessage()).replace('"', '\'').replace('\\', '/');
      return SimResponse.json(400, "{\"error\":\"" + text + "\"}", now);
    }
  }

  private static byte[] bytes(SimResponse answer) {
    byte[] body = answer.bytes();
    String top =
        String.format(
            Locale.ROOT,
            "HTTP/1.1 %d %s\r\nDate: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n",
            answer.status(),
            answer.status() == 200 ? "OK" : "Answer",
            DATE.format(Instant.ofEpochMilli(answer.dateMs())),
            answer.contentType(),
            body.length,
            own(answer.headers()));
    byte[] start = top.getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  private static String own(Map<String, String> headers) {
    StringBuilder lines = new StringBuilder();
    headers.forEach((name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
    return lines.toString();
  }

  private static void daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      LOG.warn("event=sim_http_close_failed", e);
    }
  }
}
