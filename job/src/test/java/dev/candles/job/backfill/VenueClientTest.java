package dev.candles.job.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RepairAnswer;
import dev.candles.core.repair.RepairRequest;
import dev.candles.core.repair.RepairWork;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.time.MarketClock;
import dev.candles.job.alert.WebhookReceiver;
import dev.candles.job.config.ConfigException;
import dev.candles.job.config.ConfigParser;
import dev.candles.sim.venue.HttpServer;
import dev.candles.sim.venue.SimResponse;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

/** What is configured of a venue reaches whoever judges its answers. */
class VenueClientTest {
  private static final long OPEN_MS = 1_767_225_600_000L;
  private static final long DAY_MS = 86_400_000;
  private static final StreamKey BTC = new StreamKey("kraken", "BTC-USD", Timeframe.M1);

  /** Ten seconds before a minute, in it and six seconds behind it, three each. */
  private static final long[] SECONDS = {-10, -10, -10, 5, 6, 7, 66, 66, 66};

  @Test
  void theGraceOfTradesHoldsForRepairAndForPagesThatAreFolded() throws Exception {
    assertThat(whole("{}", 2_000)).containsExactly(OPEN_MS);
    assertThat(whole("{trade_grace: 6s}", 6_000)).containsExactly(OPEN_MS);
    assertThat(whole("{trade_grace: 7s}", 7_000)).isEmpty();
  }

  /** The header is real time, whoever plans repairs knows market time only. */
  @Test
  void howLongAServerAsksToWaitIsToldInMarketTime() throws Exception {
    SimResponse busy = SimResponse.json(503, "", OPEN_MS);
    assertThat(retryAfterMs(busy.with(Map.of("Retry-After", "2")))).isEqualTo(120_000);
    assertThat(retryAfterMs(busy)).isNegative();
  }

  private static long retryAfterMs(SimResponse response) throws Exception {
    try (HttpServer server = HttpServer.start("fake-kraken", 0, question -> response);
        VenueClient client = client("{}", server)) {
      return ask(client).retryAfterMs();
    }
  }

  private static List<Long> whole(String limits, long graceMs) throws Exception {
    try (HttpServer server =
            HttpServer.start("fake-kraken", 0, question -> SimResponse.json(200, page(), OPEN_MS));
        VenueClient client = client(limits, server)) {
      assertThat(client.profile().graceMs()).isEqualTo(graceMs);
      RepairAnswer answer = ask(client);
      RestAnswer said =
          Objects.requireNonNull(answer.body(), answer.error()).decode(OPEN_MS + DAY_MS);
      return said.candles().stream().map(Candle::openTimeMs).toList();
    }
  }

  private static RepairAnswer ask(VenueClient client) throws Exception {
    Market market = new Market("BTC-USD", "BTC/USD", 0);
    RestQuery query =
        client.candles(BTC, market, GapState.Page.of(OPEN_MS, OPEN_MS + 60_000), OPEN_MS + DAY_MS);
    RepairWork work = new RepairWork("a", RepairWork.Lane.GAP, OPEN_MS, 0, "a");
    client.send(new RepairRequest(work, RepairRequest.Rows.CANDLES, query, null));
    List<RepairAnswer> answers = new ArrayList<>();
    WebhookReceiver.await(
        "an answer",
        () -> {
          RepairAnswer answer = client.poll();
          return answer != null && answers.add(answer);
        });
    return answers.get(0);
  }

  private static VenueClient client(String limits, HttpServer server) throws ConfigException {
    String text =
        "data_dir: /lake\nvenues: [{name: kraken, symbols: [BTC-USD], rest_url: '"
            + server.address()
            + "', limits: "
            + limits
            + "}]\n";
    VenueSettings settings =
        new ConfigParser(Venues.profiles(), () -> OPEN_MS)
            .parse("test", text, Path.of("/"))
            .markets()
            .venues()
            .get(0);
    Venue venue = Venues.byName("kraken").orElseThrow();
    var metrics = new BackfillMetrics(new UnregisteredMetricsGroup(), venue.profile().name());
    MarketClock clock = new MarketClock(OPEN_MS, OPEN_MS, 60);
    return new VenueClient(venue, settings, List.of(Timeframe.M1), clock, metrics);
  }

  private static String page() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < SECONDS.length; i++) {
      rows.append(i == 0 ? "" : ",")
          .append("[\"7\",\"1\",")
          .append(OPEN_MS / 1_000 + SECONDS[i])
          .append(",\"b\",\"l\",\"\",")
          .append(100 + i)
          .append(']');
    }
    return "{\"error\":[],\"result\":{\"XXBTZUSD\":[" + rows + "],\"last\":\"0\"}}";
  }
}
