package dev.candles.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.truth.TrueCandle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All venues at once, over real sockets. */
@Timeout(600)
class VenuesTest {
  private static final long START = 1_767_225_600_000L; // 2026-01-01T00:00Z
  private static final long MARCH = 1_677_628_800_000L; // 2023-03-01T00:00Z
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void allThreeServeTheirUsualFiveAtOnce() throws Exception {
    try (Simulator simulator = Simulator.start(all())) {
      assertThat(simulator.truth().markets()).hasSize(15);
      assertThat(JSON.readTree(simulator.toJson()).path("venues").size()).isEqualTo(3);
      assertThat(get(simulator, "coinbase", "/products").size()).isEqualTo(5);
      assertThat(get(simulator, "kraken", "/0/public/AssetPairs").at("/result").size())
          .isEqualTo(6); // and a dark pool
    }
  }

  @Test
  void coinbaseSendsMatchesAndHeartbeatsOverASocket() throws Exception {
    try (Simulator simulator = Simulator.start(all());
        Listener listener = Listener.connect(simulator, "coinbase", "/")) {
      listener.send(
          "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"matches\","
              + "\"heartbeat\"]}");
      listener.await(frames -> count(frames, "\"match\"") > 5 && count(frames, "heartbeat\"") > 5);
    }
  }

  @Test
  void krakenSendsTradesOverASocket() throws Exception {
    try (Simulator simulator = Simulator.start(all());
        Listener listener = Listener.connect(simulator, "kraken", "/v2")) {
      listener.send(
          "{\"method\":\"subscribe\",\"params\":{\"channel\":\"trade\",\"symbol\":[\"BTC/USD\"]}}");
      listener.await(frames -> count(frames, "\"trade_id\"") > 5);
      assertThat(listener.frames().get(0)).contains("\"channel\":\"status\"");
    }
  }

  @ParameterizedTest
  @CsvSource({"coinbase, BTC-USD", "kraken, BTC-USD", "okx, BTC-USDT"})
  void silentIntervalsAreEmptyInTheTruthWhateverRestShows(String venue, String symbol)
      throws Exception {
    SimulatorConfig config = all().withSilence(0.3).startingAt(START + 7_200_000, 1);
    try (Simulator simulator = Simulator.start(config)) {
      StreamKey stream = new StreamKey(venue, symbol, Timeframe.M1);
      List<TrueCandle> candles = simulator.truth().candles(stream, START, START + 3_600_000);
      List<Long> empties = simulator.truth().empties(stream, START, START + 3_600_000);
      assertThat(empties).isNotEmpty();
      assertThat(candles.size() + empties.size()).isEqualTo(60);
      assertThat(candles).allMatch(c -> c.tradeCount() > 0);
      long before = -1;
      for (TrueCandle candle : candles) {
        long first = candle.firstTradeId();
        assertThat(before < 0 ? first : before + 1).isEqualTo(first);
        before = candle.lastTradeId();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "coinbase, history/coinbase/BTC-USDT_1m_2023-03-01_21.csv.gz",
    "kraken, history/kraken/BTC-USDT_1m_2023-03-01_21.csv.gz"
  })
  void aRecordedSeriesIsPlayedAndItsAbsentMinutesAreSilent(String venue, String file)
      throws Exception {
    Path tape = Recordings.find(file);
    SimulatorConfig config =
        all().withTape(venue, "BTC-USDT", tape).startingAt(MARCH + 3 * 86_400_000L, 60);
    try (Simulator simulator = Simulator.start(config)) {
      StreamKey stream = new StreamKey(venue, "BTC-USDT", Timeframe.M1);
      long from = MARCH + 3_600_000;
      long end = from + 2 * 86_400_000L;
      int candles = simulator.truth().candles(stream, from, end).size();
      int empties = simulator.truth().empties(stream, from, end).size();
      assertThat(candles).isPositive();
      assertThat(empties).isPositive();
      assertThat(candles + empties).isEqualTo(2 * 1_440);
    }
  }

  /** As no venue reads them, though Java does: those of an Arabic machine. */
  @ParameterizedTest
  @CsvSource({
    "coinbase, /products/BTC-USD/trades?limit=%D9%A1%D9%A0, limit must be a positive integer",
    "kraken, /0/public/Trades?pair=XBTUSD&since=%D9%A1, EGeneral:Invalid arguments",
    "okx, /api/v5/market/history-candles?instId=BTC-USDT&after=%D9%A1, after",
    "okx, /api/v5/market/history-candles?instId=BTC-USDT&limit=%EF%BC%95, limit"
  })
  void digitsOfOtherScriptsAreRefused(String venue, String path, String words) throws Exception {
    try (Simulator simulator = Simulator.start(all())) {
      assertThat(get(simulator, venue, path).toString()).contains(words);
      String plain = path.replace("%D9%A1%D9%A0", "10").replaceAll("%D9%A1|%EF%BC%95", "1");
      assertThat(get(simulator, venue, plain).toString()).doesNotContain(words);
    }
  }

  private static SimulatorConfig all() {
    return SimulatorConfig.defaults()
        .withVenues(List.of("coinbase", "kraken", "okx"))
        .startingAt(START, 60);
  }

  private static long count(List<String> frames, String text) {
    return frames.stream().filter(frame -> frame.contains(text)).count();
  }

  private JsonNode get(Simulator simulator, String venue, String path)
      throws IOException, InterruptedException {
    URI uri = simulator.rest(venue).resolve(path);
    HttpRequest request = HttpRequest.newBuilder(uri).header("User-Agent", "test").build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
