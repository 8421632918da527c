package dev.candles.lake.coverage;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapFold;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FoldedCoverageTest {
  private static final IntervalState EMPTY = IntervalState.VERIFIED_EMPTY;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  private static FoldedCoverage blank(StreamKey stream) {
    return new FoldedCoverage(stream, new GapFold(Long.MIN_VALUE, Long.MAX_VALUE));
  }

  @Test
  void whatIsSettledCostsItsDayHoweverManyRowsSaidIt() {
    FoldedCoverage folded = blank(BTC);
    int minutes = 200_000;
    for (int i = 0; i < minutes; i += 2) {
      long from = DAY + i * MINUTE;
      folded.take(row(BTC, from, from + MINUTE, IntervalState.MISSING, 2L * i));
      folded.take(
          row(BTC, from, from + MINUTE, i % 4 == 0 ? EMPTY : IntervalState.FINAL, 2L * i + 1));
    }
    assertThat(folded.size()).isLessThanOrEqualTo(minutes / 1_440 + 1);
    assertThat(folded.isDisordered()).isFalse();
    StreamAccount account =
        folded.account(Intervals.empty(), Intervals.empty(), DAY, DAY + minutes * MINUTE);
    assertThat(account.counts().empty()).isEqualTo(minutes / 4);
    assertThat(account.counts().missing()).isZero();
  }

  @Test
  void aRangeOfAnyLengthCostsNoMoreThanAShortOne() {
    long far = Long.MAX_VALUE / MINUTE / 4 * MINUTE;
    FoldedCoverage folded = blank(BTC);
    folded.take(row(BTC, -far, far, EMPTY, 1));
    folded.take(row(BTC, DAY, DAY + MINUTE, EMPTY, 2));
    folded.take(row(BTC, DAY, DAY + DAY_MILLIS, IntervalState.MISSING, 3));
    folded.take(row(BTC, DAY, DAY + 2_000 * DAY_MILLIS, EMPTY, 4));
    assertThat(folded.size()).isLessThanOrEqualTo(4);
  }

  @Test
  void aRowThatIsNotTheNextIsNoticed() {
    FoldedCoverage folded = blank(BTC);
    folded.take(row(BTC, DAY, DAY + MINUTE, EMPTY, 7));
    folded.take(row(BTC, DAY, DAY + MINUTE, EMPTY, 7));
    assertThat(folded.isDisordered()).as("the same row twice").isFalse();
    folded.take(row(BTC, DAY, DAY + MINUTE, IntervalState.MISSING, 6));
    assertThat(folded.isDisordered()).isTrue();
  }

  private static CoverageRow random(SplittableRandom random, StreamKey stream, long seq) {
    long step = stream.timeframe().millis();
    int slots = 4 * stream.timeframe().perDay();
    int from = random.nextInt(slots);
    int length = random.nextInt(8) == 0 ? random.nextInt(1, slots) : random.nextInt(1, 9);
    IntervalState state = IntervalState.values()[random.nextInt(5)];
    int evidence = random.nextInt(Evidence.values().length + 1);
    return new CoverageRow(
        stream,
        DAY + from * step,
        DAY + Math.min(slots, from + length) * step,
        random.nextInt(3) == 0 ? EMPTY : state,
        state == IntervalState.UNRECOVERABLE
            ? Reason.values()[random.nextInt(Reason.values().length)]
            : Reason.NONE,
        evidence == 0 ? null : Evidence.values()[evidence - 1],
        seq,
        DAY + seq * 1000);
  }

  /** The oracle keeps every piece of every row. */
  @ParameterizedTest
  @MethodSource("seeds")
  void itTellsWhatIsToldByAllRows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StreamKey stream = BTC.in(seed % 3 == 0 ? Timeframe.H4 : Timeframe.M1);
    StreamCoverage whole = new StreamCoverage(stream);
    FoldedCoverage folded = blank(stream);
    int count = random.nextInt(1, 200);
    for (int seq = 1; seq <= count; seq++) {
      CoverageRow row = random(random, stream, seq);
      whole.add(row);
      folded.reach(row);
      folded.take(row);
    }
    assertThat(folded.isDisordered()).isFalse();
    assertThat(folded.overMs()).isEqualTo(whole.overMs());
    assertThat(folded.repeatedClaims()).isEqualTo(whole.repeatedClaims());
    Intervals finals = Intervals.empty();
    Intervals proven = Intervals.empty();
    for (int i = 0; i < 10; i++) {
      CoverageRow some = random(random, stream, 1);
      finals = i < 5 ? finals.union(Intervals.of(some.fromMs(), some.toMs())) : finals;
      proven = proven.union(Intervals.of(some.fromMs(), some.toMs()));
    }
    proven = proven.intersect(whole.repeatedClaims());
    long from = random.nextBoolean() ? Long.MIN_VALUE : DAY + DAY_MILLIS;
    long to = random.nextBoolean() ? Long.MAX_VALUE : DAY + 3 * DAY_MILLIS;
    mustEqual(whole.account(finals, proven, from, to), folded.account(finals, proven, from, to));
  }

  private static void mustEqual(StreamAccount expected, StreamAccount found) {
    assertThat(found.fromMs()).isEqualTo(expected.fromMs());
    assertThat(found.toMs()).isEqualTo(expected.toMs());
    for (IntervalState state : IntervalState.values()) {
      assertThat(found.in(state)).isEqualTo(expected.in(state));
    }
    assertThat(found.unknown()).isEqualTo(expected.unknown());
    assertThat(found.unproven()).isEqualTo(expected.unproven());
    assertThat(found.lacking()).isEqualTo(expected.lacking());
    for (long day = DAY; day < DAY + 4 * DAY_MILLIS; day += DAY_MILLIS) {
      assertThat(told(found.withoutCandle(day, day + DAY_MILLIS)))
          .isEqualTo(told(expected.withoutCandle(day, day + DAY_MILLIS)));
    }
  }

  private static List<Tuple> told(List<CoverageRow> rows) {
    return rows.stream()
        .map(r -> Tuple.tuple(r.fromMs(), r.toMs(), r.state(), r.evidence()))
        .toList();
  }

  /** Rows with ascending numbers, in files of any order. */
  private static RowQueue queue(SplittableRandom random, List<CoverageRow> rows) {
    List<List<CoverageRow>> files = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      files.add(new ArrayList<>());
    }
    for (int seq = 1; seq <= 100; seq++) {
      CoverageRow row = random(random, BTC, seq);
      rows.add(row);
      List<CoverageRow> file = files.get(random.nextInt(5));
      file.add(random.nextInt(file.size() + 1), row);
    }
    RowQueue queue = new RowQueue(BTC);
    files.forEach(queue::add);
    return queue;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void rowsLeaveTheQueueByTheirNumbers(long seed) {
    List<CoverageRow> rows = new ArrayList<>();
    RowQueue queue = queue(new SplittableRandom(seed), rows);
    List<CoverageRow> drained = new ArrayList<>();
    queue.drain(40, drained::add);
    assertThat(drained).isEqualTo(rows.subList(0, 39));
    assertThat(queue.size()).isEqualTo(61);
    queue.drain(Long.MAX_VALUE, drained::add);
    assertThat(drained).isEqualTo(rows);
    assertThat(queue.size()).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aQueueThatIsCutKeepsTheLowestNumbers(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<CoverageRow> rows = new ArrayList<>();
    RowQueue queue = queue(random, rows);
    int gone = random.nextInt(97);
    List<CoverageRow> drained = new ArrayList<>();
    queue.drain(gone + 1, drained::add);
    long from = queue.cut();
    int left = 100 - gone;
    assertThat(from).isEqualTo(gone + 1 + left * 3 / 4);
    assertThat(queue.size()).isEqualTo(left * 3 / 4);
    queue.drain(Long.MAX_VALUE, drained::add);
    assertThat(drained).isEqualTo(rows.subList(0, (int) from - 1));
  }

  @Test
  void rowsOfTheLowestNumberAreNeverCut() {
    RowQueue queue = new RowQueue(BTC);
    assertThat(queue.cut()).isEqualTo(Long.MAX_VALUE);
    for (int i = 0; i < 5; i++) {
      queue.add(List.of(row(BTC, DAY, DAY + MINUTE, EMPTY, 7)));
    }
    assertThat(queue.cut()).isEqualTo(Long.MAX_VALUE);
    queue.add(List.of(row(BTC, DAY, DAY + MINUTE, EMPTY, Long.MAX_VALUE)));
    assertThat(queue.cut()).as("what is gone from there on is all").isEqualTo(Long.MAX_VALUE);
    assertThat(queue.size()).isEqualTo(6);
    queue.add(List.of(row(BTC, DAY, DAY + MINUTE, EMPTY, 8)));
    assertThat(queue.cut()).isEqualTo(8);
    assertThat(queue.size()).isEqualTo(5);
  }
}
