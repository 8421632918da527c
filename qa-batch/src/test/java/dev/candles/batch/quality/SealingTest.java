package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.scan.AssetDay;
import dev.candles.batch.quality.scan.AssetDayScan;
import dev.candles.batch.quality.scan.PartitionReport;
import dev.candles.batch.quality.scan.PartitionReport.Standing;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Check;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what is over, and still what was read, is sealed. */
class SealingTest {
  private static final StreamKey STREAM = TestLake.MINUTES;
  private static final long END_MS = TestLake.FIRST + TestLake.DAY;

  @TempDir Path root;
  private TestLake lake;
  private List<PartitionReport> reports = List.of();

  @BeforeEach
  void scan() throws IOException {
    lake = new TestLake(root);
    lake.write(TestLake.minutes(STREAM, 0));
    lake.seal(STREAM, 0);
    AssetDay unit = new AssetDay(List.of(STREAM.id()), TestLake.date(0).toEpochDay());
    reports = new AssetDayScan(root, false).scan(unit);
    assertThat(reports).hasSize(1);
  }

  private long seal(long closedToMs) {
    return new Sealing(root, new Tally(), new UnverifiedBoundaries()).seal(reports, closedToMs);
  }

  private List<Check> checks() throws IOException {
    Partition partition = Partition.of(STREAM, TestLake.FIRST);
    return Manifests.read(lake.folder(partition), partition).orElseThrow().checks();
  }

  @Test
  void aDayThatIsNotOverIsNotSealed() throws IOException {
    assertThat(seal(END_MS - 1)).isZero();
    assertThat(checks()).isEmpty();
    assertThat(seal(END_MS)).isEqualTo(1);
    assertThat(checks()).hasSize(12).allMatch(check -> check.verdict() == Check.Verdict.PASS);
    assertThat(seal(END_MS)).as("it is already").isZero();
  }

  @Test
  void aDayThatWasCompactedAnewSinceItWasReadIsNotSealed() throws IOException {
    Path late = lake.folder(STREAM, 0).resolve("c-2.parquet");
    Files.delete(late);
    Manifest other = lake.manifest(STREAM, 0);
    Manifests.write(lake.folder(STREAM, 0), other);
    assertThat(seal(END_MS)).isZero();
    assertThat(checks()).isEmpty();
  }

  @Test
  void whatWasSealedBesideSomethingElseIsReadAgain() throws IOException {
    StreamKey larger = TestLake.COINBASE.in(Timeframe.M5);
    List<Candle> minutes = TestLake.minutes(TestLake.COINBASE, 0);
    lake.write(minutes);
    lake.seal(TestLake.COINBASE, 0);
    lake.write(TestLake.rollup(minutes, Timeframe.M5));
    lake.seal(larger, 0);
    AssetDay both =
        new AssetDay(List.of(TestLake.COINBASE.id(), larger.id()), TestLake.date(0).toEpochDay());
    AssetDayScan scan = new AssetDayScan(root, false);
    reports = scan.scan(both);
    assertThat(seal(END_MS)).isEqualTo(2);
    assertThat(scan.scan(both))
        .extracting(PartitionReport::standing)
        .containsExactly(Standing.SEALED, Standing.SEALED);
    Path gone = lake.folder(larger, 0);
    Files.move(gone, root.resolve("elsewhere"));
    assertThat(scan.scan(both))
        .extracting(PartitionReport::standing)
        .containsExactly(Standing.READ);
  }

  @Test
  void aDayOfWhichSomethingIsInDoubtHasNotPassed() throws IOException {
    List<Candle> minutes = new ArrayList<>(TestLake.minutes(STREAM, 0));
    Candle lacking = minutes.remove(62); // its trades are missing between two neighbours
    lake = new TestLake(root.resolve("doubtful"));
    lake.write(minutes);
    lake.seal(STREAM, 0);
    AssetDay unit = new AssetDay(List.of(STREAM.id()), TestLake.date(0).toEpochDay());
    reports = new AssetDayScan(lake.root, false).scan(unit);
    assertThat(reports.get(0).doubts()).hasSize(1);
    assertThat(reports.get(0).present().contains(lacking.openTimeMs())).isFalse();
    assertThat(
            new Sealing(lake.root, new Tally(), new UnverifiedBoundaries()).seal(reports, END_MS))
        .isZero();
    assertThat(checks())
        .filteredOn(check -> check.verdict() == Check.Verdict.FAIL)
        .extracting(Check::id)
        .containsExactly(QaCheck.TRADE_ID_CHAIN.sealId());
  }
}
