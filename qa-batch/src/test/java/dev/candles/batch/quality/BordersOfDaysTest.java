package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.coverage.IntervalState;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Check;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.CandleFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sealed days are believed without a look at what lies between: so that was looked at. */
class BordersOfDaysTest {
  private static final StreamKey STREAM = TestLake.MINUTES;
  private static final int ID_HOLE = 40;

  @TempDir Path root;
  private TestLake lake;

  @BeforeEach
  void empty() {
    lake = new TestLake(root);
  }

  /** Its ids do not follow on those of the day before. */
  private static List<Candle> afterAHole(int day) {
    return TestLake.minutes(STREAM, day).stream().map(c -> Damage.shifted(c, ID_HOLE)).toList();
  }

  private void compacted(List<Candle> minutes, int day) throws Exception {
    for (String file : List.of("c-1.parquet", "c-2.parquet")) {
      Files.deleteIfExists(lake.folder(STREAM, day).resolve(file));
    }
    lake.write(minutes);
    lake.seal(STREAM, day);
  }

  private void tells(FindingType... kinds) throws Exception {
    tells(PlainQa.run(root), kinds);
  }

  private static void tells(QaReport report, FindingType... kinds) {
    assertThat(report.findings()).extracting(Finding::kind).containsExactly(kinds);
  }

  @Test
  void aHoleThatABackfillBringsToLightIsToldByEveryRunUntilItIsMended() throws Exception {
    List<Candle> first = TestLake.minutes(STREAM, 0);
    compacted(first.subList(0, 1437), 0);
    compacted(afterAHole(1), 1);
    lake.state(STREAM, first.get(1437).openTimeMs(), 3, IntervalState.MISSING);
    lake.commit();
    tells();
    CandleFiles.write(lake.folder(STREAM, 0).resolve("c-9.parquet"), first.subList(1437, 1440));
    lake.seal(STREAM, 0);
    tells(FindingType.CHAIN_HOLE);
    tells(FindingType.CHAIN_HOLE);

    compacted(TestLake.minutes(STREAM, 1), 1);
    tells();
    assertThat(PlainQa.run(root).totals().sealed()).as("both are sealed at last").isEqualTo(2);
  }

  private static List<Candle> rebuilt(List<Candle> minutes) {
    return minutes.stream().map(Damage::rebuilt).toList();
  }

  @Test
  void aHoleBetweenTwoDaysThatWereRebuiltByIdIsToldLikeAnyOther() throws Exception {
    compacted(rebuilt(TestLake.minutes(STREAM, 0)), 0);
    compacted(rebuilt(afterAHole(1)), 1);
    QaReport report = PlainQa.run(root);
    tells(report, FindingType.CHAIN_HOLE);
    assertThat(report.findings().get(0).value()).startsWith("ids 1014400 to 1014439 are missing");
    assertThat(PlainQa.run(root).totals().sealed()).isZero();
    compacted(rebuilt(TestLake.minutes(STREAM, 1)), 1);
    tells();
  }

  @Test
  void aTradeThatIsMissingBesideMidnightIsCounted() throws Exception {
    compacted(TestLake.minutes(STREAM, 0), 0);
    compacted(TestLake.minutes(STREAM, 1), 1);
    Path file = lake.folder(STREAM, 1).resolve("c-1.parquet");
    TestLake.change(file, TestLake.FIRST + TestLake.DAY, "trade_count", "trade_count - 1");
    lake.seal(STREAM, 1);
    tells(FindingType.CHAIN_COUNT);
    tells(FindingType.CHAIN_COUNT);
  }

  @Test
  void aDayLosesItsSealToANeighbourThatDoesNotJoinIt() throws Exception {
    compacted(afterAHole(1), 1);
    assertThat(PlainQa.run(root).totals().sealedNow()).isEqualTo(1);
    compacted(TestLake.minutes(STREAM, 0), 0);
    tells(FindingType.CHAIN_HOLE);
    QaReport report = PlainQa.run(root);
    tells(report, FindingType.CHAIN_HOLE);
    assertThat(report.totals().sealed()).isZero();
  }

  @Test
  void aDayBesideOneThatCannotBeReadIsNotSealed() throws Exception {
    compacted(TestLake.minutes(STREAM, 0), 0);
    assertThat(PlainQa.run(root).totals().sealedNow()).isEqualTo(1);
    Path file = lake.folder(STREAM, 0).resolve("c-2.parquet");
    byte[] whole = Files.readAllBytes(file);
    Damage.cut(file, 0.5);
    compacted(afterAHole(1), 1);
    tells(FindingType.SEALED_FILE_CHANGED);
    Files.write(file, whole);
    tells(FindingType.CHAIN_HOLE);
    tells(FindingType.CHAIN_HOLE);
  }

  /** As builds left them whose rules were not yet those of this one. */
  @Test
  void aDayThatWasSealedUnderOlderRulesIsJudgedAnew() throws Exception {
    List<Candle> minutes = TestLake.minutes(STREAM, 0);
    List<Candle> twice = new ArrayList<>(minutes);
    Candle doubled = minutes.get(62);
    twice.set(
        62,
        Damage.traded(
            doubled,
            new TradeRange(11L, doubled.firstTradeId(), doubled.lastTradeId()))); // of ten ids
    compacted(twice, 0);
    Partition day = Partition.of(STREAM, TestLake.FIRST);
    Manifest manifest = lake.manifest(STREAM, 0);
    String seal = Sha256.of(day.id() + " " + manifest.rootSha256() + "\n");
    List<Check> passed =
        Arrays.stream(QaCheck.values())
            .map(check -> new Check("qa-" + check.number() + ".4", Check.Verdict.PASS, seal))
            .toList();
    Manifests.write(lake.folder(STREAM, 0), manifest.withChecks(passed));
    tells(FindingType.CHAIN_COUNT);
  }

  @Test
  void theFirstOfAFewDaysIsJoinedToTheDayBeforeThem() throws Exception {
    compacted(TestLake.minutes(STREAM, 0), 0);
    assertThat(PlainQa.run(root).totals().sealedNow()).isEqualTo(1);
    compacted(afterAHole(1), 1);
    tells(PlainQa.run(root, 1), FindingType.CHAIN_HOLE);
    tells(FindingType.CHAIN_HOLE);
    compacted(TestLake.minutes(STREAM, 1), 1);
    assertThat(PlainQa.run(root, 1).totals().sealedNow()).isEqualTo(1);
  }

  @Test
  void sealedDaysBetweenWhichADayIsLostAreLookedAt() throws Exception {
    for (int day = 0; day < 3; day++) {
      compacted(TestLake.minutes(STREAM, day), day);
    }
    tells();
    Files.move(lake.folder(STREAM, 1), root.resolve("lost"));
    tells(FindingType.GAP, FindingType.CERTIFIED_LOST);
    lake.state(STREAM, TestLake.FIRST + TestLake.DAY, 1440, IntervalState.VERIFIED_EMPTY);
    lake.commit();
    assertThat(PlainQa.run(root).findings())
        .extracting(Finding::kind)
        .containsExactly(FindingType.CERTIFIED_LOST, FindingType.CHAIN_HOLE);
  }
}
