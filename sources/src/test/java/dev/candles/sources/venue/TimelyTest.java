package dev.candles.sources.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.time.VenueClock;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelyTest {
  private static final long T0 = 1_767_225_600_000L;
  private static final long MINUTE = 60_000;
  private static final StreamKey STREAM = new StreamKey("okx", "A-B", Timeframe.M1);

  private final VenueClock clock = new VenueClock();
  private final Timely timely = new Timely("okx", clock, 5_000);
  private final List<Decoded> out = new ArrayList<>();

  private static Candle candle(long openMs) {
    return new Candle(
        STREAM,
        openMs,
        new Ohlc(1, 1, 1, 1),
        Volumes.ofBase(1),
        TradeRange.UNKNOWN,
        Provenance.first(Evidence.VENUE_FLAG, "ws", T0));
  }

  private void forming(long openMs, long ourMs) {
    timely.pass(new Decoded.Forming(candle(openMs)), "f", ourMs, out::add);
  }

  private void closed(long openMs, long ourMs) {
    timely.pass(
        new Decoded.Closed(new CompletedInterval(candle(openMs), true, false)),
        "f",
        ourMs,
        out::add);
  }

  private void traded(boolean snapshot, long ourMs, long... timesMs) {
    List<Trade> trades =
        Arrays.stream(timesMs)
            .mapToObj(ms -> new Trade(ms, ms, 1, BigDecimal.ONE, TakerSide.BUY))
            .toList();
    timely.pass(new Decoded.Traded("A-B", trades, snapshot), "f", ourMs, out::add);
  }

  private RejectReason rejection() {
    assertThat(out).last().isInstanceOf(Decoded.Rejected.class);
    return ((Decoded.Rejected) out.get(out.size() - 1)).reject().reason();
  }

  @ParameterizedTest
  @ValueSource(longs = {-600_000, -90_000, 0, 90_000, 180_000, 600_000})
  void aCandleIsClosedByTheVenuesTimeWhateverOurs(long oursAheadMs) {
    clock.answered(T0 + 30_000, T0 + 30_000 + oursAheadMs);
    closed(T0, T0 + MINUTE - 5_001 + oursAheadMs);
    assertThat(rejection()).isEqualTo(RejectReason.NOT_OVER);
    closed(T0, T0 + MINUTE + 40 + oursAheadMs);
    assertThat(out).last().isInstanceOf(Decoded.Closed.class);
    assertThat(clock.offsetMs()).isEqualTo(-oursAheadMs);
  }

  @Test
  void aCandleThatIsClosedEarlyAgainAndAgainMovesNoClock() {
    clock.answered(T0, T0);
    for (int second = 1; second < 50; second++) {
      closed(T0, T0 + second * 1_000L);
      assertThat(rejection()).isEqualTo(RejectReason.NOT_OVER);
    }
    assertThat(clock.offsetMs()).isZero();
  }

  @Test
  void aClosedCandleIsTheFirstWordOnTheTimeWhereNoneCameBefore() {
    forming(T0, T0 + 600_000);
    assertThat(clock.isKnown()).as("a row in progress may be of any second").isFalse();
    closed(T0, T0 + MINUTE + 600_000);
    assertThat(out).last().isInstanceOf(Decoded.Closed.class);
    assertThat(clock.offsetMs()).isEqualTo(-600_000);
  }

  @Test
  void rowsThatComeLateAndAtOnceTellNoTimeBeforeItIsKnown() {
    for (int minute = 0; minute < 5; minute++) {
      closed(T0 + minute * MINUTE, T0 + 5 * MINUTE + minute);
    }
    assertThat(out).hasSize(5).allMatch(Decoded.Closed.class::isInstance);
    assertThat(clock.isKnown()).isFalse();
    closed(T0 + 5 * MINUTE, T0 + 6 * MINUTE);
    assertThat(clock.offsetMs()).isZero();
    assertThat(clock.isKnown()).isTrue();
  }

  @Test
  void theFirstRowOfAMinuteTellsTheTimeAndTheOthersDoNot() {
    forming(T0, T0 + 30_000);
    forming(T0 + MINUTE, T0 + MINUTE + 100);
    for (int second = 1; second < 60; second++) {
      forming(T0 + MINUTE, T0 + MINUTE + second * 1_000);
    }
    forming(T0 + 2 * MINUTE, T0 + 2 * MINUTE + 90);
    assertThat(clock.offsetMs()).isEqualTo(-90);
    assertThat(out).hasSize(62);
  }

  /**
   * On a machine that was too slow for minutes; nothing else tells the time of such a feed. A row
   * of hours ahead holds nothing up.
   */
  @ParameterizedTest
  @ValueSource(longs = {0, 20 * 60})
  void rowsThatWereLateForMinutesAndAreLiveAgainTellTheTimeAnew(long strayMinute) {
    long lateMs = 150_000;
    for (int minute = 0; minute < 3; minute++) {
      forming(T0 + minute * MINUTE, T0 + minute * MINUTE);
    }
    for (int minute = 3; minute < 7; minute++) {
      forming(T0 + minute * MINUTE, T0 + minute * MINUTE + lateMs);
    }
    assertThat(clock.offsetMs()).isEqualTo(-lateMs);
    forming(T0 + strayMinute * MINUTE, T0 + 9 * MINUTE + lateMs);
    for (int minute = 10; minute < 13; minute++) { // some minutes had no row
      forming(T0 + minute * MINUTE, T0 + minute * MINUTE);
    }
    assertThat(clock.offsetMs()).isZero();
    closed(T0 + 12 * MINUTE, T0 + 13 * MINUTE);
    assertThat(out).last().isInstanceOf(Decoded.Closed.class);
  }

  @Test
  void rowsFarAheadMoveNoClockWhileOthersAreBelieved() {
    clock.answered(T0, T0);
    for (int minute = 0; minute < 30; minute++) {
      long ourMs = T0 + minute * MINUTE;
      forming(ourMs, ourMs);
      for (int row = 1; row < 10; row++) {
        forming(ourMs + 10 * MINUTE, ourMs + row * 1_000);
      }
    }
    assertThat(clock.offsetMs()).isZero();
  }

  @Test
  void ofATradeFarAheadTheOthersOfItsFrameGoOn() {
    traded(false, T0, T0);
    traded(false, T0 + 1_000, T0 + 500, T0 + 61_600, T0 + 900);
    assertThat(out.subList(1, 3)).hasSize(2);
    assertThat(out.get(1)).isInstanceOf(Decoded.Rejected.class);
    assertThat(((Decoded.Traded) out.get(2)).trades()).hasSize(2);
    traded(false, T0 + 2_000, T0 + 61_600 + MINUTE);
    assertThat(rejection()).isEqualTo(RejectReason.ABSURD_TIME);
    assertThat(clock.offsetMs()).isZero();
  }

  @Test
  void aSnapshotTellsNoTimeAndIsBoundedAllTheSame() {
    traded(true, T0, T0 - 30 * MINUTE);
    assertThat(clock.isKnown()).isFalse();
    traded(false, T0, T0);
    traded(true, T0 + 1_000, T0 + 62_000);
    assertThat(rejection()).isEqualTo(RejectReason.ABSURD_TIME);
  }

  @Test
  void aTradeThatIsLateByHoursIsLateAndNotAbsurd() {
    traded(false, T0, T0);
    traded(false, T0 + 1_000, T0 - 5 * 60 * MINUTE);
    assertThat(out).last().isInstanceOf(Decoded.Traded.class);
  }

  @Test
  void aStatementFarAheadIsNotBelieved() {
    timely.pass(new Decoded.LastTrade("A-B", T0, 7), "f", T0, out::add);
    assertThat(out).last().isInstanceOf(Decoded.LastTrade.class);
    timely.pass(new Decoded.LastTrade("A-B", T0 + 2 * MINUTE, 8), "f", T0 + 1, out::add);
    assertThat(rejection()).isEqualTo(RejectReason.ABSURD_TIME);
  }
}
