package dev.candles.job.backfill;

import dev.candles.sim.venue.HttpServer;
import dev.candles.sim.venue.SimRequest;
import dev.candles.sim.venue.SimResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** REST of a venue as far as a backfill asks it: flat candles, but for what a test says. */
final class FakeCoinbase implements AutoCloseable {
  /** Open times (epoch ms) of minutes whose rows are impossible for ever. */
  final Set<Long> broken = ConcurrentHashMap.newKeySet();

  /** Open times (epoch ms) of minutes whose rows do not even say their time. */
  final Set<Long> timeless = ConcurrentHashMap.newKeySet();

  /** Volumes of minutes (by open time, epoch ms) that are not 1. */
  final Map<Long, Integer> volumes = new ConcurrentHashMap<>();

  /** The body of every page of trades. */
  volatile String trades = "[]";

  /** Whether every question is answered with an error of the server. */
  volatile boolean down;

  /** Paths and queries, in the order asked. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** How many questions about minutes were answered, with no error. */
  final AtomicLong minutesAnswered = new AtomicLong();

  private final HttpServer server;

  FakeCoinbase() throws IOException {
    server = HttpServer.start("fake-coinbase", 0, this::answer);
  }

  URI rest() {
    return server.address();
  }

  private SimResponse answer(SimRequest question) {
    asked.add(
        question.query().entrySet().stream()
            .map(Object::toString)
            .collect(Collectors.joining("&", question.path() + "?", "")));
    if (down) {
      return SimResponse.json(503, "{}", System.currentTimeMillis());
    }
    boolean ofTrades = question.path().endsWith("/trades");
    if ("60".equals(question.query().get("granularity"))) {
      minutesAnswered.incrementAndGet();
    }
    String body = ofTrades ? trades : candles(question.query());
    return SimResponse.json(200, body, System.currentTimeMillis());
  }

  private String candles(Map<String, String> question) {
    long step = Long.parseLong(question.get("granularity")) * 1_000;
    long from = Instant.parse(question.get("start")).toEpochMilli();
    StringBuilder rows = new StringBuilder();
    for (long open = Instant.parse(question.get("end")).toEpochMilli();
        open >= from;
        open -= step) {
      boolean bad = step == 60_000 && broken.contains(open);
      rows.append(rows.isEmpty() ? "" : ",")
          .append('[')
          .append(step == 60_000 && timeless.contains(open) ? "null" : open / 1_000)
          .append(bad ? ",12,9,10,11," : ",9,12,10,11,")
          .append(volumes.getOrDefault(open, 1))
          .append(']');
    }
    return "[" + rows + "]";
  }

  @Override
  public void close() {
    server.close();
  }
}
