package dev.candles.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Timeframe;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.Venues;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings of other tools and other interfaces are called by their name. */
class ForeignFormTest {
  private static final String MARK = "\uFEFF";

  private static Optional<String> refusal(String venue, Replayed as, byte[] bytes) {
    return new Replaying(venue, as, null).refusal(new ByteArrayInputStream(bytes));
  }

  private static byte[] fixture(String name) {
    return Replaying.fixtureText(name).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kraken   | WS           | foreign_array.json          | one JSON array of frames",
        "okx      | WS           | foreign_array.json          | one JSON array of frames",
        "coinbase | WS           | foreign_python.txt          | Python's own notation",
        "kraken   | REST_CANDLES | foreign_python.txt          | Python's own notation",
        "kraken   | WS           | foreign_iso_lines.txt       | lines of an ISO time and a frame",
        "okx      | WS           | foreign_table.csv           | a table, like CSV",
        "kraken   | WS           | kraken_first_api.ndjson     | Kraken's first WebSocket API (v1)",
        "coinbase | WS           | coinbase_advanced.ndjson    | Coinbase Advanced Trade",
        "coinbase | REST_CANDLES | coinbase_advanced_rest.json | Coinbase Advanced Trade",
        "okx      | WS           | kraken_ws.ndjson            | frames of kraken: give --venue"
            + " kraken",
        "coinbase | WS           | okx_ws.txt                  | frames of okx: give --venue okx",
        "kraken   | WS           | kraken_ohlc.json            | -",
        "coinbase | WS           | coinbase_candles_odd.json   | REST answers: give --as"
            + " rest-candles",
        "coinbase | WS           | coinbase_short_fractions.json | REST answers: give --as"
            + " rest-trades",
        "kraken   | REST_CANDLES | kraken_slash_key.json       | REST answers: give --as"
            + " rest-trades",
        "kraken   | REST_TRADES  | kraken_ws.ndjson            | frames of the feed: give --as ws"
      })
  void aForeignRecordingIsNamedWithTheRemedy(String venue, Replayed as, String file, String name)
      throws IOException {
    byte[] bytes = fixture(file);
    if (name.equals("-")) {
      assertThat(refusal(venue, as, bytes)).as("its first line alone is nothing").isEmpty();
      return;
    }
    assertThat(refusal(venue, as, bytes).orElse("none")).startsWith(name);
    assertThat(refusal(venue, as, gzip(bytes)).orElse("none")).startsWith(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kraken   | WS           | kraken_ws.ndjson",
        "coinbase | WS           | coinbase_ws.jsonl",
        "okx      | WS           | okx_ws.txt",
        "kraken   | REST_TRADES  | kraken_trades_1.json",
        "kraken   | REST_CANDLES | kraken_ohlc.json",
        "coinbase | REST_TRADES  | coinbase_trades_new.json"
      })
  void whatCanBeReadIsNotRefused(String venue, Replayed as, String file) {
    assertThat(refusal(venue, as, fixture(file))).isEmpty();
  }

  @Test
  void aForeignLineAmongOthersIsARejectThatNamesIt() {
    String heartbeat = "{\"channel\":\"heartbeat\"}\n";
    String text = heartbeat + Replaying.fixtureText("kraken_first_api.ndjson");
    Replaying kraken = new Replaying("kraken", Replayed.WS, null).text(text).end();

    assertThat(refusal("kraken", Replayed.WS, text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(kraken.count("heartbeat")).isEqualTo(1);
    assertThat(kraken.ofKind("reject"))
        .hasSize(4)
        .allMatch(line -> line.field("detail").toString().startsWith("Kraken's first"));
  }

  /** What a frame is takes several readings of it to say: one frame may be thousands of rejects. */
  @Test
  void aFrameOfManyRejectsIsNamedOnce() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Venue kraken = Venues.byName("kraken").orElseThrow();
    Venue counting =
        (Venue)
            Proxy.newProxyInstance(
                Venue.class.getClassLoader(),
                new Class<?>[] {Venue.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("foreign")) {
                    asked.incrementAndGet();
                  }
                  return method.invoke(kraken, arguments);
                });
    Replay replay = new Replay(counting, Replayed.WS, null, Timeframe.M1, false, line -> {});
    String frame = "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{},{},{},{}]}\n";
    byte[] twice = (frame + frame).getBytes(StandardCharsets.UTF_8);
    replay.recording("memory", new ByteArrayInputStream(twice));

    assertThat(replay.counts()).contains("\"reject\":8");
    assertThat(asked).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kraken   | {\"channel\":             | JSON that is cut short",
        "kraken   | {\"channel\" \"trade\"}   | not JSON, from character 12 on",
        "okx      | {\"arg\":                 | JSON that is cut short",
        "okx      | nonsense                  | not JSON, from character",
        "coinbase | {\"a\":nul}               | not JSON, from character",
        "coinbase | {\"product_id\":\"BTC\"}  | type: absent"
      })
  void noRejectSpeaksTheLanguageOfAParser(String venue, String frame, String detail) {
    Replaying replayed = new Replaying(venue, Replayed.WS, null).text(frame + "\n").end();

    assertThat(replayed.ofKind("reject"))
        .singleElement()
        .satisfies(line -> assertThat(line.field("detail").toString()).startsWith(detail));
  }

  @Test
  void aByteOrderMarkCostsNoFrame() throws IOException {
    String frames = Replaying.fixtureText("kraken_ws.ndjson");
    String records = Replaying.fixtureText("coinbase_ws.jsonl");
    String lines = Replaying.fixtureText("okx_ws.txt");
    String answers = Replaying.fixtureText("kraken_ohlc.json");

    same("kraken", Replayed.WS, frames);
    same("coinbase", Replayed.WS, records);
    same("okx", Replayed.WS, lines);
    same("kraken", Replayed.REST_CANDLES, answers);
  }

  /** Before the first line, in a gzip, and before the second of two files that were joined. */
  private static void same(String venue, Replayed as, String text) throws IOException {
    byte[] marked = (MARK + text).getBytes(StandardCharsets.UTF_8);
    Replaying plain = new Replaying(venue, as, null).text(text).end();
    String expected = plain.lines.toString() + plain.count("frames");
    for (byte[] bytes : new byte[][] {marked, gzip(marked)}) {
      Replaying replayed = new Replaying(venue, as, null).bytes(bytes).end();
      assertThat(replayed.lines.toString() + replayed.count("frames")).isEqualTo(expected);
      assertThat(replayed.clean()).isTrue();
    }
    Replaying joined = new Replaying(venue, as, null).text(MARK + text + "\n" + MARK + text).end();
    assertThat(joined.clean()).isTrue();
    assertThat(joined.count("frames")).isEqualTo(2 * plain.count("frames"));
  }

  @Test
  void textInUtf16IsCalledThat() {
    Replaying kraken =
        new Replaying("kraken", Replayed.WS, null)
            .bytes((MARK + "{\"channel\":\"heartbeat\"}\n").getBytes(StandardCharsets.UTF_16LE))
            .end();

    assertThat(kraken.ofKind("reject"))
        .singleElement()
        .satisfies(line -> assertThat(line.field("detail").toString()).contains("UTF-16 text"));
  }
}
