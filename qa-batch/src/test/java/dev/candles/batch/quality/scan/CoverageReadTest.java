package dev.candles.batch.quality.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.report.ToldGaps;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapHistory;
import dev.candles.core.coverage.GapSummary;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.view.LakeAccounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageReadTest {
  private static final StreamKey ETH = new StreamKey("kraken", "ETH-USD", Timeframe.M1);
  private static final StreamKey BTC = new StreamKey("kraken", "BTC-USD", Timeframe.M1);
  private static final long MINUTE = 60_000;
  private static final long DAY = 1_440 * MINUTE;
  private static final long START = 20_454 * DAY;
  private static final int DAYS = 6;

  @TempDir private Path root;
  private final List<CoverageRow> rows = new ArrayList<>();

  /**
   * Every third minute is missing and ends: of two in turn one has a candle, the other is empty.
   *
   * @param aheadMs by how much its clock is ahead of the time that it writes down as its own
   */
  private void thin(StreamKey stream, int days, long aheadMs) {
    long seq = 0;
    for (long open = START; open < START + days * DAY; open += 3 * MINUTE) {
      long atMs = open + 66_000 + aheadMs;
      IntervalState end =
          open % (6 * MINUTE) == 0 ? IntervalState.VERIFIED_EMPTY : IntervalState.FINAL;
      add(stream, open, IntervalState.MISSING, Reason.NOT_CLOSED, ++seq, atMs);
      add(stream, open, end, Reason.NONE, ++seq, atMs + 30_000);
    }
  }

  private void add(
      StreamKey stream, long open, IntervalState state, Reason reason, long seq, long atMs) {
    Evidence proof = state == IntervalState.MISSING ? null : Evidence.REST;
    rows.add(new CoverageRow(stream, open, open + MINUTE, state, reason, proof, seq, atMs));
  }

  @BeforeEach
  void aThinMarket() {
    thin(BTC, DAYS, 0);
  }

  private CoverageRead read() {
    return new CoverageRead(root, stream -> true, Long.MIN_VALUE);
  }

  private StreamAccount account(StreamKey stream, long toMs) throws IOException {
    return new LakeAccounts(root).read(stream::equals, Long.MIN_VALUE, toMs).get(0);
  }

  /** The oracle keeps all rows. */
  private void mustTellAll(CoverageRead read, StreamKey stream, long toMs) throws IOException {
    StreamAccount expected = account(stream, toMs);
    StreamAccount found = read.account(stream, Intervals.empty(), Long.MIN_VALUE, toMs);
    for (IntervalState state : IntervalState.values()) {
      assertThat(found.in(state)).isEqualTo(expected.in(state));
    }
    assertThat(found.lacking()).isEqualTo(expected.lacking());
    List<CoverageRow> its = rows.stream().filter(row -> row.stream().equals(stream)).toList();
    GapSummary all = ToldGaps.of(GapHistory.of(expected, its));
    GapSummary told = read.gaps(found);
    assertThat(told.told()).isEqualTo(all.told());
    assertThat(told.leftOut()).isEqualTo(all.leftOut()).isPositive();
    assertThat(told.repaired().onDay(START)).isEqualTo(all.repaired().onDay(START)).isPositive();
  }

  @Test
  void itTellsWhatAllRowsTell() throws IOException {
    new CoverageAppender(new LakeLayout(root)).append(rows);
    mustTellAll(read(), BTC, Long.MAX_VALUE);
  }

  /** Between the two rows of the third day's last gap the clock was set back by three days. */
  @Test
  void numbersThatGoBackAreReadInTheirOrder() throws IOException {
    thin(ETH, DAYS, 0);
    for (int i = 0; i < rows.size(); i++) {
      CoverageRow row = rows.get(i);
      long wrongMs = row.stream().equals(ETH) && row.seq() >= 3 * 2 * 480 ? -3 * DAY : 0;
      rows.set(
          i,
          new CoverageRow(
              row.stream(),
              row.fromMs(),
              row.toMs(),
              row.state(),
              row.reason(),
              row.evidence(),
              row.seq(),
              row.atMs() + wrongMs));
    }
    new CoverageAppender(new LakeLayout(root)).append(rows);
    CoverageRead read = read();
    mustTellAll(read, ETH, Long.MAX_VALUE);
    mustTellAll(read, BTC, Long.MAX_VALUE);
  }

  /** Gaps that were folded because they are old, in a stream of which less is judged. */
  @Test
  void gapsAfterWhatIsJudgedAreNotTold() throws IOException {
    new CoverageAppender(new LakeLayout(root)).append(rows);
    mustTellAll(read(), BTC, START + 2 * DAY + 31 * MINUTE);
  }

  @Test
  void gapsBeforeWhatIsJudgedAreNotTold() throws IOException {
    new CoverageAppender(new LakeLayout(root)).append(rows);
    long fromMs = START + 2 * DAY;
    CoverageRead read = new CoverageRead(root, stream -> true, fromMs);
    StreamAccount judged = read.account(BTC, Intervals.empty(), fromMs, START + DAYS * DAY);
    GapSummary all = ToldGaps.of(GapHistory.of(judged, rows));
    assertThat(read.gaps(judged).leftOut()).isEqualTo(all.leftOut()).isPositive();
  }

  @Test
  void aFileThatIsNoGoodIsFoundOnceAndTheRestIsBelieved() throws IOException {
    LakeLayout layout = new LakeLayout(root);
    new CoverageAppender(layout).append(rows);
    Path day = layout.day(Folder.COVERAGE, LocalDate.ofEpochDay(START / DAY));
    Files.writeString(day.resolve("c-0.parquet"), "no Parquet");
    CoverageRead read = read();
    mustTellAll(read, BTC, START + 2 * DAY);
    assertThat(read.findings().kept())
        .singleElement()
        .matches(found -> found.file().endsWith("c-0.parquet"));
  }
}
