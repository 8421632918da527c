package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.report.Certificates;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.parquet.CandleFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A minute that was lost is repaired the next day while the checks run: the collector makes the
 * larger candle some checkpoints later. What contradicts until then is told only if it stays so.
 */
class LateRepairTest {
  private static final StreamKey MINUTES = TestLake.COINBASE;
  private static final int LOST = 62;
  private static final long LOST_MS = TestLake.FIRST + LOST * TestLake.MINUTE;
  private static final long NOW = TestLake.FIRST + TestLake.DAY + 9 * 3_600_000;

  @TempDir Path root;
  private TestLake lake;
  private List<Candle> minutes = List.of();

  @BeforeEach
  void lost() throws Exception {
    lake = new TestLake(root);
    minutes = new ArrayList<>(TestLake.minutes(MINUTES, 0));
  }

  /** All but the lost one, and what was made of them. */
  private void write(Timeframe larger, IntervalState state) throws Exception {
    long windowMs = larger.floor(LOST_MS);
    List<Candle> others = new ArrayList<>(minutes);
    others.remove(LOST);
    lake.write(others);
    lake.seal(MINUTES, 0);
    lake.write(
        TestLake.rollup(minutes, larger).stream()
            .filter(c -> state == IntervalState.FINAL || c.openTimeMs() != windowMs)
            .toList());
    lake.seal(MINUTES.in(larger), 0);
    if (state != IntervalState.FINAL) {
      lake.state(MINUTES.in(larger), windowMs, 1, state);
    }
    lake.commit();
  }

  private static Candle receivedAt(Candle c, long receivedMs, int revision) {
    return new Candle(
        c.stream(),
        c.openTimeMs(),
        c.prices(),
        c.volumes(),
        c.trades(),
        new Provenance(c.evidence(), "rest", revision, receivedMs));
  }

  private static Candle higher(Candle c) {
    Candle higher = Damage.priced(c, c.open(), c.high() + 9, c.low(), c.close());
    return receivedAt(higher, c.receivedAtMs(), c.revision());
  }

  private void repaired(long receivedMs) throws Exception {
    Candle repaired = receivedAt(minutes.get(LOST), receivedMs, 0);
    CandleFiles.write(lake.folder(MINUTES, 0).resolve("c-9.parquet"), List.of(repaired));
    lake.seal(MINUTES, 0);
  }

  private void provenEmpty(long atMs) throws Exception {
    new CoverageAppender(lake.layout)
        .append(
            List.of(
                new CoverageRow(
                    MINUTES,
                    LOST_MS,
                    LOST_MS + TestLake.MINUTE,
                    IntervalState.VERIFIED_EMPTY,
                    Reason.NONE,
                    Evidence.REST,
                    1,
                    atMs)));
  }

  private void told(long nowMs, FindingType... kinds) throws Exception {
    QaReport report = PlainQa.run(root, 0, nowMs);
    assertThat(report.findings()).extracting(Finding::kind).containsExactly(kinds);
  }

  private void toldLater(Timeframe larger, FindingType kind) throws Exception {
    told(NOW);
    Partition day = Partition.of(MINUTES.in(larger), TestLake.FIRST);
    assertThat(Manifests.read(lake.folder(day), day).orElseThrow().checks()).isEmpty();
    assertThat(Certificates.file(root, MINUTES.venue(), TestLake.date(0))).doesNotExist();
    told(NOW + TestLake.DAY, kind);
  }

  @Test
  void whatWasGivenUpFollowsTheMinuteThatIsRepaired() throws Exception {
    write(Timeframe.M5, IntervalState.UNRECOVERABLE);
    repaired(NOW - TestLake.MINUTE);
    toldLater(Timeframe.M5, FindingType.ROLLUP_DENIED);
  }

  @Test
  void whatIsMissingFollowsItWhateverFindsIt() throws Exception {
    write(Timeframe.H1, IntervalState.MISSING);
    repaired(NOW - TestLake.MINUTE);
    toldLater(Timeframe.H1, FindingType.GAP);
  }

  @Test
  void whatWasEmptyFollowsTheMinuteThatHasATradeAfterAll() throws Exception {
    write(Timeframe.M5, IntervalState.VERIFIED_EMPTY);
    repaired(NOW - TestLake.MINUTE);
    told(NOW);
  }

  @Test
  void whatWasGivenUpFollowsTheMinuteThatIsProvenEmpty() throws Exception {
    write(Timeframe.M5, IntervalState.UNRECOVERABLE);
    provenEmpty(NOW - TestLake.MINUTE); // though ids are missing, which is found too
    assertThat(PlainQa.run(root, 0, NOW).findings())
        .extracting(Finding::kind)
        .doesNotContain(FindingType.ROLLUP_DENIED);
    assertThat(PlainQa.run(root, 0, NOW + TestLake.DAY).findings())
        .extracting(Finding::kind)
        .contains(FindingType.ROLLUP_DENIED);
  }

  @Test
  void aLargerCandleFollowsTheMinuteThatIsCorrected() throws Exception {
    write(Timeframe.M5, IntervalState.FINAL);
    repaired(LOST_MS + 2 * TestLake.MINUTE);
    told(NOW);
    CandleFiles.write(
        lake.revisions(MINUTES, 0).resolve("r-1.parquet"),
        List.of(receivedAt(higher(minutes.get(LOST)), NOW - TestLake.MINUTE, 1)));
    told(NOW);
    told(NOW + TestLake.DAY, FindingType.ROLLUP_DIFFERS);
  }

  @Test
  void aLargerCandleThatWasMadeOfWhatIsThereHasNothingToFollow() throws Exception {
    long receivedMs = NOW - TestLake.MINUTE; // all of it, as history is
    minutes.replaceAll(c -> receivedAt(c, receivedMs, 0));
    List<Candle> larger = TestLake.rollup(minutes, Timeframe.M5);
    larger.replaceAll(c -> c.openTimeMs() == Timeframe.M5.floor(LOST_MS) ? higher(c) : c);
    lake.write(minutes);
    lake.write(larger);
    told(NOW, FindingType.ROLLUP_DIFFERS);
  }

  @Test
  void whatWasRepairedLongAgoOrInTimeIsToldAtOnce() throws Exception {
    write(Timeframe.M5, IntervalState.UNRECOVERABLE);
    repaired(NOW - 4 * 3_600_000);
    told(NOW, FindingType.ROLLUP_DENIED);
    told(LOST_MS + TestLake.DAY, FindingType.ROLLUP_DENIED);
  }
}
