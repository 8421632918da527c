package dev.candles.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Timeframe;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.Venues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same frames give the same candles, replayed or through the job's finalizer and ledger. */
class ReplayParityTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root", ".."));
  private static final Path FIXTURES =
      ROOT.resolve("cli/src/test/resources/dev/candles/cli/replay");
  private static final Path CAPTURES = ROOT.resolve("../shared/captures");
  private static final Pattern DATED = Pattern.compile("^(\\d{10}\\.\\d+): (.*)$");
  private static final long T0 = 1_767_225_600_000L;
  private static final long MINUTE = 60_000;

  @ParameterizedTest
  @CsvSource({
    "okx, okx_ws.txt, 3",
    "okx, okx_closed_twice.ndjson, 2",
    "kraken, kraken_ws.ndjson, 1",
    "coinbase, coinbase_ws.jsonl, 1"
  })
  void aFixtureGivesTheSameCandles(String venue, String file, int candles) throws Exception {
    assertThat(parity(venue, text(FIXTURES.resolve(file)))).hasSize(candles);
  }

  @ParameterizedTest
  @CsvSource({
    "okx, ws_v5_candle1m_okcoin_2023-05-27_USDT-USD_USDC-USDT.txt, 0",
    "okx, ws_v5_candle1m_BTC-USDT_2026-09-15_frames.ndjson, 0",
    "kraken, ws_v2_book_trade_2026-07-07_part1.ndjson.gz, 0",
    "coinbase, ws_exchange_matches_heartbeat_l2_2026-07-07_part1.ndjson.gz, 0"
  })
  void aRecordingGivesTheSameCandles(String venue, String file, int candles) throws Exception {
    assumeThat(CAPTURES).as("recordings are not here").isDirectory();
    assertThat(parity(venue, text(CAPTURES.resolve(venue).resolve(file)))).hasSize(candles);
  }

  static Stream<Arguments> seeds() {
    return Stream.of("okx", "kraken", "coinbase")
        .flatMap(venue -> Stream.iterate(0, i -> i + 1).limit(30).map(i -> Arguments.of(venue, i)));
  }

  /** Five hours of frames that are lost, repeated, late and changed, some of silent minutes. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aVenueThatErrsGivesTheSameCandles(String venue, int seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<Long, List<String>> wire = new TreeMap<>();
    if (venue.equals("okx")) {
      closedRows(random, wire);
    } else {
      trades(random, wire, venue);
    }
    String recording =
        wire.entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(f -> dated(entry.getKey(), f)))
            .collect(Collectors.joining("\n"));
    assertThat(parity(venue, recording)).as("candles").isNotEmpty();
  }

  /** Candles of both ways; fails where they differ. */
  private static List<String> parity(String venue, String recording) throws Exception {
    List<String> replayed = new ArrayList<>();
    Replay replay =
        new Replay(
            Venues.byName(venue).orElseThrow(),
            Replayed.WS,
            null,
            Timeframe.BASE,
            true,
            line -> replayed.add(candle(json(line))));
    byte[] bytes = recording.getBytes(StandardCharsets.UTF_8);
    replay.recording("memory", new ByteArrayInputStream(bytes));
    replay.end();
    try (RecordedFeed job = new RecordedFeed(venue)) {
      for (String line : recording.lines().toList()) {
        frame(job, line);
      }
      List<String> collected = job.candles().stream().map(ReplayParityTest::candle).toList();
      assertThat(replayed).containsExactlyInAnyOrderElementsOf(collected);
    }
    return replayed;
  }

  private static void frame(RecordedFeed job, String line) throws Exception {
    Matcher dated = DATED.matcher(line);
    if (dated.matches()) {
      job.frame(dated.group(2), millis(dated.group(1)));
      return;
    }
    if (!line.startsWith("{") || !line.contains("\"t\"")) {
      if (line.startsWith("{")) {
        job.frame(line, null);
      }
      return;
    }
    JsonValue record = json(line);
    if (record.field("t").toString().equals("recv")) {
      String frame = record.field("data").string().orElseThrow();
      job.frame(frame, millis(record.field("ts").literal().orElseThrow()));
    }
  }

  private static long millis(String seconds) {
    return (long) (Double.parseDouble(seconds) * 1_000);
  }

  private static String candle(JsonValue line) {
    return Stream.of(
            "open_time_ms",
            "open",
            "high",
            "low",
            "close",
            "volume",
            "trade_count",
            "first_trade_id",
            "last_trade_id",
            "evidence",
            "revision")
        .map(field -> line.field(field).literal().orElse(line.field(field).toString()))
        .collect(Collectors.joining(" ", line.field("symbol") + " ", ""));
  }

  private static String candle(Candle candle) {
    return Stream.of(
            candle.openTimeMs(),
            candle.open(),
            candle.high(),
            candle.low(),
            candle.close(),
            candle.volume(),
            candle.tradeCount(),
            candle.firstTradeId(),
            candle.lastTradeId(),
            candle.evidence(),
            candle.revision())
        .map(String::valueOf)
        .collect(Collectors.joining(" ", candle.stream().symbol() + " ", ""));
  }

  private static JsonValue json(String line) {
    try {
      return JsonValue.parse(line, 100_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String dated(long atMs, String frame) {
    return "%d.%03d: %s".formatted(atMs / 1_000, atMs % 1_000, frame);
  }

  private static void closedRows(SplittableRandom random, Map<Long, List<String>> wire) {
    for (int minute = 0; minute < 300; minute++) {
      long open = T0 + minute * MINUTE;
      for (int copies = random.nextInt(5) / 2; copies > 0; copies--) {
        long late = random.nextInt(10) == 0 ? random.nextLong(250 * MINUTE) : random.nextInt(900);
        String row =
            random.nextInt(4) == 0
                ? "\"10\",\"10\",\"10\",\"10\",\"0\",\"0\",\"0\""
                : "\"10\",\"12\",\"9\",\"%s\",\"5\",\"50\",\"50\""
                    .formatted(random.nextInt(6) == 0 ? "11" : "10");
        add(
            wire,
            open + MINUTE + late,
            """
            {"arg":{"channel":"candle1m","instId":"BTC-USDT"},"data":[["%d",%s,"1"]]}"""
                .formatted(open, row));
      }
    }
  }

  private static void trades(SplittableRandom random, Map<Long, List<String>> wire, String venue) {
    long id = 100;
    for (long at = T0 + 7_000; at < T0 + 300 * MINUTE; at += random.nextInt(1, 50_000)) {
      id++;
      if (random.nextInt(60) == 0) {
        continue; // lost
      }
      long stamp = random.nextInt(40) == 0 ? at - random.nextLong(250 * MINUTE) : at;
      String frame = trade(venue, id, Math.max(T0, stamp), 10 + random.nextInt(5));
      add(wire, at, frame);
      if (random.nextInt(10) == 0) {
        add(wire, at + random.nextInt(3_000), frame);
      }
      if (venue.equals("coinbase")) {
        add(wire, at + 1, heartbeat(id, at + 1));
        add(wire, at + 1_001, heartbeat(id, at + 1_001));
      }
    }
  }

  private static void add(Map<Long, List<String>> wire, long atMs, String frame) {
    wire.computeIfAbsent(atMs, at -> new ArrayList<>()).add(frame);
  }

  private static String trade(String venue, long id, long timeMs, int price) {
    Instant time = Instant.ofEpochMilli(timeMs);
    return venue.equals("coinbase")
        ? """
          {"type":"match","product_id":"BTC-USD","trade_id":%d,"price":"%d","size":"1","time":"%s"}"""
            .formatted(id, price, time)
        : """
          {"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","trade_id":%d,"price":%d,\
          "qty":1,"timestamp":"%s"}]}"""
            .formatted(id, price, time);
  }

  private static String heartbeat(long id, long timeMs) {
    return """
        {"type":"heartbeat","last_trade_id":%d,"product_id":"BTC-USD","time":"%s"}"""
        .formatted(id, Instant.ofEpochMilli(timeMs));
  }
}
