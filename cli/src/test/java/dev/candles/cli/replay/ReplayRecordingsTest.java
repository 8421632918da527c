package dev.candles.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.finality.Version;
import dev.candles.sources.venue.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was really recorded. The recordings are not part of the repository. */
class ReplayRecordingsTest {
  private static final Path SHARED =
      Path.of(System.getProperty("repository.root", ".."), "..", "shared");

  private static final int PAGE = 1_000;

  @BeforeEach
  void needsTheRecordings() {
    assumeThat(SHARED.resolve("captures")).as("recordings are not here").isDirectory();
  }

  /** Counts per kind: trade, candle, ack, refused, heartbeat, status, other. */
  @ParameterizedTest
  @CsvSource({
    "coinbase, ws_exchange_matches_heartbeat_l2_2026-07-07_part1.ndjson.gz, 1400,"
        + " '272 2 2 0 64 0 1063'",
    "kraken, ws_v2_book_trade_2026-07-07_part1.ndjson.gz, 1700, '13 2 2 0 14 1 1677'",
    "kraken, ws_v2_ohlc_BTC-USDT_2026-09-10_frames.ndjson, 6, '0 0 0 1 1 1 3'",
    "okx, ws_v5_candle1m_BTC-USDT_2026-09-15_frames.ndjson, 2, '0 1 0 1 0 0 0'",
    "okx, ws_v5_candle1m_okcoin_2023-05-27_USDT-USD_USDC-USDT.txt, 36, '0 4 8 0 0 0 22'",
    "okx, ws_v5_trades_tickers_books_2022-05-13.jsonl.gz, 410, '0 0 0 0 0 0 410'"
  })
  void everyRecordedFrameHasAMeaning(String venue, String file, long frames, String counts) {
    Path path = SHARED.resolve("captures").resolve(venue).resolve(file);
    Replaying replaying = new Replaying(venue, Replayed.WS, null).file(path).end();

    String found =
        List.of("trade", "candle", "ack", "refused", "heartbeat", "status", "other").stream()
            .map(kind -> String.valueOf(replaying.count(kind)))
            .collect(Collectors.joining(" "));
    System.out.println(file + ": frames=" + replaying.count("frames") + " " + found);
    assertThat(replaying.ofKind("reject")).isEmpty();
    assertThat(replaying.count("frames")).isEqualTo(frames);
    assertThat(found).isEqualTo(counts);
  }

  @Test
  void theMinuteThatEndsInTheRecordingIsProvenEmptyInBothMarkets() {
    Path path =
        SHARED.resolve("captures/okx/ws_v5_candle1m_okcoin_2023-05-27_USDT-USD_USDC-USDT.txt");
    Replaying okx = new Replaying("okx", Replayed.WS, null).file(path).end();

    assertThat(okx.candles(true, 1_685_221_620)).isEmpty();
    assertThat(okx.count("empty_intervals")).isEqualTo(2);
    assertThat(okx.candles(false, 1_685_221_620)).hasSize(4);
  }

  @Test
  void candlesOfRecordedTradesAreTheVenuesOwnAndNothingIsInvented() {
    Path folder = SHARED.resolve("captures/kraken");
    Replaying trades =
        new Replaying("kraken", Replayed.REST_TRADES, "BTC-USDT", Timeframe.M1, true)
            .file(folder.resolve("rest_trades_XBTUSDT_2025-11-10_slice.json"))
            .end();
    Replaying own =
        new Replaying("kraken", Replayed.REST_CANDLES, "BTC-USDT")
            .file(folder.resolve("rest_ohlc_1m_XBTUSDT_2025-11-10_slice.json"))
            .end();
    Map<String, JsonValue> owned =
        own.ofKind("candle").stream()
            .collect(Collectors.toMap(line -> open(line), Function.identity()));

    assertThat(trades.lines).hasSize(137);
    for (JsonValue line : trades.lines) {
      JsonValue other = owned.get(open(line));
      assertThat(other).as(open(line)).isNotNull();
      for (String field : List.of("open", "high", "low", "close", "trade_count")) {
        assertThat(line.field(field)).as(field).hasToString(other.field(field).toString());
      }
      assertThat(Version.sameVolume(number(line, "volume"), number(other, "volume"))).isTrue();
    }
    long first = Long.parseLong(open(trades.lines.get(0)));
    assertThat(owned.keySet().stream().filter(time -> Long.parseLong(time) >= first))
        .as("no minute with trades is left out, but for the one that goes on")
        .hasSize(trades.lines.size());
    assertThat(trades.count("empty_intervals")).isEqualTo(77);
  }

  private static String open(JsonValue line) {
    return line.field("open_time_ms").toString();
  }

  private static double number(JsonValue line, String field) {
    return Double.parseDouble(line.field(field).toString());
  }

  /**
   * The hour as pages of a thousand; the row that stands twice at their border is one trade. The
   * recording has no ids and neither the trades before the hour nor the one after it: we made them.
   */
  @Test
  void theHourWithADoubledBorderTradeIsTheOfficialHour() throws IOException {
    List<String> rows = csv("history/kraken/XBTUSD_trades_2019-07-01T00.csv.gz");
    List<String> pages = new ArrayList<>();
    List<String> page = new ArrayList<>();
    long id = 0;
    while (id < 3) { // fewer vouch for nothing
      page.add(row(++id, "1561939190000,buy,10750.0,1"));
    }
    for (int i = 0; i < rows.size(); i++) {
      id += i > 0 && rows.get(i).equals(rows.get(i - 1)) ? 0 : 1;
      page.add(row(id, rows.get(i)));
      if ((i + 1) % PAGE == 0) {
        pages.add(page(page));
        page.clear();
      }
    }
    page.add(row(id + 1, "1561942803000,buy,11014.3,1"));
    pages.add(page(page));
    Replaying kraken =
        new Replaying("kraken", Replayed.REST_TRADES, "BTC-USD", Timeframe.H1, true)
            .text(String.join("\n", pages))
            .end();

    assertThat(kraken.count("trades_duplicate")).isEqualTo(1);
    assertThat(kraken.lines).hasSize(1);
    JsonValue hour = kraken.lines.get(0);
    String official =
        csv("history/kraken/XBTUSD_60_2013-10_2023-01.csv.gz").stream()
            .filter(line -> line.startsWith("1561939200,"))
            .findFirst()
            .orElseThrow();
    System.out.println("official " + official + ", replayed volume " + hour.field("volume"));
    assertThat(official)
        .isEqualTo(
            "1561939200,%s,%s,%s,%s,%s,%s",
            hour.field("open"),
            hour.field("high"),
            hour.field("low"),
            hour.field("close"),
            hour.field("volume"),
            hour.field("trade_count"));
  }

  private static List<String> csv(String file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(SHARED.resolve(file)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
  }

  /** {@code ts_ms,side,price,amount} as a row of Trades. */
  private static String row(long id, String csv) {
    String[] cells = csv.split(",");
    String seconds = cells[0].substring(0, 10) + "." + cells[0].substring(10);
    return "[\"%s\",\"%s\",%s,\"b\",\"l\",\"\",%d]".formatted(cells[2], cells[3], seconds, id);
  }

  private static String page(List<String> rows) {
    return "{\"error\":[],\"result\":{\"XXBTZUSD\":["
        + String.join(",", rows)
        + "],\"last\":\"0\"}}";
  }
}
