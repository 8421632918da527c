package dev.candles.sources.venue.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.sources.venue.Decoded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was really recorded. The recordings are not part of the repository. */
class KrakenRecordingsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("repository.root", ".."), "..", "shared", "captures", "kraken");

  private static final StreamKey STREAM = new StreamKey("kraken", "BTC-USDT", Timeframe.M1);
  private static final Market MARKET = new Market("BTC-USDT", "BTC/USDT", 0);

  private final Kraken kraken = new Kraken();

  @BeforeEach
  void needsTheRecordings() {
    assumeThat(FOLDER).as("recordings are not here").isDirectory();
  }

  private static long at(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  private List<Decoded> decodeAll(String file, long atMs) throws IOException {
    byte[] bytes = Files.readAllBytes(FOLDER.resolve(file));
    if (file.endsWith(".gz")) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file)))) {
        bytes = in.readAllBytes();
      }
    }
    List<Decoded> out = new ArrayList<>();
    new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> kraken.decode(line, atMs, out::add));
    Map<String, Long> kinds =
        out.stream()
            .collect(
                Collectors.groupingBy(
                    decoded -> decoded.getClass().getSimpleName(),
                    TreeMap::new,
                    Collectors.counting()));
    System.out.println(file + ": " + kinds);
    assertThat(kinds).doesNotContainKey("Rejected");
    return out;
  }

  @Test
  void everyRecordedFrameSaysSomethingAndIdsAreContiguous() throws IOException {
    Map<String, Long> last = new HashMap<>();
    int trades = 0;
    int others = 0;
    int subscribed = 0;
    for (Decoded decoded :
        decodeAll("ws_v2_book_trade_2026-07-07_part1.ndjson.gz", at("2026-07-07T23:01:00Z"))) {
      if (decoded instanceof Decoded.Traded traded) {
        for (Trade trade : traded.trades()) {
          Long before = last.put(traded.symbol(), trade.id());
          assertThat(before == null || trade.id() == before + 1).as("%s", trade).isTrue();
          trades++;
        }
      } else if (decoded instanceof Decoded.Other) {
        others++;
      } else if (decoded instanceof Decoded.Subscribed) {
        subscribed++;
      }
    }
    assertThat(trades).isEqualTo(13);
    assertThat(subscribed).isEqualTo(2);
    assertThat(others).isEqualTo(1_673 + 2 + 2);
  }

  @Test
  void theRecordedRefusalNamesItsSymbol() throws IOException {
    assertThat(
            decodeAll("ws_v2_ohlc_BTC-USDT_2026-09-10_frames.ndjson", at("2026-09-10T17:45:00Z")))
        .filteredOn(Decoded.Refused.class::isInstance)
        .containsExactly(new Decoded.Refused("XBT-USDT", "Currency pair not supported XBT/USDT"));
  }

  @Test
  void candlesOfRecordedTradesAreTheVenuesOwn() throws IOException {
    long from = at("2025-11-10T17:23:00Z");
    long to = at("2025-11-10T21:00:00Z");
    RestAnswer folded = answer("rest_trades_XBTUSDT_2025-11-10_slice.json", from, to, to * 2);
    RestAnswer own = answer("rest_ohlc_1m_XBTUSDT_2025-11-10_slice.json", from, to, to);
    long first = from + 60_000;
    long last = to - 120_000;
    Map<Long, Candle> owned =
        own.candles().stream().collect(Collectors.toMap(Candle::openTimeMs, Function.identity()));

    int equal = 0;
    for (Candle candle : folded.candles()) {
      Candle other = owned.get(candle.openTimeMs());
      assertThat(other).as("minute %s", candle.openTimeMs()).isNotNull();
      assertThat(List.of(candle.open(), candle.high(), candle.low(), candle.close(), count(candle)))
          .isEqualTo(List.of(other.open(), other.high(), other.low(), other.close(), count(other)));
      assertThat(Math.abs(candle.volume() - other.volume())).isLessThanOrEqualTo(1e-8);
      equal++;
    }
    List<Long> undecided = folded.forming();
    long decided = equal + folded.silent().size();
    System.out.println("equal minutes: " + equal + ", silent in both: " + folded.silent().size());

    assertThat(folded.rejects()).isEmpty();
    assertThat(own.rejects()).isEmpty();
    assertThat(own.candles())
        .filteredOn(FlatRow::matches)
        .extracting(Candle::openTimeMs)
        .containsAll(folded.silent());
    assertThat(undecided)
        .as("only at the ends of the page, where earlier or later trades may be missing")
        .allMatch(open -> open <= first + 4 * 60_000 || open >= last - 4 * 60_000);
    assertThat(decided).isGreaterThan((last - first) / 60_000 - 8);
  }

  private static Object count(Candle candle) {
    Long count = candle.tradeCount();
    assertThat(count).isNotNull();
    return count;
  }

  private RestAnswer answer(String file, long from, long to, long nowMs) throws IOException {
    RestQuery query = kraken.candles(STREAM, MARKET, GapState.Page.of(from, to), nowMs);
    return kraken.decodeCandles(
        query, kraken.profile(), 200, Files.readString(FOLDER.resolve(file)), nowMs);
  }

  @Test
  void theRecordedCatalogueIsACatalogue() throws IOException {
    String body = Files.readString(FOLDER.resolve("rest_assetpairs_2026-07.json"));

    assertThat(kraken.decodeCatalogue(200, body))
        .extracting(Market::symbol)
        .containsExactlyInAnyOrder("SOL-USD", "DOGE-USD", "ETH-USD", "BTC-USD", "XRP-USD");
  }
}
