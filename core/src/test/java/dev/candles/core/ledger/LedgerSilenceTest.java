package dev.candles.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.rollup.Rollup;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of rows that say that nobody traded. */
class LedgerSilenceTest extends LedgerHarness {
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
    take(new LedgerEvent.Announced(larger, StreamBootstrap.ofNothing(T0, "", Evidence.VENUE_FLAG)));
    Candle fold =
        Rollup.fold(larger, T0, List.of(Candles.flat(T0, 100, Evidence.VENUE_FLAG))).orElseThrow();
    take(new LedgerEvent.Final(fold));
    assertThat(told.written).isEmpty();
    assertThat(told.rows)
        .extracting(CoverageRow::state, CoverageRow::evidence, CoverageRow::toMs)
        .containsExactly(tuple(IntervalState.VERIFIED_EMPTY, Evidence.ROLLUP, T0 + 5 * MINUTE));
  }
}
