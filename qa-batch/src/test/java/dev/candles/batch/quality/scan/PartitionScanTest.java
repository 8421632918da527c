package dev.candles.batch.quality.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.SmallLake;
import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.scan.PartitionReport.Standing;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.partition.Intent;
import dev.candles.lake.partition.Intents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the files of a partition is a finding. */
class PartitionScanTest {
  private static final StreamKey STREAM = new StreamKey("okx", "BTC-USDT", Timeframe.M1);

  @TempDir Path root;
  private LakeLayout layout;
  private final Partition partition = Partition.of(STREAM, SmallLake.DAY);
  private Path file;

  @BeforeEach
  void oneSealedCandle() throws IOException {
    layout = new LakeLayout(root);
    file = new SmallLake(root).commit(SmallLake.candle(STREAM, SmallLake.DAY));
    Intervals first = Intervals.of(SmallLake.DAY, SmallLake.DAY + 60_000);
    String name = String.valueOf(file.getFileName());
    SealedFile sealed = new SealedFile(name, Files.size(file), 1, Sha256.of(file));
    Manifest manifest =
        new Manifest(
            partition,
            first,
            first,
            Intervals.empty(),
            Intervals.empty(),
            List.of(sealed),
            List.of(),
            List.of(),
            null);
    Manifests.write(layout.partition(Folder.CANDLES, partition), manifest);
  }

  @Test
  void aFolderThatCannotBeReachedIsNotTakenForOneThatIsNotThere() throws IOException {
    Path revisions = layout.partition(Folder.REVISIONS, partition);
    Files.createDirectories(revisions.resolve("..").normalize());
    Files.createSymbolicLink(revisions, revisions); // a loop
    AssetDay unit = new AssetDay(List.of(STREAM.id()), partition.date().toEpochDay());
    PartitionReport report = new AssetDayScan(root, false).scan(unit).get(0);
    assertThat(report.standing()).isEqualTo(Standing.DAMAGED);
    assertThat(report.findings()).extracting(Finding::kind).containsExactly(FindingType.UNLISTABLE);
  }

  /** A compaction takes it once; whoever always does leaves the day neither read nor whole. */
  @Test
  void aFileThatKeepsVanishingIsFound() throws IOException {
    PartitionScan scan = PartitionScan.of(layout, partition);
    Files.delete(file);
    scan.read();
    assertThat(scan.hasVanished()).isTrue();
    assertThat(scan.isDamaged()).isTrue();
    assertThat(scan.findings().kept())
        .extracting(Finding::kind)
        .containsExactly(FindingType.UNREADABLE);
  }

  /** As a file manager leaves it beside each file; DuckDB's glob finds it and fails. */
  @Test
  void aHiddenFileThatAGlobReadsIsNamed() throws IOException {
    Path day = layout.partition(Folder.CANDLES, partition);
    Files.writeString(day.resolve(".c-1.parquet.inprogress.1"), "x");
    Files.writeString(day.resolve(".part-1.parquet.tmp"), "x");
    assertThat(PartitionScan.of(layout, partition).findings().kept()).isEmpty();
    Files.writeString(day.resolve("._c-1.parquet"), "x");
    assertThat(PartitionScan.of(layout, partition).findings().kept())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.kind()).isEqualTo(FindingType.FOREIGN_FILE);
              assertThat(found.file()).endsWith("/._c-1.parquet");
            });
  }

  @Test
  void aFileThatIsNotThereHoweverOftenOneLooksIsMissing() throws IOException {
    Files.delete(file);
    AssetDay unit = new AssetDay(List.of(STREAM.id()), partition.date().toEpochDay());
    assertThat(new AssetDayScan(root, false).scan(unit).get(0).findings())
        .extracting(Finding::kind)
        .contains(FindingType.SEALED_FILE_MISSING);
  }

  @Test
  void anIntentThatCannotBeBelievedIsAFindingAndTheFilesAreStillListed() throws IOException {
    Files.writeString(layout.partition(Folder.CANDLES, partition).resolve(Intents.NAME), "{");
    PartitionScan scan = PartitionScan.of(layout, partition);
    assertThat(scan.listing().candles()).containsExactly(file);
    assertThat(scan.findings().kept())
        .extracting(Finding::kind)
        .containsExactly(FindingType.MANIFEST_UNBELIEVABLE);
    assertThat(scan.isAsSealed()).isFalse();
  }

  @Test
  void anIntentOfWhichNeitherInputsNorOutputsAreAllHereIsAFinding() throws IOException {
    SealedFile never = new SealedFile("part-0123456789abcdef.parquet", 1, 1, "0".repeat(64));
    Intents.write(
        layout.partition(Folder.CANDLES, partition),
        new Intent(partition, List.of("c-gone-0.parquet"), List.of(), never, Optional.empty()));
    PartitionScan scan = PartitionScan.of(layout, partition);
    assertThat(scan.isDamaged()).isTrue();
    assertThat(scan.listing().candles()).as("what is here is read all the same").hasSize(1);
    assertThat(scan.findings().kept())
        .extracting(Finding::kind)
        .containsExactly(FindingType.SEALED_FILE_MISSING);
  }
}
