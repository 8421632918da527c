package dev.candles.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerCountsTest extends LedgerHarness {
  private static final int MINUTES = 30;

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void whatIsToldOfCountsIsWhatTheStatesAre(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    announceSome(random);
    for (int n = 0; n < 60; n++) {
      take(event(random));
      assertCountsAreTheStates();
    }
  }

  /** Three stretches of the first ten minutes, each of another state. */
  private void announceSome(SplittableRandom random) {
    int first = random.nextInt(0, 4);
    int second = random.nextInt(first, 7);
    int third = random.nextInt(second, 10);
    announce(minutes(0, first), minutes(first, second), minutes(second, third));
  }

  private void announce(Intervals finals, Intervals empties, Intervals lost) {
    announce(T0, T0 + 10 * MINUTE, finals, empties, lost, List.of());
    assertCountsAreTheStates();
  }

  /** A savepoint may be older than the lake. */
  @Test
  void whatTheLakeKnowsIsMissingNoMore() {
    announce(Intervals.empty(), Intervals.empty(), Intervals.empty());
    take(new LedgerEvent.Missing(Candles.STREAM, T0, T0 + 6 * MINUTE, Reason.SKIPPED));
    assertThat(told.missing).isEqualTo(minutes(0, 6));

    announce(minutes(0, 3), minutes(3, 4), minutes(4, 5));

    assertThat(told.missing).isEqualTo(minutes(5, 6));
    assertCountsAreTheStates();
  }

  /** History begins later after a restart, the state of before stays, and is still asked for. */
  @Test
  void whatTurnsUpOfBeforeTheAnnouncedRangeIsNotCounted() {
    announceLost(T0, T0 + 4 * MINUTE, minutes(0, 4));
    told.counts.clear();
    ledger = newLedger();
    announce(T0 + 5 * MINUTE, T0 + 6 * MINUTE, minutes(5, 6), List.of());
    take(new LedgerEvent.Final(Candles.minute(0)));
    take(new LedgerEvent.Empty(Candles.STREAM, T0 + MINUTE, T0 + 2 * MINUTE, Evidence.REST));
    take(new LedgerEvent.Unrecoverable(Candles.STREAM, T0, T0 + 6 * MINUTE, Reason.NO_PROOF));

    assertThat(told.counts)
        .containsEntry(IntervalState.FINAL, 1L)
        .containsEntry(IntervalState.VERIFIED_EMPTY, 0L)
        .containsEntry(IntervalState.UNRECOVERABLE, 0L);
  }

  private static Intervals minutes(int from, int to) {
    return from == to ? Intervals.empty() : Intervals.of(T0 + from * MINUTE, T0 + to * MINUTE);
  }

  private static LedgerEvent event(SplittableRandom random) {
    int minute = random.nextInt(MINUTES);
    long fromMs = T0 + minute * MINUTE;
    long toMs = fromMs + random.nextInt(1, 4) * MINUTE;
    return switch (random.nextInt(5)) {
      case 0 -> new LedgerEvent.Final(Candles.minute(minute));
      case 1 -> new LedgerEvent.Empty(Candles.STREAM, fromMs, toMs, Evidence.REST_TRADES);
      case 2 -> new LedgerEvent.Unrecoverable(Candles.STREAM, fromMs, toMs, Reason.NO_PROOF);
      case 3 -> new LedgerEvent.Missing(Candles.STREAM, fromMs, toMs, Reason.SKIPPED);
      default -> new LedgerEvent.Filled(Candles.STREAM, fromMs, toMs, Evidence.REST);
    };
  }

  private void assertCountsAreTheStates() {
    StreamCoverage states = new StreamCoverage(Candles.STREAM, store);
    for (IntervalState state :
        List.of(IntervalState.FINAL, IntervalState.VERIFIED_EMPTY, IntervalState.UNRECOVERABLE)) {
      Intervals in = states.pick(T0, T0 + (MINUTES + 4) * MINUTE, s -> s == state);
      assertThat(told.counts.getOrDefault(state, 0L) * MINUTE)
          .as("%s", state)
          .isEqualTo(in.length());
    }
    assertThat(told.missing).isEqualTo(store.missingIntervals());
  }
}
