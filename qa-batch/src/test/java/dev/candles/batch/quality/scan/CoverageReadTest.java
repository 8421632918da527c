package dev.candles.batch.quality.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.ThinLake;
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
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    rows.replaceAll(
        row -> {
          boolean wrong = row.stream().equals(ETH) && row.seq() >= 3 * 2 * 480;
          return ThinLake.at(row, row.atMs() + (wrong ? -3 * DAY : 0));
        });
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
    CoverageRead read = new CoverageRead(root, stream -> true, Long.MIN_VALUE, 500);
    mustTellAll(read, BTC, START + 2 * DAY);
    assertThat(read.findings().kept())
        .singleElement()
        .matches(found -> found.file().endsWith("c-0.parquet"));
  }

  /** Files have names that say nothing of the order of their rows. */
  private void write(int rowsPerFile) throws IOException {
    for (int from = 0; from < rows.size(); from += rowsPerFile) {
      new CoverageAppender(new LakeLayout(root))
          .append(rows.subList(from, Math.min(rows.size(), from + rowsPerFile)));
    }
  }

  /** All that is missing and found was noted on one day, as of a history that is filled. */
  private void filledOnOneDay() {
    rows.sort(Comparator.comparingLong(CoverageRow::seq));
    rows.replaceAll(row -> ThinLake.at(row, START + 1_000 * DAY + row.seq() * 50));
  }

  @Test
  void ofADayOnWhichYearsWereFilledOnlySoManyRowsWait() throws IOException {
    thin(ETH, DAYS, 0);
    filledOnOneDay();
    write(200);
    CoverageRead read = new CoverageRead(root, stream -> true, Long.MIN_VALUE, 1_000);
    assertThat(read.waited()).isBetween(900, 1_000 + 200);
    mustTellAll(read, BTC, Long.MAX_VALUE);
    mustTellAll(read, ETH, START + 2 * DAY + 31 * MINUTE);
    assertThat(read.waited()).isLessThanOrEqualTo(1_000 + 200);
  }

  /** In the second hour its clock was a year ahead, so that all later days wait for that folder. */
  @Test
  void ofAStreamWhoseClockWasAheadOnlySoManyRowsWait() throws IOException {
    thin(ETH, DAYS, 0);
    rows.replaceAll(
        row -> {
          boolean wrong = row.stream().equals(ETH) && row.seq() > 40 && row.seq() <= 80;
          return ThinLake.at(row, row.atMs() + (wrong ? 365 * DAY : 0));
        });
    write(200);
    CoverageRead read = new CoverageRead(root, stream -> true, Long.MIN_VALUE, 3_000);
    assertThat(read.waited()).isBetween(2_900, 3_000 + 200);
    mustTellAll(read, BTC, Long.MAX_VALUE);
    mustTellAll(read, ETH, Long.MAX_VALUE);
  }

  /** What the daily checks have memory for. */
  @Test
  void ofYearsThatWereFilledNoMoreRowsWaitThanThereIsRoomFor() throws IOException {
    rows.clear();
    thin(BTC, 320, 0);
    filledOnOneDay();
    write(20_000);
    CoverageRead read = read();
    assertThat(rows.size()).isGreaterThan(300_000);
    assertThat(read.waited()).isLessThanOrEqualTo(270_000);
    mustTellAll(read, BTC, Long.MAX_VALUE);
  }

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  /** Whatever the clock said, and however the rows are spread over files. */
  @ParameterizedTest
  @MethodSource("seeds")
  void howeverFewRowsMayWaitTheSameIsTold(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    rows.clear();
    thin(BTC, 1, 0);
    thin(ETH, 1, 0);
    rows.removeIf(row -> row.seq() > 300);
    for (CoverageRow row : List.copyOf(rows)) {
      if (random.nextInt(20) == 0) {
        add(row.stream(), row.fromMs(), IntervalState.THROUGH, Reason.NONE, row.seq(), row.atMs());
      }
    }
    for (StreamKey stream : List.of(BTC, ETH)) { // alone on its day
      long atMs = START + 9 * DAY;
      add(stream, START + 20 * 60 * MINUTE, IntervalState.THROUGH, Reason.NONE, 301, atMs);
    }
    rows.sort(Comparator.comparingLong(CoverageRow::seq));
    int files = random.nextInt(1, 12);
    List<List<CoverageRow>> spread = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      spread.add(new ArrayList<>());
    }
    long wrongMs = 0;
    for (CoverageRow row : rows) {
      if (random.nextInt(60) == 0) {
        wrongMs = (random.nextInt(5) - 2) * DAY;
      }
      spread.get(random.nextInt(files)).add(ThinLake.at(row, row.atMs() + wrongMs));
    }
    for (List<CoverageRow> file : spread) {
      new CoverageAppender(new LakeLayout(root)).append(file);
    }
    CoverageRead all = new CoverageRead(root, s -> true, Long.MIN_VALUE, Integer.MAX_VALUE);
    CoverageRead few = new CoverageRead(root, s -> true, Long.MIN_VALUE, random.nextInt(2, 400));
    for (StreamKey stream : List.of(BTC, ETH)) {
      long toMs = random.nextBoolean() ? Long.MAX_VALUE : START + 5 * 60 * MINUTE;
      mustTellTheSame(few, all, stream, toMs);
    }
  }

  private void mustTellTheSame(CoverageRead few, CoverageRead all, StreamKey stream, long toMs)
      throws IOException {
    StreamAccount expected = account(stream, toMs);
    assertThat(few.of(stream).isDisordered()).isFalse();
    assertThat(few.of(stream).overMs()).isEqualTo(all.of(stream).overMs());
    StreamAccount account = few.account(stream, Intervals.empty(), Long.MIN_VALUE, toMs);
    assertThat(account.fromMs()).isEqualTo(expected.fromMs());
    assertThat(account.toMs()).isEqualTo(expected.toMs());
    for (IntervalState state : IntervalState.values()) {
      assertThat(account.in(state)).isEqualTo(expected.in(state));
    }
    GapSummary told = few.gaps(account);
    GapSummary same = all.gaps(all.account(stream, Intervals.empty(), Long.MIN_VALUE, toMs));
    assertThat(told.told()).isEqualTo(same.told()).isNotEmpty();
    assertThat(told.leftOut()).isEqualTo(same.leftOut());
    assertThat(told.repaired().onDay(START)).isEqualTo(same.repaired().onDay(START)).isPositive();
  }
}
