package dev.candles.sources.venue.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.proof.TradeEvidence;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradeFetch;
import dev.candles.core.repair.TradeWalk;
import dev.candles.core.rollup.Rollup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One hour of trades as somebody once paged it, with the border trade of its first page doubled,
 * against the venue's own candle of that hour. The recording is not part of the repository; it has
 * no ids, so they are counted here, the doubled trade's once.
 */
class KrakenGoldenHourTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("repository.root", ".."), "..", "shared", "history", "kraken");

  private static final long HOUR_MS = 1_561_939_200_000L;
  private static final long FIRST_ID = 7_000_001;
  private static final int PAGE_ROWS = 1_000;
  private static final Market MARKET = new Market("BTC-USD", "BTC/USD", 0);

  private final Kraken kraken = new Kraken();

  @BeforeEach
  void needsTheRecording() {
    assumeThat(FOLDER).as("recordings are not here").isDirectory();
  }

  @Test
  void theHourWithADoubledBorderTradeIsTheVenuesOwn() throws IOException {
    TradeFetch.Reading hour = read(Timeframe.H1);

    assertThat(hour.whole()).isTrue();
    assertOfficial(hour.proven().candles().get(0));
  }

  @Test
  void itsMinutesRolledUpAreTheVenuesOwnToo() throws IOException {
    TradeFetch.Reading minutes = read(Timeframe.M1);
    StreamKey hour = new StreamKey("kraken", "BTC-USD", Timeframe.H1);

    assertOfficial(Rollup.fold(hour, HOUR_MS, minutes.proven().candles()).orElseThrow());
  }

  private TradeFetch.Reading read(Timeframe timeframe) throws IOException {
    List<String> rows = rows();
    long beforeId = FIRST_ID + rows.size() - 1;
    StreamKey stream = new StreamKey("kraken", "BTC-USD", timeframe);
    TradeFetch span =
        TradeFetch.fresh(
            stream, new MissingTrades(HOUR_MS, HOUR_MS + 3_600_000, FIRST_ID - 1, beforeId));
    TreeMap<Long, Long> lastIdAt = new TreeMap<>(Map.of(HOUR_MS + 3_600_000, beforeId - 1));
    TradeEvidence.Ends ends = new TradeEvidence.Ends(FIRST_ID, lastIdAt, 2_000);
    TradeWalk pages = new TradeWalk(span, ends);
    for (int from = 0; from < rows.size(); from += PAGE_ROWS) {
      RestQuery query = kraken.trades(MARKET, span, pages).orElseThrow();
      String page = String.join(",", rows.subList(from, Math.min(from + PAGE_ROWS, rows.size())));
      String body = "{\"error\":[],\"result\":{\"XXBTZUSD\":[" + page + "],\"last\":\"1\"}}";
      pages.take(kraken.decodeTrades(query, 200, body, HOUR_MS * 2).trades());
    }
    return span.read(pages, HOUR_MS * 2);
  }

  private static void assertOfficial(Candle candle) throws IOException {
    try (BufferedReader csv = csv("XBTUSD_60_2013-10_2023-01.csv.gz")) {
      String[] row =
          csv.lines()
              .filter(line -> line.startsWith(HOUR_MS / 1_000 + ","))
              .findFirst()
              .orElseThrow()
              .split(",");
      assertThat(candle.open()).isEqualTo(Double.parseDouble(row[1]));
      assertThat(candle.high()).isEqualTo(Double.parseDouble(row[2]));
      assertThat(candle.low()).isEqualTo(Double.parseDouble(row[3]));
      assertThat(candle.close()).isEqualTo(Double.parseDouble(row[4]));
      assertThat(candle.volume()).isEqualTo(Double.parseDouble(row[5]));
      assertThat(candle.tradeCount()).isEqualTo(Long.parseLong(row[6]));
    }
  }

  /** Rows as the venue's REST prints them. */
  private static List<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    TreeMap<String, Long> doubled = new TreeMap<>();
    try (BufferedReader csv = csv("XBTUSD_trades_2019-07-01T00.csv.gz")) {
      String before = "";
      long id = FIRST_ID - 1;
      for (String line : csv.lines().skip(1).toList()) {
        boolean again = line.equals(before) && rows.size() % PAGE_ROWS == 0;
        id = again ? id : id + 1;
        doubled.merge(line, 1L, Long::sum);
        String[] cells = line.split(",");
        String seconds = BigDecimal.valueOf(Long.parseLong(cells[0]), 3).toPlainString();
        rows.add(
            "[\"%s\",\"%s\",%s,\"%s\",\"m\",\"\",%d]"
                .formatted(cells[2], cells[3], seconds, cells[1].charAt(0), id));
        before = line;
      }
    }
    assertThat(doubled.values()).as("the doubled trade is in the recording").contains(2L);
    return rows;
  }

  private static BufferedReader csv(String file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file))),
            StandardCharsets.UTF_8));
  }
}
