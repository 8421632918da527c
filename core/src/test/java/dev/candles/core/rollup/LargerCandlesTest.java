package dev.candles.core.rollup;

import static dev.candles.core.rollup.RollupHarness.LARGER;
import static dev.candles.core.rollup.RollupHarness.MINUTE;
import static dev.candles.core.rollup.RollupHarness.REREAD_MS;
import static dev.candles.core.rollup.RollupHarness.T0;
import static dev.candles.core.rollup.RollupHarness.announced;
import static dev.candles.core.rollup.RollupHarness.base;
import static dev.candles.core.rollup.RollupHarness.candle;
import static dev.candles.core.rollup.RollupHarness.empty;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.ReplayedParts;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.time.Retention;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargerCandlesTest {
  @Test
  void oneUnknownMinuteBlocksAndTheLastOneReleases() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    for (int i : new int[] {4, 0, 3, 1}) {
      rollup.take(base(candle(i, 1, 0)));
    }
    assertThat(rollup.told.events).isEmpty();
    rollup.take(empty(2, 3));
    assertThat(rollup.told.events)
        .singleElement()
        .satisfies(
            event -> {
              Candle folded = ((LedgerEvent.Final) event).candle();
              assertThat(folded.open()).isEqualTo(100);
              assertThat(folded.close()).isEqualTo(104);
              assertThat(folded.volume()).isEqualTo(4);
            });
  }

  @Test
  void allSilentIsSilent() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    rollup.take(empty(0, 5));
    assertThat(rollup.told.events)
        .containsExactly(new LedgerEvent.Empty(LARGER, T0, T0 + 5 * MINUTE, Evidence.ROLLUP));
  }

  @Test
  void aRevisedMinuteGivesTheLargerCandleAnew() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    for (int i = 0; i < 5; i++) {
      rollup.take(base(candle(i, 1, 0)));
    }
    rollup.take(base(candle(2, 9, 1)));
    assertThat(rollup.volumes()).containsExactly(5.0, 13.0);
  }

  @Test
  void whatComesBeforeTheAnnouncementWaitsAndAReplayCompletesIt() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(base(candle(4, 1, 0)));
    rollup.take(announced());
    List<Candle> held = List.of(candle(0, 1, 0), candle(1, 1, 0), candle(3, 1, 0));
    long[] silent = {T0 + 2 * MINUTE, T0 + 3 * MINUTE};
    rollup.take(new ReplayedParts(LARGER, T0, held, silent));
    assertThat(rollup.told.events).hasSize(1);
  }

  @Test
  void aReplayNeverTakesARevisionBack() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    rollup.take(base(candle(2, 9, 1)));
    List<Candle> before =
        List.of(
            candle(0, 1, 0), candle(1, 1, 0), candle(2, 1, 0), candle(3, 1, 0), candle(4, 1, 0));
    rollup.take(new ReplayedParts(LARGER, T0, before, new long[0]));
    assertThat(rollup.volumes()).containsExactly(13.0);
  }

  /** The lake was read before the revision was committed. */
  @Test
  void aReplayOfWhatIsLongOverKnowsOfALateRevision() {
    long nowMs = T0 + Timeframe.H1.millis();
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    rollup.lake.hold(0, 1, 2, 3, 4);
    rollup.advanceTo(nowMs);
    rollup.take(base(candle(2, 9, 1, nowMs)));
    List<Candle> before = List.copyOf(rollup.lake.held.values());
    rollup.take(new ReplayedParts(LARGER, T0, before, new long[0]));
    rollup.commitAndLook();
    assertThat(rollup.volumes()).containsExactly(13.0);
  }

  /** A build of before let them in: a sum of them is no number, or none that a reader takes. */
  @ParameterizedTest
  @ValueSource(doubles = {1e101, Double.POSITIVE_INFINITY, Double.NaN})
  void aKeptPartThatIsNoCandleIsForgottenAndWaitedFor(double volume) {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    for (int i = 0; i < 4; i++) {
      rollup.take(base(candle(i, i == 2 ? volume : 1, 0)));
    }
    rollup.restart();
    rollup.take(announced());
    rollup.take(base(candle(4, 1, 0)));
    rollup.take(base(candle(4, 1, 1)));
    assertThat(rollup.told.events).isEmpty();
    assertThat(rollup.told.found).containsExactly("unsound: " + LARGER + " at=" + T0 + " parts=1");
    rollup.take(base(candle(2, 3, 0)));
    assertThat(rollup.volumes()).containsExactly(7.0);
  }

  /** What was written before a restart is visible when the lake was announced, and not before. */
  @Test
  void theLakeIsLookedIntoOnlyOnceItIsAnnounced() {
    long nowMs = T0 + Timeframe.D1.millis();
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    rollup.advanceTo(nowMs);
    rollup.take(base(candle(2, 9, 1, nowMs)));
    rollup.restart();
    rollup.advanceTo(nowMs + 4 * Timeframe.D1.millis());
    rollup.commitAndLook();
    assertThat(rollup.told.events).isEmpty();
    rollup.lake.hold(0, 1, 3, 4);
    rollup.lake.held.put(2, candle(2, 9, 1));
    rollup.take(announced());
    rollup.commitAndLook();
    assertThat(rollup.volumes()).containsExactly(13.0);
  }

  @Test
  void aReplayMendsALargerCandleThatMissedARevision() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    for (int i = 0; i < 5; i++) {
      rollup.take(base(candle(i, 1, 0)));
    }
    List<Candle> revised =
        List.of(
            candle(0, 1, 0), candle(1, 1, 0), candle(2, 9, 1), candle(3, 1, 0), candle(4, 1, 0));
    rollup.take(new ReplayedParts(LARGER, T0, revised, new long[0]));
    assertThat(rollup.volumes()).containsExactly(5.0, 13.0);
  }

  @Test
  void partsOfCompleteIntervalsAreDroppedInTheEnd() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    for (int i = 0; i < 5; i++) {
      rollup.take(base(candle(i, 1, 0)));
    }
    assertThat(rollup.kept()).isPositive();
    rollup.advanceTo(T0 + 5 * MINUTE + Retention.COLLECTOR.partsMs());
    assertThat(rollup.kept()).isZero();
  }

  /** A minute that is revised when its interval's parts are long forgotten: the lake has them. */
  @Test
  void aLateRevisionIsFoldedFromTheLakeOnceTheLakeHoldsIt() {
    for (long laterMs : new long[] {T0 + 7 * Timeframe.H1.millis(), T0 + Timeframe.D1.millis()}) {
      RollupHarness rollup = new RollupHarness();
      rollup.take(announced());
      for (int i = 0; i < 5; i++) {
        rollup.take(base(candle(i, 1, 0)));
      }
      rollup.lake.hold(0, 1, 2, 3, 4);
      rollup.advanceTo(laterMs);
      assertThat(rollup.kept()).isZero();
      rollup.take(base(candle(2, 9, 1, laterMs)));
      rollup.advanceTo(laterMs + 10 * REREAD_MS);
      rollup.complete(1);
      rollup.advanceTo(laterMs + 20 * REREAD_MS);
      assertThat(rollup.lake.looked).as("others commit, and not before us").isEmpty();
      rollup.lake.held.put(2, candle(2, 9, 1));
      rollup.complete(1);
      rollup.advanceTo(laterMs + 21 * REREAD_MS);
      assertThat(rollup.volumes()).containsExactly(5.0, 13.0);
      rollup.mustKeepNothing();
    }
  }

  /** As where its file is no good. */
  @Test
  void aLateRevisionHoldsAlsoWhereTheLakeTellsAnEarlierVersion() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    rollup.lake.hold(0, 1, 2, 3, 4);
    rollup.advanceTo(T0 + Timeframe.D1.millis());
    rollup.take(base(candle(2, 9, 1)));
    rollup.commitAndLook();
    assertThat(rollup.volumes()).containsExactly(13.0);
  }

  /** After a start without state: only what is three hours old is told again. */
  @Test
  void aRevisionOfAnIntervalThatWasNeverToldIsFoldedFromTheLake() {
    long nowMs = T0 + 4 * Timeframe.H1.millis();
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    rollup.lake.hold(0, 1, 3, 4);
    rollup.lake.held.put(2, candle(2, 9, 1));
    rollup.advanceTo(nowMs);
    rollup.take(base(candle(2, 9, 1, nowMs)));
    rollup.commitAndLook();
    assertThat(rollup.volumes()).containsExactly(13.0);
    rollup.take(base(candle(3, 2, 1, nowMs)));
    assertThat(rollup.volumes()).as("its parts are here again").containsExactly(13.0, 14.0);
    rollup.advanceTo(T0 + 5 * MINUTE + Retention.COLLECTOR.partsMs());
    rollup.mustKeepNothing();
  }

  /** A first version: the minute was proven empty, and its interval folded without it. */
  @Test
  void aCandleWhereSilenceWasProvenChangesTheLargerOneHoweverOldItIs() {
    long nowMs = T0 + 8 * Timeframe.H1.millis();
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    rollup.lake.hold(0, 1, 2, 3, 4);
    rollup.advanceTo(nowMs);
    rollup.take(new RollupEvent.Base(LARGER, new AcceptedEvent.Changed(candle(2, 1, 0, nowMs))));
    rollup.take(base(candle(3, 7, 1, nowMs)));
    rollup.lake.held.put(3, candle(3, 7, 1));
    rollup.commitAndLook();
    assertThat(rollup.volumes()).containsExactly(11.0);
  }

  @Test
  void whatIsCompleteHereIsNotLookedFor() {
    long nowMs = T0 + 2 * Timeframe.H1.millis();
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    rollup.advanceTo(nowMs);
    for (int i = 1; i < 5; i++) {
      rollup.take(base(candle(i, 1, 0)));
    }
    rollup.take(base(candle(2, 2, 1, nowMs)));
    rollup.take(base(candle(0, 1, 0)));
    rollup.take(base(candle(2, 9, 2, nowMs)));
    rollup.commitAndLook();
    assertThat(rollup.lake.looked).isEmpty();
    assertThat(rollup.volumes()).containsExactly(6.0, 13.0);
    assertThat(rollup.timers()).as("to drop the parts").isEqualTo(1);
    rollup.advanceTo(T0 + 5 * MINUTE + Retention.COLLECTOR.partsMs());
    rollup.mustKeepNothing();
  }

  @Test
  void aRevisionOfWhatTheLakeDoesNotHoldWholeIsToldAndNotWaitedFor() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    rollup.advanceTo(T0 + 5 * MINUTE + Retention.COLLECTOR.partsMs());
    rollup.take(base(candle(2, 9, 1)));
    rollup.lake.hold(0, 1, 2, 3);
    rollup.commitAndLook();
    assertThat(rollup.told.events).isEmpty();
    assertThat(rollup.told.found)
        .containsExactly(
            "not revised: okx/BTC-USDT/5m at=" + T0 + " revised=1",
            "looked: okx/BTC-USDT/5m days=1 made=0 left=1");
    rollup.mustKeepNothing();
  }
}
