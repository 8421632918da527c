package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.demo.AlertReceiver;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Volumes;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daily QA from the command line, over one whole day of one stream. */
class QaCommandTest {
  private static final StreamKey BTC = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  private static final long DAY = Instant.parse("2026-01-09T00:00:00Z").toEpochMilli();

  @TempDir Path folder;
  private Path root;
  private Path file;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void fill() throws IOException {
    root = folder.resolve("lake");
    List<Candle> candles = new ArrayList<>();
    for (int i = 0; i < 1440; i++) {
      candles.add(TestCandle.of(BTC, DAY + i * 60_000L, 100 + i % 7, 10L * i, 0, DAY));
    }
    Path bucket =
        new LakeLayout(root).folder(Folder.CANDLES).resolve(LakeLayout.bucket(candles.get(0)));
    file = Files.createDirectories(bucket).resolve("c-1.parquet");
    CandleFiles.write(file, candles);
  }

  private int qa(String... more) {
    List<String> args = new ArrayList<>(List.of("qa", "--data-dir", root.toString()));
    args.addAll(List.of(more));
    if (!args.contains("--report")) {
      args.addAll(List.of("--report", folder.resolve("report.json").toString()));
    }
    return Candles.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(args.toArray(String[]::new));
  }

  @Test
  void aCleanLakePassesAndItsCertificateHoldsUntilAFileChanges() throws IOException {
    assertThat(qa()).isZero();
    assertThat(out.toString())
        .contains("CHECK 1: PK Uniqueness (Cross-File)\n  ✅ PASS: No cross-file duplicate PKs")
        .contains("(1 stream checked)", "✅ PASS: All integrity checks passed");
    assertThat(Files.readString(folder.resolve("report.json"))).contains("\"passed\" : true");

    String certificate = root.resolve("certificates/venue=coinbase/2026-01-09.json").toString();
    assertThat(qa("--verify-certificate", certificate)).isZero();
    assertThat(out.toString()).contains("✅ PASS: coinbase 2026-01-09 is as certified");

    Files.writeString(file, "garbage");
    assertThat(qa("--verify-certificate", certificate)).isOne();
    assertThat(out.toString()).contains("c-1.parquet: has changed", "❌ FAIL: coinbase");
    assertThat(qa("--no-seal")).isOne();
    assertThat(out.toString())
        .contains("  ❌ FAIL: Footer and Path (1 finding, 0 warnings")
        .contains("UNREADABLE: ", "❌ FAIL: 1 of 12 integrity checks failed");
  }

  /** Wherever its report goes, and whatever is checked into the same file next. */
  @Test
  void whatTheWholeLakeWasFoundToBeStaysWithIt() throws IOException {
    Path report = folder.resolve("report.json");
    Path kept = root.resolve(".state/qa_whole.json");
    assertThat(qa("--no-seal")).isZero();
    assertThat(kept).doesNotExist();
    assertThat(qa()).isZero();
    assertThat(kept).hasSameTextualContentAs(report);
    String whole = Files.readString(kept);
    assertThat(whole).contains("\"days\" : 0,", "\"venues\" : [ ],");

    assertThat(qa("--days", "2")).isZero();
    assertThat(Files.readString(report)).contains("\"days\" : 2,");
    assertThat(qa("--venue", "coinbase")).isZero();
    assertThat(Files.readString(report)).contains("\"venues\" : [ \"coinbase\" ],");
    Path daily = Files.createDirectories(root.resolve("reports")).resolve("qa-2026-01-10.json");
    assertThat(qa("--report", daily.toString())).isZero();
    assertThat(kept).as("of a part, or kept already").hasContent(whole);
  }

  /** Readers take such a row; it is for the checks to tell, and for the page to show the rest. */
  @Test
  void whatTheChecksFindIsOnThePageToo() throws IOException {
    Candle one = TestCandle.of(BTC, DAY + 86_400_000L, 100, 20_000, 0, DAY);
    Candle endless =
        new Candle(
            BTC,
            one.openTimeMs(),
            one.prices(),
            Volumes.ofBase(Double.POSITIVE_INFINITY),
            one.trades(),
            one.provenance());
    Path bucket = new LakeLayout(root).folder(Folder.CANDLES).resolve(LakeLayout.bucket(endless));
    CandleFiles.write(
        Files.createDirectories(bucket).resolve("c-1.parquet"),
        List.of(endless, later(1), later(30)));
    Path page = folder.resolve("page.html");
    assertThat(qa("--html", page.toString())).as(err.toString()).isOne();
    assertThat(out.toString()).contains("INFINITE: volume", "Page: " + page);
    assertThat(Files.readString(page)).contains("</html>", "INFINITE");
  }

  private static Candle later(int minute) {
    return TestCandle.of(BTC, DAY + 86_400_000L + minute * 60_000L, 100, 20_000 + minute, 0, DAY);
  }

  @Test
  void aPageThatCannotBeMadeIsAWarningBesideTheVerdict() throws IOException {
    Path page = Files.createDirectories(folder.resolve("page.html/full")).getParent();
    assertThat(qa("--html", page.toString())).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("✅ PASS: All integrity checks passed", "WARNING: there is no page: ");
    Files.writeString(file, "garbage");
    assertThat(qa("--html", page.toString())).isOne();
    assertThat(Files.readString(folder.resolve("report.json"))).contains("\"passed\" : false");
  }

  @Test
  void badUseIsRefusedBeforeAnythingRuns() throws IOException {
    assertThat(qa("--days", "0")).isEqualTo(2);
    assertThat(qa("--venue", "coinbsae")).isEqualTo(2);
    Path wrong = Files.writeString(folder.resolve("c.json"), "{}");
    assertThat(qa("--verify-certificate", root.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--verify-certificate: there is no such file: ");
    assertThat(qa("--verify-certificate", wrong.toString())).isEqualTo(2);
    assertThat(qa("--report", folder + "/absent/r.json")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--days: found '0', expected 1 or more")
        .contains("Did you mean 'coinbase'?")
        .contains("cannot verify", "field is missing: /format")
        .contains("absent")
        .doesNotContain("\tat ");
  }

  @Test
  void peopleAreToldOncePerChangeAndOfTheEnd() throws IOException {
    try (AlertReceiver people = new AlertReceiver()) {
      Path config =
          Files.writeString(
              folder.resolve("config.yaml"),
              "venues: [coinbase]\nsymbols: [BTC-USD]\n" + people.config(folder));
      String[] alerting = {"--alert", "--config", config.toString()};
      byte[] whole = Files.readAllBytes(file);

      assertThat(qa(alerting)).isZero();
      assertThat(people.json).as("all was well and is").isEmpty();

      Files.writeString(file, "garbage");
      assertThat(qa(alerting)).isOne();
      assertThat(qa(alerting)).isOne();
      Path absent = folder.resolve("absent/r.json");
      assertThat(qa("--alert", "--config", config.toString(), "--report", absent.toString()))
          .isEqualTo(2);
      assertThat(qa(alerting)).isOne();
      Files.write(file, whole);
      assertThat(qa(alerting)).isZero();
      assertThat(qa(alerting)).isZero();
      assertThat(qa()).isZero();

      String found =
          "ALERT [CRITICAL] qa_found: the daily checks found something: Footer and Path."
              + " Look at "
              + folder.resolve("report.json");
      assertThat(people.json)
          .satisfiesExactly(
              first -> assertThat(first).isEqualTo(found),
              second ->
                  assertThat(second)
                      .startsWith("ALERT [WARNING] qa_failed: the daily checks could not run: "),
              third -> assertThat(third).isEqualTo(found),
              fourth ->
                  assertThat(fourth)
                      .isEqualTo("ALERT [INFO] qa_well: the daily checks pass again"));
      assertThat(people.slack).isEqualTo(people.json);
    }
  }

  @Test
  void onlyTheWholeLakeIsToldOfAndOnlyToWhomAConfigurationNames() throws IOException {
    assertThat(qa("--alert")).isEqualTo(2);
    assertThat(err.toString()).contains("--alert: no configuration names who is told: --config");
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"), "venues: [coinbase]\nsymbols: [BTC-USD]\n");
    for (String[] part :
        List.of(
            new String[] {"--days", "1"},
            new String[] {"--venue", "coinbase"},
            new String[] {"--no-seal"})) {
      List<String> words = new ArrayList<>(List.of("--alert", "--config", config.toString()));
      words.addAll(List.of(part));
      err.getBuffer().setLength(0);
      assertThat(qa(words.toArray(String[]::new))).isEqualTo(2);
      assertThat(err.toString()).contains("not with --days, --venue, --no-seal");
    }
    assertThat(new LakeLayout(root).state().resolve("alerts")).doesNotExist();
  }

  @Test
  void whatFlinkWrapsIsToldByItsCause() {
    Exception wrapped =
        new IllegalStateException(
            "Failed to fetch next result",
            new IOException("Insufficient number of network buffers"));

    assertThat(QaCommand.couldNotRun(wrapped))
        .hasMessage("the checks could not run: Insufficient number of network buffers");
  }
}
