package dev.candles.job;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before coinbase's REST and passes everything on, but for one minute's candle: whoever asks
 * for it is given a volume below zero. Larger candles are whole.
 */
final class SpoiltRest implements AutoCloseable {
  /** Answers in which the row was spoilt. */
  final AtomicInteger spoilt = new AtomicInteger();

  private final URI venue;
  private final Pattern row;
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  /**
   * @param minuteMs open time of the minute, epoch ms
   */
  SpoiltRest(URI venue, long minuteMs) throws IOException {
    this.venue = venue;
    row = Pattern.compile("(\\[" + minuteMs / 1_000 + ",[^\\]]*,)[^,\\]]*\\]");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI rest() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    HttpResponse<String> answer;
    try {
      answer =
          client.send(
              HttpRequest.newBuilder(URI.create(venue + target)).build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while asking for " + target, e);
    }
    byte[] body =
        (target.contains("granularity=60&") ? spoil(answer.body()) : answer.body())
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.statusCode(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String spoil(String rows) {
    Matcher found = row.matcher(rows);
    if (!found.find()) {
      return rows;
    }
    spoilt.incrementAndGet();
    return found.replaceFirst("$1-1]");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
