package dev.candles.cli.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.embedded.UiPort;
import dev.candles.text.FailureText;
import dev.candles.text.LogValue;
import dev.candles.text.OneLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on 127.0.0.1, within bounds. Changes nothing, and answers only what calls it by its own
 * name: a page from elsewhere, to which a browser gave another name for this address, gets nothing.
 */
final class LoopbackServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final int THREADS = 4;
  private static final int BACKLOG = 16;
  private static final int LEAST_PACKED = 2_000;

  static { // of the JDK's server, which reads them when it is first used
    bound("jdk.httpserver.maxConnections", 32);
    bound("sun.net.httpserver.maxIdleConnections", 16);
    bound("sun.net.httpserver.maxReqHeaders", 64);
    bound("sun.net.httpserver.maxReqHeaderSize", 16_384);
    bound("sun.net.httpserver.maxReqTime", 10);
    bound("sun.net.httpserver.maxRspTime", 60);
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Set<String> names;

  /** What is answered. */
  @FunctionalInterface
  interface Answers {
    Answer to(URI asked) throws IOException;
  }

  private static void bound(String property, int most) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, String.valueOf(most));
    }
  }

  private LoopbackServer(int port, String what) throws IOException {
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    int own = server.getAddress().getPort();
    this.names = Set.of(LOOPBACK + ":" + own, "localhost:" + own);
    this.threads = Executors.newFixedThreadPool(THREADS, task -> daemon(task, what));
    server.setExecutor(threads);
  }

  private static Thread daemon(Runnable task, String what) {
    Thread thread = new Thread(task, what);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Takes the port.
   *
   * @param port 0 for any
   * @param what it serves, for people
   * @throws RefusedException if the port cannot be had
   */
  static LoopbackServer bind(int port, String what) throws IOException, RefusedException {
    try {
      return new LoopbackServer(port, what);
    } catch (BindException e) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "port %d of the %s %s; name another, or 0 for any",
              port,
              what,
              UiPort.why(e)),
          e);
    }
  }

  /** Answers until it is closed. */
  void serve(Answers answers) {
    server.createContext("/", exchange -> handle(exchange, answers));
    server.start();
  }

  /** Where it is. */
  URI address() {
    return URI.create("http://" + LOOPBACK + ":" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange, Answers answers) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange, answers));
    }
  }

  private Answer answer(HttpExchange exchange, Answers answers) {
    String method = exchange.getRequestMethod();
    if (!names.contains(String.valueOf(exchange.getRequestHeaders().getFirst("Host")))) {
      return Answer.refused(403, "this is " + address() + " and has no other name");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return Answer.refused(405, "this page is read only");
    }
    try {
      return answers.to(exchange.getRequestURI());
    } catch (IOException | RuntimeException e) {
      String why = OneLine.of(FailureText.of(e));
      LOG.warn(
          "event=page_failed path={} error={}",
          LogValue.of(OneLine.of(exchange.getRequestURI().getPath())),
          LogValue.of(why));
      return Answer.refused(500, why);
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("Content-Security-Policy", answer.policy());
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    Path file = answer.file();
    byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
    if (file == null && body.length > LEAST_PACKED && takesGzip(exchange)) {
      headers.set("Content-Encoding", "gzip");
      body = packed(body);
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(answer.code(), -1);
    } else if (file != null) {
      try (InputStream in = Files.newInputStream(file)) {
        exchange.sendResponseHeaders(answer.code(), 0);
        in.transferTo(exchange.getResponseBody());
      }
    } else {
      exchange.sendResponseHeaders(answer.code(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static boolean takesGzip(HttpExchange exchange) {
    String taken = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    return taken != null && taken.contains("gzip");
  }

  private static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    }
    return packed.toByteArray();
  }

  @Override
  public void close() throws InterruptedException {
    server.stop(0);
    threads.shutdownNow();
    threads.awaitTermination(1, TimeUnit.SECONDS);
  }
}
