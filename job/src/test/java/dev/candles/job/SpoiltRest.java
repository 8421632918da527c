package dev.candles.job;

import dev.candles.sim.venue.HttpServer;
import dev.candles.sim.venue.SimRequest;
import dev.candles.sim.venue.SimResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
  private final HttpServer server;

  /**
   * @param minuteMs open time of the minute, epoch ms
   */
  SpoiltRest(URI venue, long minuteMs) throws IOException {
    this.venue = venue;
    minute = Instant.ofEpochMilli(minuteMs).toString().substring(0, 17);
    row = Pattern.compile("(\\[" + minuteMs / 1_000 + ",[^\\]]*,)[^,\\]]*\\]");
    server = HttpServer.start("spoilt", 0, this::answer);
  }

  URI rest() {
    return server.address();
  }

  private SimResponse answer(SimRequest question) {
    HttpResponse<String> answer = venues(question);
    String body = answer.body();
    if (question.get("granularity").equals("60")) {
      body = spoil(body);
    } else if (question.path().endsWith("/trades") && body.contains(minute)) {
      body = body.replace("\"price\"", "\"prize\""); // nor does a page with a trade of it
    }
    return SimResponse.json(answer.statusCode(), body, dateMs(answer));
  }

  private HttpResponse<String> venues(SimRequest question) {
    String query =
        question.query().entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create(venue + question.path() + "?" + query)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while asking for " + question, e);
    }
  }

  /** The venue's own time of the answer, epoch ms. */
  private static long dateMs(HttpResponse<String> answer) {
    String date = answer.headers().firstValue("Date").orElseThrow();
    return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
        .toInstant()
        .toEpochMilli();
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
