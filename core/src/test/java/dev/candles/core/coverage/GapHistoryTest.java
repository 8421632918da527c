package dev.candles.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GapHistoryTest {
  private static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final long MINUTE = 60_000;

  private static CoverageRow row(long from, long to, IntervalState state, long seq) {
    Reason reason = state == IntervalState.MISSING ? Reason.SKIPPED : Reason.NONE;
    Evidence evidence = state == IntervalState.MISSING ? null : Evidence.REST;
    return new CoverageRow(
        BTC, from * MINUTE, to * MINUTE, state, reason, evidence, seq, seq * 1000);
  }

  private static StreamAccount account(long to, Intervals finals, CoverageRow... holding) {
    return new StreamAccount(BTC, 0, to * MINUTE, finals, List.of(holding));
  }

  private static Intervals minutes(long from, long to) {
    return Intervals.of(from * MINUTE, to * MINUTE);
  }

  @Test
  void aGapThatWasFilledTellsWhenItWasNotedAndEnded() {
    List<CoverageRow> changes =
        List.of(row(2, 5, IntervalState.FINAL, 9), row(2, 5, IntervalState.MISSING, 4));
    assertThat(GapHistory.of(account(10, minutes(0, 10)), changes))
        .containsExactly(
            new GapRecord(
                BTC,
                2 * MINUTE,
                5 * MINUTE,
                IntervalState.FINAL,
                Reason.SKIPPED,
                Evidence.REST,
                4000,
                9000));
  }

  @Test
  void theHistoryThatAStreamBeginsWithIsNoGapAsFarAsItIsFilled() {
    CoverageRow first = history(0, 10, 1);
    CoverageRow away = history(20, 22, 5);
    List<CoverageRow> changes =
        List.of(
            away,
            first,
            row(0, 4, IntervalState.FINAL, 2),
            row(4, 6, IntervalState.UNRECOVERABLE, 3),
            row(20, 22, IntervalState.FINAL, 6));
    StreamAccount account =
        account(
            22,
            minutes(0, 4).union(minutes(10, 22)),
            row(4, 6, IntervalState.UNRECOVERABLE, 3),
            first.over(6 * MINUTE, 10 * MINUTE));
    List<GapRecord> all = GapHistory.of(account, changes);
    assertThat(all)
        .extracting(GapRecord::reason)
        .containsExactly(Reason.HISTORY, Reason.NONE, Reason.HISTORY, Reason.AWAY);
    assertThat(GapHistory.withoutBeginning(all, changes, changes))
        .extracting(GapRecord::fromMs)
        .containsExactly(4 * MINUTE, 6 * MINUTE, 20 * MINUTE);
    List<CoverageRow> outage = List.of(row(0, 10, IntervalState.MISSING, 1));
    assertThat(GapHistory.withoutBeginning(all, changes, outage))
        .as("a larger stream whose base began with no history")
        .isEqualTo(all);
  }

  @Test
  void aLongerHistoryThanTheFirstIsNoAbsence() {
    List<CoverageRow> changes = List.of(history(10, 20, 1), history(0, 10, 5), history(25, 27, 5));
    StreamAccount account =
        account(27, minutes(10, 25), changes.get(1), changes.get(2).over(25 * MINUTE, 27 * MINUTE));
    assertThat(GapHistory.of(account, changes))
        .filteredOn(GapRecord::open)
        .extracting(GapRecord::reason)
        .containsExactly(Reason.HISTORY, Reason.AWAY);
  }

  private static CoverageRow history(long from, long to, long seq) {
    return new CoverageRow(
        BTC,
        from * MINUTE,
        to * MINUTE,
        IntervalState.MISSING,
        Reason.HISTORY,
        null,
        seq,
        seq * 1000);
  }

  @Test
  void aGapThatEndsInPartsIsToldInParts() {
    CoverageRow empty = row(3, 4, IntervalState.VERIFIED_EMPTY, 2);
    CoverageRow missing = row(0, 6, IntervalState.MISSING, 1);
    List<GapRecord> gaps =
        GapHistory.of(
            account(6, minutes(0, 3), empty, missing.over(4 * MINUTE, 6 * MINUTE)),
            List.of(missing, empty));
    assertThat(gaps)
        .extracting(GapRecord::state)
        .containsExactly(IntervalState.FINAL, IntervalState.VERIFIED_EMPTY, IntervalState.MISSING);
    assertThat(gaps).extracting(GapRecord::intervals).containsExactly(3L, 1L, 2L);
    assertThat(gaps).extracting(GapRecord::open).containsExactly(false, false, true);
  }

  @Test
  void intervalsWithoutAnyStateAreAnOpenGapThatNobodyNoted() {
    assertThat(GapHistory.of(account(4, minutes(0, 3)), List.of()))
        .containsExactly(new GapRecord(BTC, 3 * MINUTE, 4 * MINUTE, null, Reason.NONE, null, 0, 0))
        .allMatch(GapRecord::open);
  }

  @Test
  void neighboursThatEndedAlikeAreOneGapThatEndedWithTheLast() {
    List<CoverageRow> changes =
        List.of(
            row(0, 3, IntervalState.MISSING, 1),
            row(1, 2, IntervalState.FINAL, 2),
            row(0, 1, IntervalState.FINAL, 3),
            row(2, 3, IntervalState.FINAL, 4));
    assertThat(GapHistory.of(account(3, minutes(0, 3)), changes))
        .singleElement()
        .matches(gap -> gap.intervals() == 3 && gap.closedAtMs() == 4000);
  }

  /** The oracle asks for each interval alone: which row holds. */
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void theOpenGapsAreExactlyTheIntervalsThatLackAState(long seed) {
    Random random = new Random(seed);
    int size = 30;
    List<CoverageRow> changes = new ArrayList<>();
    IntervalState[] known = new IntervalState[size];
    IntervalState[] states = {
      IntervalState.MISSING, IntervalState.VERIFIED_EMPTY, IntervalState.UNRECOVERABLE
    };
    for (int seq = 1; seq <= 12; seq++) {
      int from = random.nextInt(size);
      int to = Math.min(size, from + random.nextInt(8));
      IntervalState state = states[random.nextInt(states.length)];
      changes.add(row(from, to, state, seq));
      Arrays.fill(known, from, to, state);
    }
    List<CoverageRow> holding = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (known[i] != null) {
        holding.add(row(i, i + 1, known[i], 100));
      }
    }
    Collections.shuffle(changes, random);
    StreamAccount account = account(size, Intervals.empty(), holding.toArray(CoverageRow[]::new));
    Intervals open = Intervals.empty();
    for (GapRecord gap : GapHistory.of(account, changes)) {
      open = gap.open() ? open.union(Intervals.of(gap.fromMs(), gap.toMs())) : open;
    }
    for (int i = 0; i < size; i++) {
      boolean lacks = known[i] == null || known[i] == IntervalState.MISSING;
      assertThat(open.contains(i * MINUTE)).as("minute %d", i).isEqualTo(lacks);
    }
  }
}
