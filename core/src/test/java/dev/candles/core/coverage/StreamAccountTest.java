package dev.candles.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamAccountTest {
  private static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final long MINUTE = 60_000;

  private static CoverageRow row(long from, long to, IntervalState state) {
    return new CoverageRow(BTC, from * MINUTE, to * MINUTE, state, Reason.BASE, null, 7, 7);
  }

  private final StreamAccount account =
      new StreamAccount(
          BTC,
          0,
          10 * MINUTE,
          Intervals.of(0, 4 * MINUTE),
          List.of(
              row(2, 5, IntervalState.VERIFIED_EMPTY),
              row(5, 6, IntervalState.MISSING),
              row(6, 8, IntervalState.UNRECOVERABLE),
              row(8, 9, IntervalState.FINAL)));

  @Test
  void aCandleWinsOverARowAndARowOverNothing() {
    assertThat(account.counts()).isEqualTo(new StateCounts(4, 1, 1, 2, 2));
    assertThat(account.state(2 * MINUTE)).contains(IntervalState.FINAL);
    assertThat(account.state(4 * MINUTE)).contains(IntervalState.VERIFIED_EMPTY);
    assertThat(account.state(9 * MINUTE)).isEmpty();
  }

  @Test
  void whatIsNotOverIsNoPartUnlessTheClockIsAnothers() {
    assertThat(account.newest()).isEqualTo(new Newest(BTC, 5 * MINUTE));
    assertThat(account.over(7 * MINUTE + 1).counts()).isEqualTo(new StateCounts(4, 1, 1, 1, 0));
    assertThat(account.over(7 * MINUTE + 1).newest()).isEqualTo(account.newest());
    for (long nowMs : new long[] {0, 5 * MINUTE - 1, 10 * MINUTE, 100 * MINUTE}) {
      assertThat(account.over(nowMs)).isSameAs(account);
    }
  }

  @Test
  void aRowThatSaysFinalProvesNothingWithoutTheCandle() {
    assertThat(account.state(8 * MINUTE)).isEmpty();
    assertThat(account.unknown()).isEqualTo(Intervals.of(8 * MINUTE, 10 * MINUTE));
  }

  @Test
  void anEmptinessThatWasOnlyRepeatedProvesNothing() {
    CoverageRow twice =
        new CoverageRow(
            BTC,
            MINUTE,
            5 * MINUTE,
            IntervalState.VERIFIED_EMPTY,
            Reason.NONE,
            Evidence.REST_TWICE,
            1,
            1);
    Intervals finals = Intervals.of(0, 2 * MINUTE);
    StreamAccount claimed = new StreamAccount(BTC, 0, 6 * MINUTE, finals, List.of(twice));
    assertThat(claimed.counts()).isEqualTo(new StateCounts(2, 0, 0, 0, 4));
    assertThat(claimed.unproven()).isEqualTo(Intervals.of(2 * MINUTE, 5 * MINUTE));
    assertThat(claimed.withoutCandle()).isEmpty();
    StreamAccount proven =
        new StreamAccount(
            BTC, 0, 6 * MINUTE, finals, List.of(twice.provenBy(Evidence.TRADE_CHAIN)));
    assertThat(proven.counts()).isEqualTo(new StateCounts(2, 3, 0, 0, 1));
    assertThat(proven.unproven().isEmpty()).isTrue();
  }

  @Test
  void aPartIsCountedAlone() {
    assertThat(account.counts(3 * MINUTE, 6 * MINUTE)).isEqualTo(new StateCounts(1, 1, 1, 0, 0));
    assertThat(account.counts(-5 * MINUTE, 0)).isEqualTo(StateCounts.NONE);
  }

  @Test
  void thePiecesWithoutACandleCarryTheirRows() {
    assertThat(account.withoutCandle())
        .extracting(CoverageRow::fromMs)
        .containsExactly(4 * MINUTE, 5 * MINUTE, 6 * MINUTE);
    assertThat(account.withoutCandle(5 * MINUTE + 1, 6 * MINUTE))
        .extracting(CoverageRow::fromMs, CoverageRow::toMs)
        .containsExactly(tuple(5 * MINUTE + 1, 6 * MINUTE));
    assertThat(account.withoutCandle(0, 4 * MINUTE)).isEmpty();
  }

  @Test
  void onlyAllIsAHundredPerCent() {
    StateCounts counts = new StateCounts(99_999, 0, 0, 0, 1);
    assertThat(counts.percent(counts.accounted())).isEqualTo(99.99);
    assertThat(StateCounts.NONE.percent(0)).isEqualTo(100);
  }
}
