package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.compact.Archiver;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.compact.Outcome;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Coverage, gaps and explain, over a day of which ten minutes are known. */
class AccountCommandsTest {
  private static final StreamKey BTC = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  private static final long DAY = Instant.parse("2026-01-09T00:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;

  @TempDir Path root;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void fill() throws IOException {
    List<Candle> candles = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      candles.add(candle(i, 100, 0));
    }
    write(Folder.CANDLES, candles);
    write(Folder.REVISIONS, List.of(candle(2, 200, 1)));
    new CoverageAppender(new LakeLayout(root))
        .append(
            List.of(
                row(4, 9, IntervalState.MISSING, Reason.SKIPPED, null, 1),
                row(4, 6, IntervalState.FINAL, Reason.NONE, Evidence.REST, 2),
                row(6, 7, IntervalState.VERIFIED_EMPTY, Reason.NONE, Evidence.REST, 3),
                row(8, 9, IntervalState.UNRECOVERABLE, Reason.NO_PROOF, null, 4),
                row(0, 10, IntervalState.THROUGH, Reason.NONE, null, 5)));
  }

  private static Candle candle(int minute, double price, int revision) {
    return candle(minute, 10L * minute, price, revision);
  }

  private static Candle candle(int minute, long id, double price, int revision) {
    long openMs = DAY + minute * MINUTE;
    return TestCandle.of(BTC, openMs, price, id, revision, openMs + MINUTE);
  }

  private static CoverageRow row(
      int from, int to, IntervalState state, Reason reason, Evidence evidence, long seq) {
    return new CoverageRow(
        BTC,
        DAY + from * MINUTE,
        DAY + to * MINUTE,
        state,
        reason,
        evidence,
        seq,
        DAY + seq * MINUTE);
  }

  private void write(Folder folder, List<Candle> candles) throws IOException {
    write(folder, "c-1.parquet", candles);
  }

  private void write(Folder folder, String name, List<Candle> candles) throws IOException {
    Path bucket = new LakeLayout(root).folder(folder).resolve(LakeLayout.bucket(candles.get(0)));
    CandleFiles.write(Files.createDirectories(bucket).resolve(name), candles);
  }

  private int candles(String... args) {
    return Candles.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void coverageCountsEveryIntervalInExactlyOneState() {
    assertThat(candles("coverage", "--data-dir", root.toString())).isZero();
    assertThat(out.toString())
        .containsPattern("coinbase/BTC-USD/1m .* \\d+ d ago +10 +90.00% +70.00% +6 +1 +1 +1 +1 +▅")
        .containsPattern(
            "(?m)^Newest: (\\d+ d ago), as of \\S+Z; furthest behind: coinbase/BTC-USD/1m \\1;"
                + " nothing is new: .*\\?$")
        .contains("2026-01-09T00:00Z", "2026-01-09T00:10Z");
  }

  /** Neither a per cent of nothing nor a date of 1970; and no gap up to where anything is known. */
  @Test
  void whereNothingIsKnownNothingIsClaimed() {
    String dir = root.toString();
    assertThat(candles("coverage", "--to", "2026-01-09", "--data-dir", dir)).isZero();
    assertThat(out.toString())
        .containsPattern("coinbase/BTC-USD/1m +- +- +\\S.* +0 +- +- +0 +0 +0 +0 +0")
        .doesNotContain("100.00%");
    assertThat(candles("gaps", "--to", "2026-01-09T00:04Z", "--data-dir", dir)).isZero();
    assertThat(out.toString()).contains("No gaps up to 2026-01-09T00:04Z.");
  }

  @Test
  void coverageAsJsonHasTheDaysToo() {
    assertThat(candles("coverage", "--json", "--to", "2026-01-09T00:06Z", "--data-dir", root + ""))
        .isZero();
    assertThat(out.toString())
        .contains("\"intervals\":6,\"accounted_percent\":100.00,\"final\":6")
        .contains("\"days\":[{\"date\":\"2026-01-09\"");
  }

  /** A dead collector's lake is complete as far as it reaches. */
  @Test
  void coverageFailsWhereTheNewestIsOlderThanAllowed() throws IOException {
    String[] ask = {"coverage", "--max-age", "10m", "--data-dir", root.toString(), "--config", ""};
    ask[6] = clockAt(17).toString();
    assertThat(candles(ask)).as("the minute to 00:07, and ten more").isZero();
    assertThat(out.toString()).contains("Newest: 10 min ago");
    ask[6] = clockAt(19).toString();
    assertThat(candles(ask)).isEqualTo(1);
    assertThat(out.toString())
        .contains("12 min ago", "1 of 1 stream is older than 10m")
        .endsWith(", or ahead of the clock:\n  coinbase/BTC-USD/1m 12 min ago\n");
    ask[2] = "soon";
    assertThat(candles(ask)).isEqualTo(2);
    assertThat(err.toString()).contains("--max-age: found 'soon', expected a duration like");
  }

  /** A configuration whose clock stands at a minute of the day. */
  private Path clockAt(int minute) throws IOException {
    long marketMs = DAY + minute * MINUTE + 500;
    return Files.writeString(
        root.resolve("at" + minute + ".yaml"),
        "venues: [okx]\nsymbols: [BTC-USDT]\nclock: {real_ms: "
            + System.currentTimeMillis()
            + ", market_ms: "
            + marketMs
            + ", speed: 0.0001}\n");
  }

  @Test
  void whatIsInProgressIsNeitherMissingNorAGap() throws IOException {
    String config = clockAt(8).toString();
    String dir = root.toString();
    assertThat(candles("coverage", "--config", config, "--data-dir", dir)).isZero();
    assertThat(out.toString())
        .containsPattern("coinbase/BTC-USD/1m .* 8 +100.00% +87.50% +6 +1 +1 +0 +0 ");
    assertThat(out.toString()).contains("simulated clock, 0.0001×\n");
    assertThat(candles("gaps", "--open", "--config", config, "--data-dir", dir)).isZero();
    assertThat(out.toString()).contains("simulated clock, 0.0001×\n").contains("1 gap, 1 open");
  }

  @Test
  void aMistypedConfigurationIsRefused() {
    String absent = root.resolve("absent.yaml").toString();
    assertThat(candles("coverage", "--config", absent, "--data-dir", root + "")).isEqualTo(2);
    assertThat(err.toString()).contains("no configuration at " + absent);
  }

  @Test
  void gapsTellsWhatBecameOfEachPart() {
    assertThat(candles("gaps", "--data-dir", root.toString())).isZero();
    assertThat(out.toString())
        .containsPattern(
            "00:04Z +2026-01-09T00:07Z +3 +FINAL\\+VERIFIED_EMPTY +SKIPPED +REST +\\S+01Z +\\S+03Z")
        .containsPattern("00:07Z +2026-01-09T00:08Z +1 +MISSING +SKIPPED +- +\\S+01Z +open")
        .containsPattern("00:08Z +2026-01-09T00:09Z +1 +UNRECOVERABLE +NO_PROOF")
        .containsPattern("00:09Z +2026-01-09T00:10Z +1 +UNKNOWN +- +- +never +open")
        .containsPattern("(?m)^coinbase +4 +6 +3 +1 +2 +2 SKIPPED, 1 NO_PROOF, 1 not noted$")
        .contains("4 gaps, 2 open\n")
        .contains("furthest behind: coinbase/BTC-USD/1m");
  }

  @Test
  void gapsCanBeNarrowedToTheOpenOnes() {
    assertThat(candles("gaps", "--open", "--json", "--data-dir", root.toString())).isZero();
    assertThat(out.toString())
        .contains("\"state\":\"MISSING\"", "\"state\":\"UNKNOWN\"", "\"ended_at_ms\":null")
        .doesNotContain("VERIFIED_EMPTY", "UNRECOVERABLE");
  }

  @Test
  void explainNamesStateEvidenceFileAndVersions() {
    assertThat(explain("2026-01-09T00:02:30Z")).isZero();
    assertThat(out.toString())
        .contains("coinbase/BTC-USD/1m 2026-01-09T00:02Z", "state      FINAL")
        .containsPattern("(?m)^source \\w+ +\\S+ ")
        .contains("revision 0: open 100.0", "revision 1: open 200.0", "trade ids 20..29")
        .contains("candles/venue=coinbase/symbol=BTC-USD/timeframe=1m/date=2026-01-09/c-1.parquet")
        .contains("revisions/venue=coinbase");
  }

  @Test
  void explainNamesTheLakeThatAnArchivedCandleLiesIn(@TempDir Path archive) throws IOException {
    LakeLayout layout = new LakeLayout(root);
    Partition day = Partition.of(BTC, DAY);
    assertThat(new Compactor(layout).compact(day, DayKnowledge.none(day.toMs())).kind())
        .isEqualTo(Outcome.Kind.COMPACTED);
    assertThat(explain("2026-01-09T00:02Z")).isZero();
    assertThat(out.toString()).contains("version    ").doesNotContain("archived");
    out.getBuffer().setLength(0);
    assertThat(new Archiver(layout, new LakeLayout(archive)).archive(day).kind())
        .isEqualTo(Outcome.Kind.COMPACTED);
    assertThat(explain("2026-01-09T00:02Z")).isZero();
    assertThat(out.toString())
        .contains("state      FINAL", "archived   its candle lies in " + archive);
  }

  @Test
  void explainTellsWhyThereIsNoCandle() {
    assertThat(explain("2026-01-09T00:07Z")).isZero();
    assertThat(out.toString())
        .contains("state      MISSING", "reason     SKIPPED", "change     2026-01-09T00:01Z");
    assertThat(explain("2026-01-09T00:06Z")).isZero();
    assertThat(out.toString()).contains("state      VERIFIED_EMPTY", "evidence   REST");
    assertThat(explain("2026-01-09T00:09Z")).isZero();
    assertThat(out.toString()).contains("state      UNKNOWN", "change     none noted");
    assertThat(explain("2026-01-08T23:59Z")).isZero();
    assertThat(out.toString())
        .contains("UNKNOWN: outside the stream, which is known from 2026-01-09T00:00Z to ");
  }

  /** The files store {@code HISTORY}; whoever reads both must not have to know. */
  @Test
  void explainNamesTheReasonThatGapsNames() throws IOException {
    IntervalState missing = IntervalState.MISSING;
    new CoverageAppender(new LakeLayout(root))
        .append(List.of(row(20, 23, missing, Reason.HISTORY, null, 6)));
    assertThat(candles("gaps", "--open", "--data-dir", root.toString())).isZero();
    assertThat(out.toString()).containsPattern("00:20Z .* MISSING +AWAY ");
    out.getBuffer().setLength(0);
    assertThat(explain("2026-01-09T00:21Z")).isZero();
    assertThat(out.toString())
        .contains("reason     AWAY: the collector was away", "MISSING, reason AWAY, seq 6")
        .doesNotContain("HISTORY");
  }

  @Test
  void anEmptinessThatWasOnlyRepeatedIsUnknownUnlessIdsProveIt() throws IOException {
    IntervalState empty = IntervalState.VERIFIED_EMPTY;
    new CoverageAppender(new LakeLayout(root))
        .append(List.of(row(6, 10, empty, Reason.NONE, Evidence.REST_TWICE, 6)));
    assertThat(explain("2026-01-09T00:07Z")).isZero();
    assertThat(out.toString()).contains("UNKNOWN: called empty because two equal answers");
    write(Folder.CANDLES, "c-2.parquet", List.of(candle(10, 60, 100, 0)));
    assertThat(explain("2026-01-09T00:07Z")).isZero();
    assertThat(out.toString())
        .contains("state      VERIFIED_EMPTY", "trade ids on both sides are neighbours");
  }

  /** What is open or given up is never left out. */
  @Test
  void ofGapsThatAreFilledTheNewestAreListedAndTheOthersCounted() throws IOException {
    List<CoverageRow> rows = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      int minute = 10 + 2 * i;
      rows.add(row(minute, minute + 1, IntervalState.MISSING, Reason.NOT_CLOSED, null, 6 + i));
      rows.add(
          row(
              minute,
              minute + 1,
              IntervalState.VERIFIED_EMPTY,
              Reason.NONE,
              Evidence.REST,
              50 + i));
    }
    new CoverageAppender(new LakeLayout(root)).append(rows);
    assertThat(candles("gaps", "--data-dir", root.toString())).isZero();
    assertThat(out.toString().lines().filter(l -> l.matches(".* VERIFIED_EMPTY +NOT_CLOSED .*")))
        .hasSize(20)
        .noneMatch(line -> line.contains("/1m  2026-01-09T00:18Z"))
        .anyMatch(line -> line.contains("/1m  2026-01-09T00:58Z"));
    assertThat(out.toString())
        .containsPattern("00:08Z +2026-01-09T00:09Z +1 +UNRECOVERABLE")
        .containsPattern("00:57Z +2026-01-09T00:58Z +1 +UNKNOWN")
        .contains("… and 6 more that are filled: --all\n", "53 gaps, ");
    out.getBuffer().setLength(0);
    assertThat(candles("gaps", "--all", "--data-dir", root.toString())).isZero();
    assertThat(out.toString()).contains("/1m  2026-01-09T00:10Z").doesNotContain("… and ");
    assertThat(candles("gaps", "--json", "--data-dir", root.toString())).isZero();
    assertThat(out.toString().split("\"NOT_CLOSED\"", -1)).hasSize(26);
  }

  @Test
  void everyWordOfTheCodeIsExplainedWhereItIsPrinted() {
    for (String words : List.of("gaps", "gaps --open", "gaps --all", "coverage")) {
      isExplained((words + " --data-dir " + root).split(" "));
    }
    for (int minute = 0; minute < 10; minute++) {
      String time = "2026-01-09T00:0" + minute + "Z";
      isExplained("explain", "coinbase/BTC-USD/1m", time, "--data-dir", root.toString());
    }
  }

  private void isExplained(String... words) {
    Set<String> codes = new TreeSet<>(Set.of("UNKNOWN"));
    for (Enum<?>[] of :
        List.<Enum<?>[]>of(Reason.values(), IntervalState.values(), Evidence.values())) {
      for (Enum<?> code : of) {
        codes.add(code.name());
      }
    }
    out.getBuffer().setLength(0);
    assertThat(candles(words)).isZero();
    String said = out.toString();
    codes.removeIf(code -> !Pattern.compile("\\b" + code + "\\b").matcher(said).find());
    assertThat(codes).isNotEmpty();
    assertThat(codes)
        .allSatisfy(
            code ->
                assertThat(said).containsPattern("(?m)^" + code + "  +\\S|\\b" + code + ": \\S"));
  }

  private int explain(String time) {
    return candles("explain", "coinbase/BTC-USD/1m", time, "--data-dir", root.toString());
  }

  @Test
  void badUseIsRefusedAndAnsweredWithWhatWasMeant() {
    String dir = root.toString();
    assertThat(candles("coverage", "--venue", "coinbse", "--data-dir", dir)).isEqualTo(2);
    assertThat(candles("explain", "coinbase/BTC-USD/2m", "2026-01-09", "--data-dir", dir))
        .isEqualTo(2);
    assertThat(candles("explain", "coinbase/BTC-USD/1m", "noon", "--data-dir", dir)).isEqualTo(2);
    assertThat(candles("gaps", "--data-dir", dir + "/absent")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--venue: found 'coinbse', the lake has coinbase. Did you mean 'coinbase'?")
        .contains("Did you mean 'coinbase/BTC-USD/1m'?")
        .contains("TIME: found 'noon', expected a UTC date")
        .contains("no lake at", "expected a folder with candles/")
        .doesNotContain("\tat ");
  }

  @Test
  void anUnreadableFileIsCountedAndTheRestIsShown() throws IOException {
    Path day = root.resolve("candles/venue=coinbase/symbol=BTC-USD/timeframe=1m/date=2026-01-09");
    Files.writeString(day.resolve("c-2.parquet"), "not parquet");
    assertThat(candles("coverage", "--data-dir", root.toString())).isZero();
    assertThat(out.toString())
        .contains("90.00%", "1 unreadable file left out; ./candles qa --data-dir ");
  }
}
