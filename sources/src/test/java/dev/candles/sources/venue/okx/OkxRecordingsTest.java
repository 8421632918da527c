package dev.candles.sources.venue.okx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.FlatRow;
import dev.candles.sources.venue.Decoded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was really recorded. The recordings are not part of the repository. */
class OkxRecordingsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("repository.root", ".."), "..", "shared", "captures", "okx");

  private final Okx okx = new Okx();

  @BeforeEach
  void needsTheRecordings() {
    assumeThat(FOLDER).as("recordings are not here").isDirectory();
  }

  private List<Decoded> decode(String frame, long atMs) {
    boolean unused = OkxRowFrameTest.agree(frame, atMs);
    List<Decoded> out = new ArrayList<>();
    okx.decode(frame, atMs, out::add);
    return out;
  }

  @Test
  void everyRecordedClosedCandleComesOutOnceAndFormingOnesNever() throws IOException {
    List<Candle> closed = new ArrayList<>();
    int forming = 0;
    List<Decoded> odd = new ArrayList<>();
    for (String line :
        Files.readAllLines(
            FOLDER.resolve("ws_v5_candle1m_okcoin_2023-05-27_USDT-USD_USDC-USDT.txt"))) {
      if (line.matches("[0-9.]+: \\{.*")) {
        long atMs = (long) (Double.parseDouble(line.substring(0, line.indexOf(':'))) * 1_000);
        for (Decoded decoded : decode(line.substring(line.indexOf('{')), atMs)) {
          if (decoded instanceof Decoded.Closed it) {
            closed.add(it.fold().candle());
          } else if (decoded instanceof Decoded.Forming) {
            forming++;
          } else if (decoded instanceof Decoded.Rejected) {
            odd.add(decoded);
          }
        }
      }
    }
    assertThat(closed)
        .extracting(c -> c.stream().symbol())
        .containsExactly("USDC-USDT", "USDT-USD");
    assertThat(closed).allMatch(c -> c.openTimeMs() == 1_685_221_620_000L && c.close() == 0.9981);
    assertThat(closed).allMatch(FlatRow::matches);
    assertThat(forming).isEqualTo(4);
    assertThat(odd).isEmpty();
  }

  @Test
  void theRecordedRefusalNamesItsSymbol() throws IOException {
    List<String> frames =
        Files.readAllLines(FOLDER.resolve("ws_v5_candle1m_BTC-USDT_2026-09-15_frames.ndjson"));

    assertThat(decode(frames.get(0), 1_789_470_130_000L))
        .singleElement()
        .isInstanceOfSatisfying(
            Decoded.Forming.class,
            forming -> assertThat(forming.soFar().openTimeMs()).isEqualTo(1_789_470_120_000L));
    assertThat(decode(frames.get(1), 1_789_470_130_000L))
        .singleElement()
        .isInstanceOfSatisfying(
            Decoded.Refused.class, it -> assertThat(it.symbol()).isEqualTo("BTC-USDT"));
  }

  /** Trades, tickers and books are never asked for. */
  @Test
  void everyFrameOfOtherChannelsIsPassedOver() throws IOException {
    Map<String, Integer> channels = new HashMap<>();
    int frames = 0;
    for (String frame : received("ws_v5_trades_tickers_books_2022-05-13.jsonl.gz")) {
      frames++;
      for (Decoded decoded : decode(frame, 1_652_459_000_000L)) {
        assertThat(decoded).isInstanceOf(Decoded.Other.class);
        channels.merge(((Decoded.Other) decoded).channel(), 1, Integer::sum);
      }
    }
    assertThat(frames).isGreaterThan(300);
    assertThat(channels).containsOnlyKeys("trades", "tickers", "books");
    assertThat(channels.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(frames);
  }

  @Test
  void theRecordedCatalogueIsACatalogue() throws IOException {
    List<String> bodies = records("ws_v5_trades_tickers_books_2022-05-13.jsonl.gz", "http");
    assertThat(bodies).isNotEmpty();
    assertThat(okx.decodeCatalogue(200, bodies.get(0)))
        .anyMatch(market -> market.symbol().equals("BTC-USDT") && market.listedAtMs() > 0);
  }

  private static List<String> received(String file) throws IOException {
    return records(file, "recv");
  }

  private static List<String> records(String file, String kind) throws IOException {
    List<String> found = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Map<String, String> fields = fields(line);
        if (kind.equals(fields.get("t")) && fields.containsKey("data")) {
          found.add(fields.get("data"));
        }
      }
    }
    return found;
  }

  private static Map<String, String> fields(String line) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = new JsonFactory().createParser(line)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_STRING) {
          fields.put(name, json.getText());
        }
        json.skipChildren();
      }
    }
    return fields;
  }
}
