package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.BatchEnvironment;
import dev.candles.batch.compaction.CompactionJob;
import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.lake.compact.CompactionPlan;
import dev.candles.lake.compact.Outcome;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the compaction job has merged, the QA seals; from then on it only hashes it. */
class SealedByCompactionTest {
  private static final int DAYS = 2;
  private static final int STREAMS = 10;
  private static final int ALL = DAYS * STREAMS;

  /** Streams of one asset: a rollup is right only beside its minutes, so they are read together. */
  private static final int OF_AN_ASSET = 9;

  @TempDir Path root;
  private TestLake lake;

  @BeforeEach
  void sealed() throws Exception {
    lake = new TestLake(root).fill(DAYS).commit();
    assertThat(compact()).hasSize(ALL).containsOnly(Outcome.Kind.COMPACTED);
    looked(PlainQa.run(root), 0, ALL);
    looked(PlainQa.run(root), ALL, 0);
  }

  private List<Outcome.Kind> compact() throws Exception {
    List<Outcome.Kind> kinds = new ArrayList<>();
    long nowMs = TestLake.FIRST + (DAYS + 1) * TestLake.DAY;
    CompactionPlan plan =
        CompactionPlan.of(lake.layout, all -> true, CompactionPlan.Days.CLOSED, nowMs);
    CompactionJob.run(
        BatchEnvironment.create(2), root.toString(), plan, outcome -> kinds.add(outcome.kind()));
    return kinds;
  }

  /** So many partitions were hashed only, and so many were sealed that were not before. */
  private static void looked(QaReport report, int hashed, int sealed, FindingType... found) {
    assertThat(report.findings()).extracting(Finding::kind).containsExactly(found);
    assertThat(report.totals().partitions()).isEqualTo(ALL);
    assertThat(report.totals().sealed()).as("hashed only").isEqualTo(hashed);
    assertThat(report.totals().sealedNow()).as("sealed by this run").isEqualTo(sealed);
  }

  private Path merged() throws IOException {
    List<Path> files = DataFiles.in(lake.folder(TestLake.COINBASE, 1));
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  @Test
  void aByteThatFlipsInASealedFileIsFoundAndNothingElse() throws Exception {
    byte[] whole = Files.readAllBytes(merged());
    Damage.flip(merged());
    QaReport report = PlainQa.run(root);
    looked(report, ALL - OF_AN_ASSET, 0, FindingType.SEALED_FILE_CHANGED);
    assertThat(report.findings().get(0).file()).isEqualTo(root.relativize(merged()).toString());
    assertThat(report.findings().get(0).stream()).isEqualTo(TestLake.COINBASE.id());
    looked(PlainQa.run(root), ALL - OF_AN_ASSET, 0, FindingType.SEALED_FILE_CHANGED);
    Files.write(merged(), whole);
    looked(PlainQa.run(root), ALL - OF_AN_ASSET, 2); // its rollups were in doubt without it
    looked(PlainQa.run(root), ALL, 0);
  }

  @Test
  void everyByteOfASealedFileCounts() throws Exception {
    byte[] whole = Files.readAllBytes(merged());
    for (int at = 0; at < whole.length; at += whole.length / 7) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      Files.write(merged(), flipped);
      looked(PlainQa.run(root), ALL - OF_AN_ASSET, 0, FindingType.SEALED_FILE_CHANGED);
    }
  }

  @Test
  void aLateFileIsReadWithItsDayAndSealedOnceItIsCompacted() throws Exception {
    Path before = merged();
    Path late = before.resolveSibling("c-late-0.parquet");
    CandleFiles.write(late, TestLake.minutes(TestLake.COINBASE, 1).subList(10, 11));
    QaReport report = PlainQa.run(root);
    looked(report, ALL - OF_AN_ASSET, 0, FindingType.DUPLICATE);
    assertThat(report.findings().get(0).openTimeMs())
        .isEqualTo(TestLake.FIRST + TestLake.DAY + 10 * TestLake.MINUTE);

    assertThat(compact()).containsExactly(Outcome.Kind.COMPACTED);
    assertThat(merged()).as("the same rows").isEqualTo(before);
    looked(PlainQa.run(root), ALL - OF_AN_ASSET, 1);
    looked(PlainQa.run(root), ALL, 0);
  }
}
