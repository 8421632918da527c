package dev.candles.job;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
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
  private final String minute;
  private final HttpClient client = HttpClient.newHttpClient();
  private final LoopbackRest server;

  /**
   * @param minuteMs open time of the minute, epoch ms
   */
  SpoiltRest(URI venue, long minuteMs) throws IOException {
    this.venue = venue;
    minute = Instant.ofEpochMilli(minuteMs).toString().substring(0, 17);
    row = Pattern.compile("(\\[" + minuteMs / 1_000 + ",[^\\]]*,)[^,\\]]*\\]");
    server = new LoopbackRest(this::answer);
  }

  URI rest() {
    return server.address();
  }

  private LoopbackRest.Answer answer(URI asked) throws IOException {
    HttpResponse<String> answer;
    try {
      answer =
          client.send(
              HttpRequest.newBuilder(URI.create(venue.toString() + asked)).build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while asking for " + asked, e);
    }
    String body = answer.body();
    if (asked.toString().contains("granularity=60&")) {
      body = spoil(body);
    } else if (asked.getPath().endsWith("/trades") && body.contains(minute)) {
      body = body.replace("\"price\"", "\"prize\""); // nor does a page with a trade of it
    }
    return new LoopbackRest.Answer(answer.statusCode(), body);
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
    server.close();
  }
}
