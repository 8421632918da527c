package dev.candles.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command prints where, and with which code it exits. */
class ReplayCommandTest {
  private static final String HEARTBEAT = "{\"channel\":\"heartbeat\"}\n";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int replay(String... args) {
    return replay(out, args);
  }

  private int replay(Writer to, String... args) {
    List<String> all = new ArrayList<>(List.of("replay"));
    all.addAll(List.of(args));
    return Candles.commandLine()
        .setOut(new PrintWriter(to))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void linesGoToStandardOutputAndOneLineOfCountsToStandardError() throws IOException {
    String first = file("a", HEARTBEAT);
    String second = file("b", HEARTBEAT + HEARTBEAT);

    assertThat(replay("--venue", "kraken", first, second)).isZero();
    assertThat(out.toString())
        .isEqualTo("{\"kind\":\"heartbeat\",\"venue\":\"kraken\"}\n".repeat(3));
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("{\"venue\":\"kraken\",\"as\":\"ws\",")
        .contains("\"heartbeat\":3,", "\"files\":2,");
  }

  @Test
  void aRejectMakesTheExitCodeOneAndNamesFileAndLine() throws IOException {
    String bad = file("bad", HEARTBEAT + "{\"channel\":\n");

    assertThat(replay("--venue", "kraken", bad)).isEqualTo(1);
    assertThat(out.toString())
        .contains("\"kind\":\"reject\"", "\"reason\":\"MALFORMED\"", bad, "\"line\":2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--venue krakn FILE | found 'krakn', expected one of: coinbase kraken okx; did you mean",
        "--venue kraken --as rest FILE | expected one of: ws rest-candles rest-trades",
        "--venue kraken --candles 7m FILE | --candles: found '7m', expected one of: 1m",
        "--venue kraken --symbol ../x FILE | --symbol: found '../x', expected one like BTC-USD",
        "--venue kraken --symbol btc/usd FILE | expected one like BTC-USD; did you mean 'BTC-USD'?",
        "--venue kraken --symbol XBT-USD FILE | expected one like BTC-USD; did you mean 'BTC-USD'?",
        "--venue kraken --candles 60m FILE | 1h 2h 4h 6h 12h 1d; did you mean '1h'?",
        "--venue kraken --candles 1M FILE | ; 1M is a month, longer than the largest timeframe",
        "--venue okx --as rest-trades FILE | okx closes its candles itself",
        "--venue kraken | Missing required parameter: 'FILE'",
        "FILE | Missing required option: '--venue=V'",
        "--venue kraken FILE FOLDER/none | no such file: ",
        "--venue kraken FILE FOLDER | a directory, expected a recording: "
      })
  void wrongUseIsRefusedBeforeAnythingIsReplayed(String args, String message) throws IOException {
    String good = file("good", HEARTBEAT);
    String all = args.replace("FILE", good).replace("FOLDER", folder.toString());

    assertThat(replay(all.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message).doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void tradesOfSeveralPagesAreFoldedIntoCandles() throws Exception {
    String p1 = recorded("kraken_trades_1.json");
    String p2 = recorded("kraken_trades_2.json");
    String[] words = {
      "--venue", "kraken", "--as", "rest-trades", "--symbol", "BTC-USD", "--candles", "1m", p1, p2
    };

    assertThat(replay(words)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("\"kind\":\"candle\"").doesNotContain("\"reject\"");
    assertThat(err.toString()).contains("\"as\":\"rest-trades\"", "\"files\":2,");
  }

  private static String recorded(String name) throws Exception {
    URL url = Objects.requireNonNull(ReplayCommandTest.class.getResource("replay/" + name));
    return Path.of(url.toURI()).toString();
  }

  @Test
  void aGzipIsReadAsItIs() throws IOException {
    Path file = folder.resolve("recorded.ndjson.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write("{\"type\":\"subscriptions\",\"channels\":[]}\n".getBytes(US_ASCII));
    }

    assertThat(replay("--venue", "coinbase", file.toString())).as(err.toString()).isZero();
    assertThat(err.toString()).contains("\"venue\":\"coinbase\",\"as\":\"ws\"", "\"files\":1,");
  }

  @Test
  void aForeignRecordingIsRefusedBeforeAnythingIsReplayed() throws IOException {
    String good = file("good", HEARTBEAT);
    String python = file("python", HEARTBEAT.replace('"', '\''));

    assertThat(replay("--venue", "kraken", good, python)).isEqualTo(2);
    assertThat(err.toString())
        .contains(python + ": holds Python's own notation, not JSON: write it with json.dumps")
        .contains("Known are: frames, one a line; lines '<epoch seconds>: <frame>'; JSON lines")
        .doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aPipeIsReadOnceAndItsForeignLinesAreNamed() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Thread writer =
        new Thread(
            () -> {
              try (OutputStream to = new FileOutputStream(pipe.toFile())) {
                to.write((HEARTBEAT + HEARTBEAT.replace('"', '\'')).getBytes(US_ASCII));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    writer.start();

    assertThat(replay("--venue", "kraken", pipe.toString())).isEqualTo(1);
    writer.join();
    assertThat(out.toString())
        .contains("\"kind\":\"heartbeat\"", "\"detail\":\"Python's own notation, not JSON");
  }

  @Test
  void whenNobodyReadsItStops() throws IOException {
    String endless = file("endless", HEARTBEAT.repeat(200_000));
    Writer gone =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("broken pipe");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    assertThat(replay(gone, "--venue", "kraken", endless)).isZero();
    assertThat(err.toString()).contains("nobody reads the output").doesNotContain(":200000");
  }
}
