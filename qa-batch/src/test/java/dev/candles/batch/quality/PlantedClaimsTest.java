package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.IntervalState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake that says of some days what their candles deny, each on a day of its own: each is found
 * once, nothing else.
 */
class PlantedClaimsTest {
  private static final long MINUTE = TestLake.MINUTE;
  private static final int DAYS = 6;
  private static final int AT = 62;
  private static final int SILENT = 190;

  @TempDir Path root;
  private final List<String> expected = new ArrayList<>();
  private TestLake lake;
  private int day = 1;

  @BeforeEach
  void fill() throws Exception {
    lake = new TestLake(root).fill(DAYS);
  }

  private long minute(int minute) {
    return TestLake.FIRST + day * TestLake.DAY + minute * MINUTE;
  }

  private Path file(StreamKey stream) {
    return lake.folder(stream, day).resolve("c-1.parquet");
  }

  private void expect(FindingType kind, StreamKey stream, long openTimeMs) {
    expected.add(kind + " " + stream.id() + " " + openTimeMs);
  }

  private void nothingElseIsFound() throws Exception {
    assertThat(day).as("days used").isLessThan(DAYS);
    lake.commit();
    QaReport report = PlainQa.run(root);
    assertThat(report.findings())
        .extracting(PlantedClaimsTest::line)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String line(Finding finding) {
    return finding.kind() + " " + finding.stream() + " " + finding.openTimeMs();
  }

  private void takeOut(StreamKey stream, int minute, int minutes) throws Exception {
    TestLake.drop(file(stream), minute(minute), minute(minute + minutes));
  }

  @Test
  void statesOfLargerIntervalsThatTheirMinutesDeny() throws Exception {
    StreamKey five = TestLake.KRAKEN.in(Timeframe.M5);
    TestLake.copy(
        file(five),
        lake.folder(five, day).resolve("c-9.parquet"),
        "* replace (%d::bigint as open_time_ms, 'REST' as evidence)".formatted(minute(SILENT)),
        "open_time_ms = " + minute(60));
    expect(FindingType.ROLLUP_OF_NOTHING, five, minute(SILENT)); // the venue's own over silence
    day++;
    for (IntervalState state : List.of(IntervalState.MISSING, IntervalState.UNRECOVERABLE)) {
      takeOut(five, 60, 5);
      lake.state(five, minute(60), 1, state);
      expect(FindingType.ROLLUP_DENIED, five, minute(60));
      day++;
    }
    takeOut(TestLake.OKX, 60, 5);
    lake.state(TestLake.OKX, minute(60), 4, IntervalState.VERIFIED_EMPTY);
    lake.state(TestLake.OKX, minute(64), 1, IntervalState.MISSING);
    StreamKey larger = TestLake.OKX.in(Timeframe.M5);
    takeOut(larger, 60, 5);
    lake.state(larger, minute(60), 1, IntervalState.VERIFIED_EMPTY);
    expect(FindingType.ROLLUP_DENIED, larger, minute(60));
    nothingElseIsFound();
  }

  @Test
  void candlesThatWereRebuiltByIdAndDoNotAddUp() throws Exception {
    StreamKey stream = TestLake.MINUTES;
    for (String column : List.of("trade_count", "last_trade_id")) {
      TestLake.rewrite(file(stream), "* replace ('REST_TRADES' as evidence)");
      TestLake.change(file(stream), minute(AT), "trade_count", "trade_count - 1");
      if (column.equals("last_trade_id")) { // and its id is gone as well as the trade
        TestLake.change(file(stream), minute(AT), column, column + " - 1");
      }
      boolean hole = column.equals("last_trade_id");
      expect(
          hole ? FindingType.CHAIN_HOLE : FindingType.CHAIN_COUNT,
          stream,
          minute(hole ? AT + 1 : AT));
      day++;
    }
    nothingElseIsFound();
  }

  private void claim(StreamKey stream, int minute, int count) {
    IntervalState empty = IntervalState.VERIFIED_EMPTY;
    lake.state(stream, minute(minute), count, empty, Evidence.REST_TWICE);
  }

  @Test
  void minutesThatAreCalledEmptyBecauseTwoEqualAnswersSaidNothing() throws Exception {
    takeOut(TestLake.MINUTES, AT, 1);
    claim(TestLake.MINUTES, AT, 1);
    expect(FindingType.UNPROVEN_EMPTY, TestLake.MINUTES, minute(AT)); // the claim
    expect(FindingType.CHAIN_HOLE, TestLake.MINUTES, minute(AT + 1)); // and the ids that deny it
    day++;
    takeOut(TestLake.OKX, AT, 3);
    claim(TestLake.OKX, AT, 3);
    expect(FindingType.UNPROVEN_EMPTY, TestLake.OKX, minute(AT)); // no ids tell
    day++;
    claim(TestLake.KRAKEN, SILENT, 5); // the ids prove it
    nothingElseIsFound();
  }
}
