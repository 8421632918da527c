package dev.candles.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.Announcement;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.rollup.Rollup;
import dev.candles.core.time.Retention;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The protocol around {@link dev.candles.core.finality.Arbiter}. */
class LedgerTest {
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;
  private static final int MINUTES = 2_000; // two days are touched
  private static final long VERSIONS = Retention.COLLECTOR.versionsMs();

  private final Told told = new Told();
  private final Map<Long, Candle> lake = new HashMap<>();
  private final LedgerStore store = LedgerStore.inMemory();
  private Ledger ledger = newLedger();
  private long nowMs = T0;
  private int looks;

  private Ledger newLedger() {
    return new Ledger(store, this::look, Retention.COLLECTOR);
  }

  private List<Candle> look(StreamKey stream, long fromMs, long toMs) {
    looks++;
    return Optional.ofNullable(lake.get(fromMs)).stream().toList();
  }

  /** Everything that the ledger says. */
  private static final class Told implements LedgerOutput {
    final List<Candle> written = new ArrayList<>();
    final List<Candle> revised = new ArrayList<>();
    final List<AcceptedEvent> accepted = new ArrayList<>();
    final List<CoverageRow> rows = new ArrayList<>();
    final List<Candle> repeated = new ArrayList<>();
    final List<Candle> confirmed = new ArrayList<>();
    final List<Candle> disagreed = new ArrayList<>();

    @Override
    public void written(Candle candle) {
      written.add(candle);
    }

    @Override
    public void revised(Candle candle) {
      revised.add(candle);
    }

    @Override
    public void accepted(AcceptedEvent event) {
      accepted.add(event);
    }

    @Override
    public void coverage(CoverageRow row) {
      rows.add(row);
    }

    @Override
    public void repeated(Candle candle) {
      repeated.add(candle);
    }

    @Override
    public void confirmed(Candle candle) {
      confirmed.add(candle);
    }

    @Override
    public void disagreed(Candle candle) {
      disagreed.add(candle);
    }
  }

  /** What the lake would hold of what was said. */
  private static final class Folded {
    final Map<Long, IntervalState> states = new TreeMap<>();
    final Map<Long, Integer> missingRows = new HashMap<>();
    int written;
    long seq;
    long accountedToMs = T0;

    void take(Told told) {
      for (; written < told.written.size(); written++) {
        Candle candle = told.written.get(written);
        assertThat(states.put(candle.openTimeMs(), IntervalState.FINAL))
            .as("written once: %s", candle)
            .isNotEqualTo(IntervalState.FINAL);
      }
      told.rows.forEach(this::row);
      told.rows.clear();
    }

    private void row(CoverageRow row) {
      assertThat(row.seq()).as("rows count up").isEqualTo(++seq);
      if (row.state() == IntervalState.THROUGH) {
        assertThat(row.fromMs()).as("goes on where it was").isEqualTo(accountedToMs);
        accountedToMs = row.toMs();
      }
      for (long open = row.fromMs(); open < row.toMs(); open += MINUTE) {
        IntervalState before = states.get(open);
        switch (row.state()) {
          case MISSING -> {
            assertThat(before).as("missing: %d", open).isNull();
            assertThat(missingRows.merge(open, 1, Integer::sum)).as("told once").isEqualTo(1);
          }
          case FINAL -> {
            assertThat(before).as("filled: %d", open).isEqualTo(IntervalState.FINAL);
            assertThat(missingRows.remove(open)).as("was told missing: %d", open).isNotNull();
          }
          case VERIFIED_EMPTY -> {
            assertThat(before).as("empty: %d", open).isNotEqualTo(IntervalState.FINAL);
            states.put(open, row.state());
            missingRows.remove(open);
          }
          case UNRECOVERABLE -> {
            assertThat(before).as("given up: %d", open).isNull();
            states.put(open, row.state());
            missingRows.remove(open);
          }
          case THROUGH -> assertThat(before).as("accounted for: %d", open).isNotNull();
        }
      }
    }
  }

  /** Candles, gaps, repairs and silences in any order, repeated, parked; hours; restarts. */
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void eachIntervalIsWrittenOnceAndEachChangeToldOnce(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Folded folded = new Folded();
    announce(T0, T0, Intervals.empty(), List.of());
    for (int i = 0; i < 300; i++) {
      int minute = random.nextInt(MINUTES);
      long from = T0 + minute * MINUTE;
      long to = Math.min(T0 + MINUTES * MINUTE, from + random.nextInt(1, 90) * MINUTE);
      nowMs += random.nextInt(60) * MINUTE;
      switch (random.nextInt(8)) {
        case 0 -> take(new LedgerEvent.Missing(Candles.STREAM, from, to, Reason.SKIPPED));
        case 1 -> take(new LedgerEvent.Filled(Candles.STREAM, from, to, Evidence.REST));
        case 2 -> take(new LedgerEvent.Empty(Candles.STREAM, from, to, Evidence.TRADE_CHAIN));
        case 3 -> take(new LedgerEvent.Unrecoverable(Candles.STREAM, from, to, Reason.NO_PROOF));
        case 4 -> ledger.onHour(Candles.STREAM, nowMs, nowMs, told);
        case 5 -> restart(random, folded);
        default -> {
          for (long open = from; open < to; open += MINUTE) {
            take(new LedgerEvent.Final(Candles.minute((int) ((open - T0) / MINUTE))));
          }
        }
      }
      folded.take(told);
    }
    assertThat(told.revised).as("no candle ever differed").isEmpty();
    assertThat(told.disagreed).isEmpty();
  }

  /** A process with the state of the one before; the lake is announced somewhat later. */
  private void restart(SplittableRandom random, Folded folded) {
    folded.take(told);
    ledger = newLedger();
    int before = told.written.size();
    assertThat(ledger.onHour(Candles.STREAM, nowMs, nowMs, told))
        .as("an hour before the lake")
        .isFalse();
    take(new LedgerEvent.Final(Candles.minute(random.nextInt(MINUTES))));
    assertThat(told.written).as("parked").hasSize(before);
    long toMs = T0 + random.nextInt(MINUTES) * MINUTE;
    long[] opens =
        folded.states.entrySet().stream()
            .filter(entry -> entry.getValue() == IntervalState.FINAL && entry.getKey() < toMs)
            .mapToLong(Map.Entry::getKey)
            .toArray();
    folded
        .states
        .entrySet()
        .removeIf(e -> e.getKey() < toMs && e.getValue() != IntervalState.FINAL);
    announce(T0, toMs, Intervals.ofOpenTimes(opens, MINUTE), List.of());
    folded.accountedToMs = T0;
  }

  @Test
  void whatTheLakeHoldsWinsOverWhatWasRemembered() {
    announce(T0, T0, Intervals.empty(), List.of());
    take(new LedgerEvent.Final(Candles.minute(0)));
    take(new LedgerEvent.Final(Candles.minute(1)));
    announce(T0, T0 + 10 * MINUTE, Intervals.of(T0 + MINUTE, T0 + 3 * MINUTE), List.of());
    for (int i = 0; i < 4; i++) {
      take(new LedgerEvent.Final(Candles.minute(i)));
    }
    assertThat(told.written)
        .extracting(Candle::openTimeMs)
        .as("the first was lost, the third was never told")
        .containsExactly(T0, T0 + MINUTE, T0, T0 + 3 * MINUTE);
  }

  /** As after a start without state whose history begins later than what was collected once. */
  @Test
  void whatTheLakeHoldsBeforeTheAnnouncedRangeIsNotWrittenAgain() {
    lake.put(T0, candle(100, Evidence.VENUE_FLAG));
    announce(T0 + 5 * MINUTE, T0 + 10 * MINUTE, Intervals.empty(), List.of());
    take(new LedgerEvent.Empty(Candles.STREAM, T0, T0 + MINUTE, Evidence.TRADE_CHAIN));
    take(new LedgerEvent.Final(candle(100, Evidence.VENUE_FLAG)));
    take(new LedgerEvent.Final(candle(101, Evidence.REST_TWICE)));
    take(new LedgerEvent.Final(Candles.minute(1)));
    take(new LedgerEvent.Final(Candles.minute(6)));
    assertThat(told.rows).as("it is not empty").isEmpty();
    assertThat(told.repeated).hasSize(1);
    assertThat(told.revised).containsExactly(candle(101, Evidence.REST_TWICE).withRevision(1));
    assertThat(told.written)
        .extracting(Candle::openTimeMs)
        .as("the lake does not have the second, and was asked about the others")
        .containsExactly(T0 + MINUTE, T0 + 6 * MINUTE);
    assertThat(looks).as("once for each interval before the range").isEqualTo(2);
  }

  @Test
  void aDifferingVersionIsRevisedConfirmedRepeatedOrDoubtedByItsEvidence() {
    announce(T0, T0, Intervals.empty(), List.of());
    take(new LedgerEvent.Final(candle(100, Evidence.VENUE_FLAG)));
    take(new LedgerEvent.Final(candle(100, Evidence.VENUE_FLAG)));
    take(new LedgerEvent.Final(candle(101, Evidence.REST)));
    take(new LedgerEvent.Final(candle(101, Evidence.REST_TWICE)));
    take(new LedgerEvent.Final(candle(101, Evidence.REST_TWICE)));
    assertThat(told.written).hasSize(1);
    assertThat(told.repeated).hasSize(1);
    assertThat(told.disagreed).containsExactly(candle(101, Evidence.REST));
    assertThat(told.revised).containsExactly(candle(101, Evidence.REST_TWICE).withRevision(1));
    assertThat(told.confirmed).hasSize(1);
    assertThat(told.accepted)
        .extracting(Object::getClass)
        .containsExactly(LedgerEvent.Final.class, AcceptedEvent.Changed.class);
    assertThat(looks).as("all of it was remembered").isZero();
  }

  @Test
  void aVersionIsForgottenAfterThreeDaysAndThenTheLakeIsAskedByWhatMayCorrectIt() {
    announce(T0, T0, Intervals.empty(), List.of());
    take(new LedgerEvent.Final(candle(100, Evidence.VENUE_FLAG)));
    nowMs = T0 + VERSIONS;
    ledger.onHour(Candles.STREAM, nowMs, nowMs, told);
    take(new LedgerEvent.Final(candle(101, Evidence.VENUE_FLAG)));
    assertThat(told.disagreed).as("still remembered").hasSize(1);
    nowMs++;
    ledger.onHour(Candles.STREAM, nowMs, nowMs, told);
    take(new LedgerEvent.Final(candle(101, Evidence.VENUE_FLAG)));
    assertThat(told.repeated).as("an older repeat counts as a duplicate").hasSize(1);
    lake.put(T0, candle(100, Evidence.VENUE_FLAG).withRevision(4));
    take(new LedgerEvent.Final(candle(102, Evidence.REST_TWICE)));
    take(new LedgerEvent.Final(candle(102, Evidence.REST_TWICE)));
    assertThat(told.revised).containsExactly(candle(102, Evidence.REST_TWICE).withRevision(5));
    assertThat(looks).as("once").isEqualTo(1);
  }

  @Test
  void anHourThatIsToldLateForgetsNoMoreThanInTime() {
    announce(T0, T0, Intervals.empty(), List.of());
    take(new LedgerEvent.Final(candle(100, Evidence.VENUE_FLAG)));
    nowMs = T0 + 2 * VERSIONS;
    ledger.onHour(Candles.STREAM, T0 + VERSIONS, nowMs, told);
    take(new LedgerEvent.Final(candle(101, Evidence.VENUE_FLAG)));
    assertThat(told.disagreed).hasSize(1);
    assertThat(told.rows).singleElement().extracting(CoverageRow::atMs).isEqualTo(nowMs);
  }

  @Test
  void anOldVersionThatWasAnnouncedIsKept() {
    nowMs = T0 + 10 * VERSIONS;
    Intervals held = Intervals.of(T0, T0 + MINUTE);
    announce(T0, nowMs, held, List.of(candle(100, Evidence.ROLLUP)));
    ledger.onHour(Candles.STREAM, nowMs, nowMs, told);
    take(new LedgerEvent.Final(candle(101, Evidence.ROLLUP)));
    assertThat(told.revised).hasSize(1);
    assertThat(looks).isZero();
  }

  @Test
  void aLargerStreamsCandleClosesItsMissingRowByItself() {
    StreamKey larger = Candles.STREAM.in(Timeframe.M5);
    Announcement nothing = Announcement.ofNothing(T0, "BTC-USDT", Evidence.VENUE_FLAG);
    take(new LedgerEvent.Announced(larger, nothing));
    take(new LedgerEvent.Missing(larger, T0, T0 + 5 * MINUTE, Reason.BASE));
    take(new LedgerEvent.Final(flat(larger)));
    assertThat(told.rows)
        .extracting(CoverageRow::state, CoverageRow::fromMs, CoverageRow::toMs)
        .containsExactly(
            tuple(IntervalState.MISSING, T0, T0 + 5 * MINUTE),
            tuple(IntervalState.FINAL, T0, T0 + 5 * MINUTE));
  }

  @Test
  void aFlatRowIsARowOfCoverageAndNoCandleHoweverOftenItComes() {
    announce(T0, T0, Intervals.empty(), List.of());
    for (Evidence evidence : List.of(Evidence.VENUE_FLAG, Evidence.REST, Evidence.REST_TWICE)) {
      take(new LedgerEvent.Final(Candles.flat(T0, 100, evidence)));
    }
    take(new LedgerEvent.Empty(Candles.STREAM, T0, T0 + MINUTE, Evidence.REST));
    assertThat(told.written).isEmpty();
    assertThat(told.revised).isEmpty();
    assertThat(told.rows)
        .extracting(CoverageRow::state, CoverageRow::evidence, CoverageRow::fromMs)
        .containsExactly(tuple(IntervalState.VERIFIED_EMPTY, Evidence.VENUE_FLAG, T0));
    assertThat(told.accepted)
        .containsExactly(
            new LedgerEvent.Empty(Candles.STREAM, T0, T0 + MINUTE, Evidence.VENUE_FLAG));
    assertThat(told.repeated).hasSize(1);
    assertThat(told.confirmed).hasSize(1);
  }

  @Test
  void aFlatRowEndsWhatWasMissingOrGivenUp() {
    announce(T0, T0, Intervals.empty(), List.of());
    take(new LedgerEvent.Missing(Candles.STREAM, T0, T0 + 2 * MINUTE, Reason.NOT_CLOSED));
    take(
        new LedgerEvent.Unrecoverable(
            Candles.STREAM, T0 + MINUTE, T0 + 2 * MINUTE, Reason.NO_PROOF));
    take(new LedgerEvent.Final(Candles.flat(T0, 100, Evidence.VENUE_FLAG)));
    take(new LedgerEvent.Final(Candles.flat(T0 + MINUTE, 100, Evidence.REST_TWICE)));
    assertThat(told.rows.subList(2, 4))
        .extracting(CoverageRow::state, CoverageRow::evidence, CoverageRow::fromMs)
        .containsExactly(
            tuple(IntervalState.VERIFIED_EMPTY, Evidence.VENUE_FLAG, T0),
            tuple(IntervalState.VERIFIED_EMPTY, Evidence.REST, T0 + MINUTE));
    assertThat(store.missingIntervals().isEmpty()).isTrue();
  }

  @Test
  void aCandleOfAnEmptyIntervalIsItsFirstVersionAndTheIntervalIsEmptyNoMore() {
    announce(T0, T0, Intervals.empty(), List.of());
    take(new LedgerEvent.Final(Candles.flat(T0, 100, Evidence.VENUE_FLAG)));
    Candle traded = candle(101, Evidence.REST_TWICE);
    take(new LedgerEvent.Final(traded));
    take(new LedgerEvent.Final(Candles.flat(T0, 100, Evidence.VENUE_FLAG)));
    take(new LedgerEvent.Empty(Candles.STREAM, T0, T0 + MINUTE, Evidence.REST));
    assertThat(told.written).containsExactly(traded);
    assertThat(told.revised).isEmpty();
    assertThat(told.accepted).endsWith(new AcceptedEvent.Changed(traded));
    assertThat(told.rows).hasSize(1);
    assertThat(told.disagreed).as("it is not withdrawn").hasSize(1);
    assertThat(new StreamCoverage(Candles.STREAM, store).of(T0)).isEqualTo(IntervalState.FINAL);
  }

  /** Whichever came first, the venue's closing word outranks one row of REST. */
  @Test
  void aFlatRowAndACandleOfOneIntervalAreRankedByEvidenceAndNotByArrival() {
    announce(T0, T0, Intervals.empty(), List.of());
    Candle rest = candle(101, Evidence.REST);
    take(new LedgerEvent.Final(Candles.flat(T0, 100, Evidence.VENUE_FLAG)));
    take(new LedgerEvent.Final(rest));
    assertThat(told.written).isEmpty();
    assertThat(told.disagreed).containsExactly(rest);
    Candle twice = candle(101, Evidence.REST_TWICE);
    take(new LedgerEvent.Final(twice));
    assertThat(told.written).containsExactly(twice);
  }

  @Test
  void whatIdsProveSilentOnlyTradesOverturn() {
    announce(T0, T0, Intervals.empty(), List.of());
    take(new LedgerEvent.Empty(Candles.STREAM, T0, T0 + MINUTE, Evidence.TRADE_CHAIN));
    take(new LedgerEvent.Final(candle(101, Evidence.REST)));
    take(new LedgerEvent.Final(candle(101, Evidence.REST_TWICE)));
    assertThat(told.written).isEmpty();
    assertThat(told.disagreed).hasSize(2);
    Candle late = candle(101, Evidence.REST_TRADES);
    take(new LedgerEvent.Final(late));
    assertThat(told.written).containsExactly(late);
  }

  /** Lakes of before December 2026 hold flat rows as candles: they stay as they are. */
  @Test
  void nothingIsWrittenBesideTheFlatRowsOfAnOlderLake() {
    Candle held = Candles.flat(T0, 100, Evidence.VENUE_FLAG);
    Candle old = Candles.flat(T0 - VERSIONS, 100, Evidence.VENUE_FLAG);
    lake.put(old.openTimeMs(), old);
    announce(
        old.openTimeMs(), T0 + MINUTE, Intervals.of(old.openTimeMs(), T0 + MINUTE), List.of(held));
    for (Evidence evidence : List.of(Evidence.VENUE_FLAG, Evidence.REST, Evidence.REST_TWICE)) {
      take(new LedgerEvent.Final(Candles.flat(T0, 101, evidence)));
      take(new LedgerEvent.Final(Candles.flat(old.openTimeMs(), 101, evidence)));
    }
    assertThat(told.written).isEmpty();
    assertThat(told.revised).isEmpty();
    assertThat(told.disagreed).isEmpty();
    assertThat(told.rows).isEmpty();
    assertThat(told.repeated).hasSize(4);
    assertThat(told.confirmed).hasSize(2);
  }

  /** What was written cannot be withdrawn: the flat row is its later version. */
  @Test
  void aCandleThatTwoReadsSayIsFlatIsRevised() {
    announce(T0, T0, Intervals.empty(), List.of());
    take(new LedgerEvent.Final(candle(101, Evidence.VENUE_FLAG)));
    Candle flat = Candles.flat(T0, 100, Evidence.REST_TWICE);
    take(new LedgerEvent.Final(flat));
    take(new LedgerEvent.Final(flat));
    assertThat(told.revised).containsExactly(flat.withRevision(1));
    assertThat(told.accepted).endsWith(new AcceptedEvent.Changed(flat.withRevision(1)));
    assertThat(told.rows).isEmpty();
  }

  @Test
  void aLargerIntervalOfFlatMinutesIsEmpty() {
    StreamKey larger = Candles.STREAM.in(Timeframe.M5);
    take(new LedgerEvent.Announced(larger, Announcement.ofNothing(T0, "", Evidence.VENUE_FLAG)));
    Candle fold =
        Rollup.fold(larger, T0, List.of(Candles.flat(T0, 100, Evidence.VENUE_FLAG))).orElseThrow();
    take(new LedgerEvent.Final(fold));
    assertThat(told.written).isEmpty();
    assertThat(told.rows)
        .extracting(CoverageRow::state, CoverageRow::evidence, CoverageRow::toMs)
        .containsExactly(tuple(IntervalState.VERIFIED_EMPTY, Evidence.ROLLUP, T0 + 5 * MINUTE));
  }

  @Test
  void theHourIsTheMarketsNextFullOne() {
    assertThat(Ledger.nextHourMs(T0)).isEqualTo(T0 + 60 * MINUTE);
    assertThat(Ledger.nextHourMs(T0 + 59 * MINUTE)).isEqualTo(T0 + 60 * MINUTE);
  }

  private static Candle flat(StreamKey stream) {
    return new Candle(
        stream,
        T0,
        new Ohlc(1, 1, 1, 1),
        Volumes.ofBase(1),
        TradeRange.UNKNOWN,
        Provenance.first(Evidence.ROLLUP, "rollup", T0));
  }

  private static Candle candle(double close, Evidence evidence) {
    return Candles.candle(T0, close, 1, evidence);
  }

  private void announce(long fromMs, long toMs, Intervals finals, List<Candle> recent) {
    long[] none = {};
    take(
        new LedgerEvent.Announced(
            Candles.STREAM,
            new Announcement(
                fromMs,
                toMs,
                finals.toArray(),
                none,
                none,
                0,
                0,
                "BTC-USDT",
                Evidence.VENUE_FLAG,
                recent)));
  }

  private void take(LedgerEvent event) {
    try {
      ledger.take(event, nowMs, told);
    } catch (IOException e) {
      throw new AssertionError("nothing is read from files", e);
    }
  }
}
