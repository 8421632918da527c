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
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.StreamBootstrap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol around {@link dev.candles.core.finality.VersionPolicy}. */
class LedgerTest extends LedgerHarness {
  private static final int MINUTES = 2_000; // two days are touched

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
        case 4 -> hour(nowMs);
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
    assertThat(hour(nowMs)).as("an hour before the lake").isFalse();
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

  /** As after a savepoint of days ago: what was silent or given up then was revised since. */
  @ParameterizedTest
  @EnumSource(names = {"VERIFIED_EMPTY", "UNRECOVERABLE"})
  void whatTheLakeGotAfterTheStateWasSavedIsNotWrittenAgain(IntervalState remembered) {
    long endMs = T0 + MINUTE;
    announce(T0, T0, Intervals.empty(), List.of());
    take(
        remembered == IntervalState.VERIFIED_EMPTY
            ? new LedgerEvent.Empty(Candles.STREAM, T0, endMs, Evidence.TRADE_CHAIN)
            : new LedgerEvent.Unrecoverable(Candles.STREAM, T0, endMs, Reason.NO_PROOF));
    told.counts.clear();
    ledger = newLedger();
    lake.put(T0, candle(100, Evidence.REST));
    nowMs = T0 + VERSIONS + MINUTE;
    announce(T0 + VERSIONS, nowMs, Intervals.empty(), List.of());
    take(new LedgerEvent.Final(candle(100, Evidence.REST)));
    take(new LedgerEvent.Final(candle(101, Evidence.REST_TRADES)));
    assertThat(told.written).isEmpty();
    assertThat(told.repeated).hasSize(1);
    assertThat(told.revised).containsExactly(candle(101, Evidence.REST_TRADES).withRevision(1));
    assertThat(told.counts.values()).as("all of it lies before what is counted").containsOnly(0L);
  }

  /** The lake tells of them, so that they are asked for; nothing else is said of that time. */
  @Test
  void whatIsGivenUpBeforeTheAnnouncedRangeChangesNoState() {
    announce(T0, T0, Intervals.empty(), List.of());
    take(new LedgerEvent.Final(candle(100, Evidence.VENUE_FLAG)));
    ledger = newLedger();
    long[] lost = {T0, T0 + MINUTE, T0 + 5 * MINUTE, T0 + 6 * MINUTE};
    announceLost(T0 + 5 * MINUTE, T0 + 6 * MINUTE, Intervals.fromArray(lost));
    take(new LedgerEvent.Final(candle(100, Evidence.VENUE_FLAG)));
    assertThat(told.written).as("it has it already").hasSize(1);
    assertThat(told.counts).containsEntry(IntervalState.UNRECOVERABLE, 1L);
  }

  /** As after a stream was forgotten and configured again with a shorter history. */
  @Test
  void whatIsRememberedOfALakeThatHasForgottenTheStreamIsForgottenToo() {
    announce(T0, T0, Intervals.empty(), List.of());
    take(new LedgerEvent.Missing(Candles.STREAM, T0, T0 + 9 * MINUTE, Reason.SKIPPED));
    assertThat(told.missing).isEqualTo(Intervals.of(T0, T0 + 9 * MINUTE));
    ledger = newLedger();
    take(new LedgerEvent.Final(Candles.minute(3)));
    announce(T0 + 5 * MINUTE, T0 + 7 * MINUTE, Intervals.empty(), List.of());
    assertThat(told.missing).isEqualTo(Intervals.of(T0 + 5 * MINUTE, T0 + 9 * MINUTE));
    assertThat(told.written).isEmpty();
  }

  @Test
  void whatIsRememberedOfALakeThatHoldsTheStreamIsTakenAlsoBeforeItsRange() {
    announce(T0, T0, Intervals.empty(), List.of());
    ledger = newLedger();
    take(new LedgerEvent.Final(Candles.minute(3)));
    Intervals held = Intervals.of(T0 + 6 * MINUTE, T0 + 7 * MINUTE);
    announce(T0 + 5 * MINUTE, T0 + 7 * MINUTE, held, List.of());
    assertThat(told.written).containsExactly(Candles.minute(3));
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

  /** Two holes may be read in either order, and the page of one may lack a late trade. */
  @Test
  void whatTradesHaveProvenHoldsAgainstFewerTradesAlsoWhereTheyOnlyRepeatedIt() {
    announce(T0, T0, Intervals.empty(), List.of());
    Candle read = candle(101, Evidence.REST);
    take(new LedgerEvent.Final(read));
    take(new LedgerEvent.Final(ofTrades(read, 5, 9)));
    assertThat(told.repeated).as("the same candle").hasSize(1);
    take(new LedgerEvent.Final(ofTrades(candle(100, Evidence.REST), 4, 7)));
    assertThat(told.revised).as("it lacks trade 9").isEmpty();
    assertThat(told.disagreed).hasSize(1);
    take(new LedgerEvent.Final(ofTrades(candle(102, Evidence.REST), 6, 12)));
    assertThat(told.revised).extracting(Candle::revision).as("one more").containsExactly(1);
  }

  @Test
  void whatTradesHaveProvenHoldsAgainstFewerTradesAlsoAfterARestart() {
    announce(T0, T0, Intervals.empty(), List.of());
    Candle read = candle(101, Evidence.REST);
    take(new LedgerEvent.Final(read));
    take(new LedgerEvent.Final(ofTrades(read, 5, 9)));
    ledger = newLedger();
    announce(T0, T0 + MINUTE, Intervals.of(T0, T0 + MINUTE), List.of(read));
    take(new LedgerEvent.Final(ofTrades(candle(100, Evidence.REST), 4, 7)));
    assertThat(told.revised).isEmpty();
    assertThat(told.disagreed).hasSize(1);
  }

  private static Candle ofTrades(Candle candle, long count, long lastId) {
    return new Candle(
        candle.stream(),
        candle.openTimeMs(),
        candle.prices(),
        candle.volumes(),
        new TradeRange(count, 1L, lastId),
        Provenance.first(Evidence.REST_TRADES, "rest", 0));
  }

  @Test
  void aVersionIsForgottenAfterThreeDaysAndThenTheLakeIsAskedByWhatMayCorrectIt() {
    announce(T0, T0, Intervals.empty(), List.of());
    take(new LedgerEvent.Final(candle(100, Evidence.VENUE_FLAG)));
    nowMs = T0 + VERSIONS;
    hour(nowMs);
    take(new LedgerEvent.Final(candle(101, Evidence.VENUE_FLAG)));
    assertThat(told.disagreed).as("still remembered").hasSize(1);
    nowMs++;
    hour(nowMs);
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
    hour(T0 + VERSIONS);
    take(new LedgerEvent.Final(candle(101, Evidence.VENUE_FLAG)));
    assertThat(told.disagreed).hasSize(1);
    assertThat(told.rows).singleElement().extracting(CoverageRow::atMs).isEqualTo(nowMs);
  }

  @Test
  void anOldVersionThatWasAnnouncedIsKept() {
    nowMs = T0 + 10 * VERSIONS;
    Intervals held = Intervals.of(T0, T0 + MINUTE);
    announce(T0, nowMs, held, List.of(candle(100, Evidence.ROLLUP)));
    hour(nowMs);
    take(new LedgerEvent.Final(candle(101, Evidence.ROLLUP)));
    assertThat(told.revised).hasSize(1);
    assertThat(looks).isZero();
  }

  @Test
  void aLargerStreamsCandleClosesItsMissingRowByItself() {
    StreamKey larger = Candles.STREAM.in(Timeframe.M5);
    StreamBootstrap nothing = StreamBootstrap.ofNothing(T0, "BTC-USDT", Evidence.VENUE_FLAG);
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

  /** Else a larger timeframe that is configured later has no state where minutes were lost. */
  @Test
  void whatTheLakeHasLostIsToldToLargerTimeframes() {
    long[] lost = {T0 - 9 * MINUTE, T0 - 8 * MINUTE, T0 + MINUTE, T0 + 3 * MINUTE};
    announceLost(T0, T0 + 9 * MINUTE, Intervals.fromArray(lost));
    assertThat(told.accepted)
        .as("within the range that was read")
        .containsExactly(
            new LedgerEvent.Unrecoverable(
                Candles.STREAM, T0 + MINUTE, T0 + 3 * MINUTE, Reason.NO_PROOF));
    assertThat(told.rows).as("the lake has it already").isEmpty();
  }

  /** A number that somebody put into the lake leaves the collector one that can be read. */
  @ParameterizedTest
  @ValueSource(longs = {CoverageRow.MAX_SEQ - 1, CoverageRow.MAX_SEQ, CoverageRow.MAX_SEQ + 9})
  void noRowHasANumberAboveTheHighest(long seq) {
    announce(T0, T0, Intervals.empty(), List.of());
    store.seq().put(seq);
    take(new LedgerEvent.Missing(Candles.STREAM, T0, T0 + MINUTE, Reason.SKIPPED));
    assertThat(told.rows).extracting(CoverageRow::seq).containsExactly(CoverageRow.MAX_SEQ);
  }
}
