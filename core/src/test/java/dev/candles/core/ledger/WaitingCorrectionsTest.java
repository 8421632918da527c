package dev.candles.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.lake.Committed;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Candles that are too old to be remembered, and are corrected before the lake shows them. */
class WaitingCorrectionsTest extends LedgerHarness {
  private static final Candle FIRST = candle(100, Evidence.REST);

  private long checkpoint;

  @BeforeEach
  void beginFourDaysLater() {
    committed = new Committed();
    ledger = newLedger();
    nowMs = T0 + VERSIONS + 1;
    complete(1);
    announce(T0, T0, Intervals.empty(), List.of());
  }

  private void complete(int count) {
    for (int i = 0; i < count; i++) {
      checkpoint++;
      committed.taken(checkpoint);
      committed.completed(checkpoint);
    }
  }

  /** Something that has nothing to do with it is told of the stream. */
  private void anything() {
    take(new LedgerEvent.Final(Candles.minute(7)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Evidence.class,
      names = {"REST_TRADES", "REST_TWICE"})
  void aCorrectionOfWhatTheLakeDoesNotShowYetIsCurrentWhenItDoes(Evidence evidence) {
    take(new LedgerEvent.Final(FIRST));
    take(new LedgerEvent.Final(candle(101, evidence)));
    complete(1);
    anything();
    assertThat(told.revised).as("its files may not be there yet").isEmpty();
    assertThat(told.repeated).isEmpty();
    lake.put(T0, FIRST);
    complete(1);
    anything();
    assertThat(told.revised).containsExactly(candle(101, evidence).withRevision(1));
    looks = 0;
    anything();
    assertThat(looks).as("and no more is waited for").isZero();
  }

  @Test
  void itIsTakenWithTheHourIfNothingElseComes() {
    take(new LedgerEvent.Final(FIRST));
    take(new LedgerEvent.Final(candle(101, Evidence.REST_TRADES)));
    lake.put(T0, FIRST);
    complete(2);
    hour(nowMs);
    assertThat(told.revised).hasSize(1);
  }

  @Test
  void ofSeveralTheBestEvidenceDecides() {
    take(new LedgerEvent.Final(FIRST));
    take(new LedgerEvent.Final(candle(101, Evidence.REST_TRADES)));
    complete(1);
    take(new LedgerEvent.Final(candle(102, Evidence.REST_TWICE)));
    lake.put(T0, FIRST);
    complete(1);
    anything();
    assertThat(told.revised).containsExactly(candle(101, Evidence.REST_TRADES).withRevision(1));
    assertThat(told.disagreed).containsExactly(candle(102, Evidence.REST_TWICE));
  }

  /** As one that lies in an archive. */
  @Test
  void whatTheLakeLacksWhenAllIsCommittedIsARepeat() {
    take(new LedgerEvent.Final(FIRST));
    take(new LedgerEvent.Final(candle(101, Evidence.REST_TRADES)));
    complete(2);
    anything();
    assertThat(told.revised).isEmpty();
    assertThat(told.repeated).hasSize(1);
  }

  /** All that was written before a restart is in the lake when that is announced. */
  @Test
  void aCorrectionThatWaitsOutlivesARestart() {
    take(new LedgerEvent.Final(FIRST));
    take(new LedgerEvent.Final(candle(101, Evidence.REST_TRADES)));
    lake.put(T0, FIRST);
    committed = new Committed();
    ledger = newLedger();
    announce(T0, T0 + MINUTE, Intervals.of(T0, T0 + MINUTE), List.of());
    assertThat(told.revised).hasSize(1);
  }

  /** The lake shows the first version until the revision is committed; its number is taken. */
  @Test
  void aRevisionIsNotForgottenByTheHourBeforeTheLakeShowsIt() {
    lake.put(T0, FIRST);
    take(new LedgerEvent.Final(FIRST));
    take(new LedgerEvent.Final(candle(101, Evidence.REST_TWICE)));
    hour(nowMs);
    take(new LedgerEvent.Final(candle(102, Evidence.REST_TWICE)));
    assertThat(told.revised)
        .containsExactly(
            candle(101, Evidence.REST_TWICE).withRevision(1),
            candle(102, Evidence.REST_TWICE).withRevision(2));
    complete(2);
    hour(nowMs);
    assertThat(store.versions().get(T0)).as("forgotten").isNull();
  }
}
