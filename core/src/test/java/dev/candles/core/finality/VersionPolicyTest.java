package dev.candles.core.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.CandleCheck;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Trade;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.IntervalState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VersionPolicyTest {
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void theHighestEvidenceIsCurrentInAnyOrderOfArrival(long seed) {
    holdsInAnyOrder(seed, List.of(Evidence.REST, Evidence.VENUE_FLAG, Evidence.REST_TWICE));
  }

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void allTradesByIdBeatWhatHasNoIdsInAnyOrderOfArrival(long seed) {
    holdsInAnyOrder(
        seed,
        List.of(Evidence.REST, Evidence.REST_TWICE, Evidence.TRADE_CHAIN, Evidence.REST_TRADES));
  }

  /**
   * @param weakestFirst the kinds of evidence that a venue of one kind gives
   */
  private static void holdsInAnyOrder(long seed, List<Evidence> weakestFirst) {
    Random random = new Random(seed);
    List<Candle> arrivals = new ArrayList<>();
    int best = -1;
    for (int i = 0; i < weakestFirst.size(); i++) {
      if (random.nextBoolean()) {
        for (int copies = random.nextInt(3); copies >= 0; copies--) {
          arrivals.add(Candles.candle(Candles.T0, 100 + i, 1, weakestFirst.get(i)));
        }
        best = i;
      }
    }
    Collections.shuffle(arrivals, random);
    Version current = null;
    int written = 0;
    for (Candle candle : arrivals) {
      Verdict verdict =
          VersionPolicy.judge(current == null ? null : IntervalState.FINAL, current, candle);
      if (verdict instanceof Verdict.Accept) {
        written++;
        current = Version.of(candle);
      } else if (verdict instanceof Verdict.Revision revision) {
        assertThat(revision.number()).isEqualTo(current.revision() + 1);
        current = Version.of(candle.withRevision(revision.number()));
      }
    }
    assertThat(written).isEqualTo(arrivals.isEmpty() ? 0 : 1);
    if (best >= 0) {
      assertThat(current.prices().close()).isEqualTo(100 + best);
    }
  }

  @ParameterizedTest
  @CsvSource({
    ", VENUE_FLAG, VENUE_FLAG",
    ", REST, REST",
    ", REST_TWICE, REST",
    ", ROLLUP, ROLLUP",
    "UNRECOVERABLE, REST, REST",
  })
  void aFlatRowOfWhichTheLakeHoldsNoneMakesTheIntervalEmpty(
      @Nullable IntervalState state, Evidence row, Evidence proof) {
    assertThat(VersionPolicy.judge(state, null, Candles.flat(Candles.T0, 100, row)))
        .isEqualTo(new Verdict.Silence(proof));
  }

  @Test
  void aFlatRowOfAnEmptyIntervalIsADuplicateAndACandleOfItIsTheFirst() {
    Candle flat = Candles.flat(Candles.T0, 100, Evidence.VENUE_FLAG);
    assertThat(VersionPolicy.judge(IntervalState.VERIFIED_EMPTY, null, flat))
        .isEqualTo(new Verdict.Duplicate());
    assertThat(VersionPolicy.judge(IntervalState.VERIFIED_EMPTY, null, Candles.minute(0)))
        .isEqualTo(new Verdict.Accept());
  }

  /** As lakes of before hold them: nothing is written beside such a row. */
  @ParameterizedTest
  @CsvSource({"VENUE_FLAG", "REST", "REST_TWICE", "ROLLUP"})
  void aFlatRowOverAFlatRowIsADuplicateWhateverPriceItRepeats(Evidence evidence) {
    Version held = Version.of(Candles.flat(Candles.T0, 100, Evidence.REST));
    assertThat(
            VersionPolicy.judge(IntervalState.FINAL, held, Candles.flat(Candles.T0, 101, evidence)))
        .isEqualTo(new Verdict.Duplicate());
  }

  /** It cannot be withdrawn; two reads decide, as between any two versions. */
  @Test
  void aCandleThatIsFlatInALaterAnswerIsRevisedByTwoReadsOnly() {
    Version candle = Version.of(Candles.candle(Candles.T0, 100, 1, Evidence.VENUE_FLAG));
    Candle flat = Candles.flat(Candles.T0, 100, Evidence.VENUE_FLAG);
    assertThat(VersionPolicy.judge(IntervalState.FINAL, candle, flat))
        .isEqualTo(new Verdict.Disagreement());
    assertThat(
            VersionPolicy.judge(
                IntervalState.FINAL, candle, flat.withEvidence(Evidence.REST_TWICE)))
        .isEqualTo(new Verdict.Revision(1));
  }

  @Test
  void aFlatRowNeverReplacesTradesById() {
    Candle trades = Candles.candle(Candles.T0, 100, 1, Evidence.TRADE_CHAIN);
    Candle flat = Candles.flat(Candles.T0, 100, Evidence.REST_TWICE);
    assertThat(VersionPolicy.judge(IntervalState.FINAL, Version.of(trades), flat))
        .isEqualTo(new Verdict.Disagreement());
  }

  @Test
  void aRepeatIsADuplicateHoweverOften() {
    Candle candle = Candles.minute(0);
    assertThat(VersionPolicy.judge(IntervalState.FINAL, Version.of(candle), candle))
        .isEqualTo(new Verdict.Duplicate());
  }

  @Test
  void whatIsTooOldToBeRememberedIsADuplicate() {
    assertThat(VersionPolicy.judge(IntervalState.FINAL, null, Candles.minute(0)))
        .isEqualTo(new Verdict.Duplicate());
  }

  @Test
  void aSecondClosedCandleIsNotBelievedOnItsOwn() {
    Candle first = Candles.candle(Candles.T0, 100, 1, Evidence.VENUE_FLAG);
    Candle second = Candles.candle(Candles.T0, 101, 1, Evidence.VENUE_FLAG);
    assertThat(VersionPolicy.judge(IntervalState.FINAL, Version.of(first), second))
        .isEqualTo(new Verdict.Disagreement());
    assertThat(
            VersionPolicy.judge(
                IntervalState.FINAL, Version.of(first), second.withEvidence(Evidence.REST_TWICE)))
        .isEqualTo(new Verdict.Revision(1));
  }

  @Test
  void onlyRefetchedTradesReplaceWhatAllTradesMade() {
    Candle chained = Candles.candle(Candles.T0, 100, 1, Evidence.TRADE_CHAIN);
    Candle differing = Candles.candle(Candles.T0, 101, 1, Evidence.REST);
    assertThat(VersionPolicy.judge(IntervalState.FINAL, Version.of(chained), differing))
        .isEqualTo(new Verdict.Disagreement());
    assertThat(
            VersionPolicy.judge(
                IntervalState.FINAL,
                Version.of(chained),
                differing.withEvidence(Evidence.REST_TRADES)))
        .isEqualTo(new Verdict.Revision(1));
    assertThat(
            VersionPolicy.judge(
                IntervalState.FINAL,
                Version.of(chained),
                differing.withEvidence(Evidence.REST_TWICE)))
        .isEqualTo(new Verdict.Disagreement());
    assertThat(VersionPolicy.judge(IntervalState.FINAL, Version.of(differing), chained))
        .as("a complete chain that comes later")
        .isEqualTo(new Verdict.Revision(1));
  }

  @ParameterizedTest
  @CsvSource({
    "TRADE_CHAIN, REST_TRADES", "REST_TRADES, TRADE_CHAIN",
    "REST_TRADES, REST_TRADES", "TRADE_CHAIN, TRADE_CHAIN"
  })
  void ofTwoVersionsMadeOfTradesTheOneWithMoreOfThemHolds(Evidence first, Evidence second) {
    Candle few = ofTrades(7, first);
    Candle more = ofTrades(8, second);
    assertThat(VersionPolicy.judge(IntervalState.FINAL, Version.of(few), more))
        .isEqualTo(new Verdict.Revision(1));
    assertThat(VersionPolicy.judge(IntervalState.FINAL, Version.of(more), few))
        .isEqualTo(new Verdict.Disagreement());
  }

  @Test
  void aTradeThatTheVenueHasWithdrawnIsGone() {
    Candle before = ofTrades(7, Evidence.TRADE_CHAIN);
    CandleBuilder fold =
        new CandleBuilder(new Trade(1, Candles.T0, 100, BigDecimal.ONE, TakerSide.BUY));
    fold.add(new Trade(7, Candles.T0, 100, BigDecimal.ONE, TakerSide.BUY));
    Candle after =
        fold.candle(Candles.STREAM, Candles.T0, Evidence.REST_TRADES, "test", Candles.T0);
    assertThat(VersionPolicy.judge(IntervalState.FINAL, Version.of(before), after))
        .isEqualTo(new Verdict.Revision(1));
  }

  /** Neither the candle of a build that did not keep it, nor one of a build that does. */
  @Test
  void aVersionThatDoesNotSayWhatTakersBoughtIsNoOther() {
    Candle said = ofTrades(7, Evidence.TRADE_CHAIN, TakerSide.BUY);
    Candle unsaid = ofTrades(7, Evidence.REST_TRADES, TakerSide.UNKNOWN);
    assertThat(unsaid.takerBuyVolume()).isNull();
    assertThat(VersionPolicy.judge(IntervalState.FINAL, Version.of(said), unsaid))
        .isEqualTo(new Verdict.Duplicate());
    assertThat(
            VersionPolicy.judge(
                IntervalState.FINAL, Version.of(unsaid), said.withEvidence(Evidence.REST_TRADES)))
        .isEqualTo(new Verdict.Duplicate());
  }

  @Test
  void anotherSumOfWhatTakersBoughtIsAnotherVersion() {
    Candle bought = ofTrades(7, Evidence.TRADE_CHAIN, TakerSide.BUY);
    Candle sold = ofTrades(7, Evidence.REST_TRADES, TakerSide.SELL);
    assertThat(VersionPolicy.judge(IntervalState.FINAL, Version.of(bought), sold))
        .isEqualTo(new Verdict.Revision(1));
  }

  private static Candle ofTrades(int count, Evidence evidence) {
    return ofTrades(count, evidence, TakerSide.BUY);
  }

  private static Candle ofTrades(int count, Evidence evidence, TakerSide taker) {
    CandleBuilder fold = new CandleBuilder(new Trade(1, Candles.T0, 100, BigDecimal.ONE, taker));
    for (int id = 2; id <= count; id++) {
      fold.add(new Trade(id, Candles.T0, 100, BigDecimal.ONE, taker));
    }
    return fold.candle(Candles.STREAM, Candles.T0, evidence, "test", Candles.T0);
  }

  @Test
  void aCandleBeatsSilenceAndSurrender() {
    for (IntervalState state :
        new IntervalState[] {null, IntervalState.VERIFIED_EMPTY, IntervalState.UNRECOVERABLE}) {
      assertThat(VersionPolicy.judge(state, null, Candles.minute(0)))
          .isEqualTo(new Verdict.Accept());
    }
  }

  @Test
  void volumesDifferOnlyBeyondTheirLastDigit() {
    assertThat(Version.sameVolume(1.00000001, 1.000000015)).isTrue();
    assertThat(Version.sameVolume(1.0, 1.00000002)).isFalse();
    assertThat(Version.sameVolume(16_113_000_000_000.0, 16_113_000_000_000.002)).isTrue();
    assertThat(Version.sameVolume(16_113_000.0, 16_113_001.0)).isFalse();
  }

  private static Candle paid(@Nullable Double quote, Evidence evidence) {
    Candle c = Candles.candle(Candles.T0, 100, 1, evidence);
    return new Candle(
        c.stream(),
        c.openTimeMs(),
        c.prices(),
        new Volumes(1, quote, null),
        c.trades(),
        c.provenance());
  }

  private static Verdict paidOnce(
      Evidence evidence, @Nullable Double before, @Nullable Double now) {
    Version held = Version.of(paid(before, evidence));
    return VersionPolicy.judge(IntervalState.FINAL, held, paid(now, evidence));
  }

  /** A minute of it was revised by two reads, at the same volume. */
  @Test
  void aRollupWithAnotherVolumeInQuoteCurrencyIsARevision() {
    assertThat(paidOnce(Evidence.ROLLUP, 100.0, 100.5)).isEqualTo(new Verdict.Revision(1));
    assertThat(paidOnce(Evidence.ROLLUP, 100.0, 100.0)).isEqualTo(new Verdict.Duplicate());
    assertThat(paidOnce(Evidence.ROLLUP, 0.1 + 0.2, 0.3)).isEqualTo(new Verdict.Duplicate());
    assertThat(paidOnce(Evidence.ROLLUP, 100.0, null)).isEqualTo(new Verdict.Duplicate());
    assertThat(paidOnce(Evidence.ROLLUP, null, 100.0)).isEqualTo(new Verdict.Duplicate());
  }

  /** A feed and an answer may round it in two ways. */
  @ParameterizedTest
  @EnumSource(value = Evidence.class, names = "ROLLUP", mode = EnumSource.Mode.EXCLUDE)
  void ofACandleThatIsNoFoldItIsNotCompared(Evidence evidence) {
    assertThat(paidOnce(evidence, 100.0, 100.5)).isEqualTo(new Verdict.Duplicate());
  }

  /** The next number would be one that no reader believes. */
  @Test
  void aCandleIsRevisedNoOftenerThanIsBelieved() {
    Candle better = Candles.candle(Candles.T0, 101, 1, Evidence.REST_TWICE);

    Verdict last = confirmed(CandleCheck.MOST_REVISION - 1, better);
    assertThat(last).isEqualTo(new Verdict.Revision(CandleCheck.MOST_REVISION));
    assertThat(CandleCheck.unsound(better.withRevision(CandleCheck.MOST_REVISION))).isEmpty();
    assertThat(confirmed(CandleCheck.MOST_REVISION, better)).isEqualTo(new Verdict.Disagreement());
  }

  private static Verdict confirmed(int revision, Candle better) {
    Candle held = Candles.candle(Candles.T0, 100, 1, Evidence.REST).withRevision(revision);
    return VersionPolicy.judge(IntervalState.FINAL, Version.of(held), better);
  }
}
