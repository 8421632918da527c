package dev.candles.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.truth.TrueCandle;
import dev.candles.sim.venue.okx.OkxDelays;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each setting changes what its venue answers, and nothing else's answers. */
@Timeout(600)
class QuirksTest {
  private static final long NOW = 1_767_225_600_000L + 3 * 86_400_000L + 30_000;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long OPENING = NOW / MINUTE * MINUTE + HOUR;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void okxHasShorterPagesAndALaterHistory() throws Exception {
    SimulatorConfig okx = venue("okx").withPageRows(7).withHistoryLag(Duration.ofHours(36));
    try (Simulator simulator = Simulator.start(okx)) {
      JsonNode recent = get(simulator, "okx", candles("candles", 300)).path("data");
      JsonNode history = get(simulator, "okx", candles("history-candles", 300)).path("data");
      assertThat(recent.size()).isEqualTo(7);
      assertThat(recent.get(0).get(0).asLong()).isBetween(NOW - MINUTE, NOW + HOUR);
      assertThat(history.size()).isEqualTo(7);
      assertThat(history.get(0).get(0).asLong())
          .isBetween(NOW - 36 * HOUR - 2 * MINUTE, NOW - 35 * HOUR);
    }
  }

  @Test
  void okxConfirmsLater() throws Exception {
    Duration late = Duration.ofMinutes(10);
    OkxDelays delays = new OkxDelays(late, Duration.ZERO, Duration.ofHours(1));
    try (Simulator simulator = Simulator.start(venue("okx").withDelays(delays))) {
      JsonNode rows = get(simulator, "okx", candles("candles", 100)).path("data");
      assertThat(rows)
          .filteredOn(row -> row.get(8).asText().equals("0"))
          .hasSizeBetween(70, 72); // seventy minutes, and the one in progress
    }
  }

  @Test
  void krakenLeavesOutTheTradeAtTheBorder() throws Exception {
    String trades = "/0/public/Trades?pair=XBTUSD&count=5&since=";
    try (Simulator usual = Simulator.start(venue("kraken"));
        Simulator exclusive = Simulator.start(venue("kraken").withExclusiveSince())) {
      JsonNode page = get(usual, "kraken", trades + (NOW - HOUR) + "000000").path("result");
      long last = page.path("XXBTZUSD").get(4).get(6).asLong();
      String border = trades + page.path("last").asText();
      assertThat(get(usual, "kraken", border).at("/result/XXBTZUSD/0/6").asLong()).isEqualTo(last);
      assertThat(get(exclusive, "kraken", border).at("/result/XXBTZUSD/0/6").asLong())
          .isEqualTo(last + 1);
    }
  }

  @Test
  void krakenAllowsACallMoreOrLessOften() throws Exception {
    SimulatorConfig generous = venue("kraken").withCallEvery(Duration.ofMillis(1));
    SimulatorConfig mean = venue("kraken").withCallEvery(Duration.ofHours(5));
    for (SimulatorConfig one : List.of(generous.startingAt(NOW, 60), mean)) {
      try (Simulator simulator = Simulator.start(one)) {
        for (int i = 0; i < 60; i++) {
          get(simulator, "kraken", "/0/public/Time");
        }
        assertThat(simulator.venue("kraken").restCounts().refused())
            .isEqualTo(one == mean ? 30 : 0);
      }
    }
  }

  @Test
  void coinbasesRowsAreIncompleteForLonger() throws Exception {
    SimulatorConfig slow = venue("coinbase").withSlowRows(Duration.ofDays(2));
    try (Simulator usual = Simulator.start(venue("coinbase"));
        Simulator slower = Simulator.start(slow)) {
      assertThat(incomplete(usual)).isZero();
      assertThat(incomplete(slower)).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "okx, ETH-USDT, /api/v5/public/instruments?instType=SPOT&instId=ETH-USDT, preopen, live",
    "coinbase, ETH-USD, /products/ETH-USD, offline, online",
    "kraken, ETH-USD, /0/public/AssetPairs?pair=ETHUSD, work_in_progress, online"
  })
  void aMarketIsClosedInTheCatalogueUntilItOpens(
      String venue, String symbol, String path, String closed, String open) throws Exception {
    SimulatorConfig config = venue(venue).withOpening(venue, symbol, OPENING);
    try (Simulator simulator = Simulator.start(config)) {
      assertThat(get(simulator, venue, path).toString()).contains("\"" + closed + "\"");
    }
    try (Simulator simulator = Simulator.start(config.startingAt(OPENING, 1))) {
      assertThat(get(simulator, venue, path).toString()).contains("\"" + open + "\"");
    }
    StreamKey stream = new StreamKey(venue, symbol, Timeframe.M1);
    try (Simulator simulator = Simulator.start(config.startingAt(NOW + 2 * HOUR, 1))) {
      assertThat(simulator.truth().candles(stream, NOW - HOUR, OPENING)).isEmpty();
      assertThat(simulator.truth().candles(stream, OPENING, NOW + 2 * HOUR)).isNotEmpty();
    }
  }

  @Test
  void anOpeningIsOfARandomMarketOfASimulatedVenue() {
    assertThatThrownBy(() -> venue("okx").withOpening("kraken", "ETH-USD", NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kraken/ETH-USD");
  }

  /** Of the rows of an hour that ended an hour ago. */
  private long incomplete(Simulator simulator) throws Exception {
    long from = NOW / MINUTE * MINUTE - 2 * HOUR;
    List<TrueCandle> truth =
        simulator
            .truth()
            .candles(new StreamKey("coinbase", "BTC-USD", Timeframe.M1), from, from + HOUR);
    String path =
        "/products/BTC-USD/candles?granularity=60&start=%d&end=%d"
            .formatted(from / 1_000, (from + HOUR) / 1_000 - 60);
    JsonNode rows = get(simulator, "coinbase", path);
    assertThat(rows.size()).isEqualTo(truth.size());
    long incomplete = 0;
    for (int i = 0; i < truth.size(); i++) {
      double volume = rows.get(rows.size() - 1 - i).get(5).asDouble();
      incomplete += volume < truth.get(i).volume() - 1e-9 ? 1 : 0;
    }
    return incomplete;
  }

  private static SimulatorConfig venue(String name) {
    return SimulatorConfig.defaults().withVenues(List.of(name)).withSilence(0).startingAt(NOW, 1);
  }

  private static String candles(String call, int limit) {
    return "/api/v5/market/" + call + "?instId=BTC-USDT&limit=" + limit;
  }

  private JsonNode get(Simulator simulator, String venue, String path) throws Exception {
    URI uri = URI.create(simulator.rest(venue) + path);
    HttpRequest request = HttpRequest.newBuilder(uri).header("User-Agent", "test").build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
