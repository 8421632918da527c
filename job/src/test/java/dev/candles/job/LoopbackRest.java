package dev.candles.job;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A venue's REST on a free port of loopback: one answer for each path and query. */
public final class LoopbackRest implements AutoCloseable {
  private final HttpServer server;
  private final Venue venue;

  /** What is answered. */
  public record Answer(int status, String body) {}

  /** Who answers; called by one thread. */
  public interface Venue {
    /** The answer to a path with its query. */
    Answer answer(URI asked) throws IOException;
  }

  /** Starts it. */
  public LoopbackRest(Venue venue) throws IOException {
    this.venue = venue;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Its base address. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    Answer answer = venue.answer(exchange.getRequestURI());
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
