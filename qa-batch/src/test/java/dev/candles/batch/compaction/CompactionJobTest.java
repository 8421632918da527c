package dev.candles.batch.compaction;

import static dev.candles.batch.SmallLake.DAY;
import static dev.candles.batch.SmallLake.DAY_MS;
import static dev.candles.batch.SmallLake.candle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.BatchEnvironment;
import dev.candles.batch.SmallLake;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.compact.CompactionPlan;
import dev.candles.lake.compact.Outcome;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionJobTest {
  private static final StreamKey BTC = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  private static final StreamKey ETH = new StreamKey("okx", "ETH-USDT", Timeframe.M5);
  private static final long NOW = DAY + DAY_MS + 7_200_000;

  @TempDir Path root;
  private LakeLayout layout;
  private SmallLake lake;

  @BeforeEach
  void open() throws IOException {
    layout = new LakeLayout(root);
    lake = new SmallLake(root);
    for (StreamKey stream : List.of(BTC, ETH)) {
      lake.day(stream, DAY, 60, 20);
      lake.day(stream, DAY + DAY_MS, 20, 10);
    }
  }

  private CompactionPlan plan(Predicate<Partition> selection, CompactionPlan.Days days)
      throws IOException {
    return CompactionPlan.of(layout, selection, days, NOW);
  }

  private List<Outcome> run(CompactionPlan plan) throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    CompactionJob.run(BatchEnvironment.create(2), root.toString(), plan, outcomes::add);
    return outcomes;
  }

  private int files(StreamKey stream, long dayMs) throws IOException {
    return DataFiles.in(layout.partition(Folder.CANDLES, Partition.of(stream, dayMs))).size();
  }

  @Test
  void whatTravelsIsNoGenericType() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(CompactionResult.class);
  }

  @Test
  void closedDaysAreCompactedAndABadOneDoesNotStopTheOthers() throws Exception {
    Path bad = Files.createFile(lake.commit(candle(ETH, DAY)).resolveSibling("c-bad.parquet"));
    CompactionPlan plan = plan(all -> true, CompactionPlan.Days.CLOSED);
    assertThat(plan.tasks()).hasSize(2);
    assertThat(plan.open()).hasSize(2);
    List<Outcome> outcomes = run(plan);
    assertThat(outcomes)
        .extracting(Outcome::kind)
        .containsExactlyInAnyOrder(Outcome.Kind.COMPACTED, Outcome.Kind.REFUSED);
    assertThat(outcomes.stream().filter(o -> o.kind() == Outcome.Kind.COMPACTED).findFirst())
        .hasValueSatisfying(done -> assertThat(done.files()).isEqualTo(20));
    assertThat(files(BTC, DAY)).isEqualTo(1);
    assertThat(files(BTC, DAY + DAY_MS)).as("today").isEqualTo(10);
    Files.delete(bad);

    assertThat(run(plan(all -> true, CompactionPlan.Days.ALL))).hasSize(3);
    CompactionPlan again = plan(all -> true, CompactionPlan.Days.ALL);
    assertThat(again.tasks()).isEmpty();
    assertThat(again.unchanged()).isEqualTo(4);
    assertThat(run(again)).isEmpty();
  }

  @Test
  void aDayOfWhichAGapIsBeingRetriedIsNotClosed() throws IOException {
    lake.missing(BTC, DAY + 3_600_000, DAY + 3_660_000);
    lake.missing(ETH, DAY, DAY + 300_000); // has its candle by now
    CompactionPlan plan = plan(all -> true, CompactionPlan.Days.CLOSED);
    assertThat(plan.open()).contains(Partition.of(BTC, DAY)).doesNotContain(Partition.of(ETH, DAY));
    assertThat(plan(all -> true, CompactionPlan.Days.ALL).tasks()).hasSize(4);
  }

  @Test
  void onlyWhatWasSelectedIsPlannedAndForeignFoldersAreNamed() throws IOException {
    Path strange = Files.createDirectories(layout.folder(Folder.CANDLES).resolve("backup"));
    CompactionPlan plan =
        plan(day -> day.stream().venue().equals("okx"), CompactionPlan.Days.CLOSED);
    assertThat(plan.tasks()).hasSize(1);
    assertThat(plan.open()).hasSize(1);
    assertThat(plan.foreign()).containsExactly(strange);
  }
}
