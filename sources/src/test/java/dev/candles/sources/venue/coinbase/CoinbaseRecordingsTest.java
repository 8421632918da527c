package dev.candles.sources.venue.coinbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.candles.core.candle.Trade;
import dev.candles.sources.venue.Decoded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was really recorded. The recordings are not part of the repository. */
class CoinbaseRecordingsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("repository.root", ".."), "..", "shared", "captures", "coinbase");

  private static final String FEED = "ws_exchange_matches_heartbeat_l2_2026-07-07_part1.ndjson.gz";
  private static final long AT_MS = Instant.parse("2026-07-07T23:00:00Z").toEpochMilli();

  private final Coinbase coinbase = new Coinbase();

  @BeforeEach
  void needsTheRecordings() {
    assumeThat(FOLDER).as("recordings are not here").isDirectory();
  }

  private List<Decoded> decodeAll() throws IOException {
    List<Decoded> out = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve(FEED))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        coinbase.decode(line, AT_MS, out::add);
      }
    }
    return out;
  }

  @Test
  void everyRecordedFrameSaysSomethingAndNoneIsRejected() throws IOException {
    Map<String, Integer> kinds = new TreeMap<>();
    for (Decoded decoded : decodeAll()) {
      boolean snapshot = decoded instanceof Decoded.Traded traded && traded.snapshot();
      String kind = decoded.getClass().getSimpleName() + (snapshot ? "(snapshot)" : "");
      kinds.merge(kind, 1, Integer::sum);
    }
    System.out.println(FEED + ": " + kinds);

    assertThat(kinds)
        .isEqualTo(
            Map.of(
                "Traded",
                270,
                "Traded(snapshot)",
                2,
                "LastTrade",
                64,
                "Subscribed",
                2,
                "Other",
                1_063));
  }

  @Test
  void recordedIdsAreContiguousAndEveryHeartbeatNamesTheLastOfThem() throws IOException {
    Map<String, Long> last = new HashMap<>();
    int heartbeats = 0;
    for (Decoded decoded : decodeAll()) {
      if (decoded instanceof Decoded.Traded traded) {
        Trade trade = traded.trades().get(0);
        Long before = last.put(traded.symbol(), trade.id());
        assertThat(before == null || trade.id() == before + 1).as("%s", trade).isTrue();
      } else if (decoded instanceof Decoded.LastTrade said) {
        assertThat(last).containsEntry(said.symbol(), said.lastTradeId());
        heartbeats++;
      }
    }
    assertThat(last).containsOnlyKeys("BTC-USD", "ETH-USD");
    assertThat(heartbeats).isEqualTo(64);
  }

  @Test
  void theRecordedCatalogueIsACatalogue() throws IOException {
    String record = Files.readString(FOLDER.resolve("rest_exchange_products_2021-04-17.json"));
    int at = record.indexOf("\"body\":") + "\"body\":".length();
    String body = record.substring(at, record.lastIndexOf(']') + 1).strip();

    assertThat(coinbase.decodeCatalogue(200, body))
        .hasSizeGreaterThan(100)
        .anyMatch(market -> market.symbol().equals("BTC-USD"));
  }
}
