package dev.candles.batch.quality.check;

import static dev.candles.batch.quality.check.Rows.MINUTE;
import static dev.candles.batch.quality.check.Rows.chained;
import static dev.candles.batch.quality.check.Rows.day;
import static dev.candles.batch.quality.check.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.parquet.RawCandle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChainCheckTest {
  private static List<FindingType> kinds(Day day) {
    return ChainCheck.of(day).doubts().stream().map(doubt -> doubt.finding().kind()).toList();
  }

  @Test
  void idsThatGoOnAreNoFindingAlsoOverSilentMinutes() {
    Day day = day(chained(0, 1L, 4L), chained(1, 5L, 5L), chained(7, 6L, 9L));
    assertThat(kinds(day)).isEmpty();
    assertThat(ChainCheck.of(day).pairs()).isEqualTo(2);
  }

  @Test
  void missingIdsAreDoubtedWhereMinutesLackBetween() {
    Day day = day(chained(0, 1L, 4L), chained(3, 6L, 9L));
    assertThat(ChainCheck.of(day).doubts())
        .singleElement()
        .satisfies(
            doubt -> {
              assertThat(doubt.finding().kind()).isEqualTo(FindingType.CHAIN_HOLE);
              assertThat(doubt.finding().value())
                  .isEqualTo(
                      "ids 5 to 5 are missing: an emptiness of 2 minutes lies between ids 4 and 6,"
                          + " which are not neighbours");
              assertThat(doubt.neededMs()).containsExactly(MINUTE, 3 * MINUTE);
            });
  }

  @Test
  void tradesThatLieAcrossAnEndAreCountedTogether() {
    Day across =
        day(
            chained(0, 1L, 4L),
            row(MINUTE, 10, 12, 9, 11, 1, 4L, 5L, 9L, "TRADE_CHAIN"),
            row(2 * MINUTE, 10, 12, 9, 11, 1, 3L, 8L, 11L, "TRADE_CHAIN"),
            chained(3, 12L, 15L));
    assertThat(kinds(across)).isEmpty();
    Day doubled =
        day(chained(0, 1L, 4L), chained(1, 5L, 9L), chained(2, 8L, 11L), chained(3, 12L, 15L));
    assertThat(kinds(doubled)).containsExactly(FindingType.CHAIN_COUNT);
  }

  @Test
  void tradesThatAreDoubledDoNotStandInForThoseThatAreMissing() {
    Day day =
        day(chained(0, 1L, 4L), chained(1, 10L, 12L), chained(2, 8L, 12L), chained(3, 13L, 15L));
    assertThat(kinds(day)).containsExactly(FindingType.CHAIN_HOLE, FindingType.CHAIN_COUNT);
  }

  private static RawCandle rebuilt(int minute, long first, long last) {
    return rebuilt(minute, first, last, last - first + 1);
  }

  private static RawCandle rebuilt(int minute, long first, long last, long count) {
    return row(minute * MINUTE, 10, 12, 9, 11, 1, count, first, last, "REST_TRADES");
  }

  @Test
  void idsMissingBetweenTwoCandlesRebuiltByIdAreMissingLikeAnyOther() {
    assertThat(ChainCheck.of(day(rebuilt(1, 1, 2), rebuilt(2, 4, 5))).doubts())
        .singleElement()
        .satisfies(
            doubt -> {
              assertThat(doubt.finding().kind()).isEqualTo(FindingType.CHAIN_HOLE);
              assertThat(doubt.finding().value()).isEqualTo("ids 3 to 3 are missing");
              assertThat(doubt.neededMs()).isEmpty();
            });
    assertThat(ChainCheck.of(day(rebuilt(1, 20, 22), rebuilt(3, 24, 25))).doubts())
        .singleElement()
        .satisfies(
            doubt -> {
              assertThat(doubt.finding().value()).contains("1 minute lies between ids 22 and 24");
              assertThat(doubt.neededMs()).containsExactly(2 * MINUTE, 3 * MINUTE);
            });
  }

  @Test
  void aCandleRebuiltByIdHasAsManyTradesAsIds() {
    Day between = day(chained(1, 1L, 4L), rebuilt(2, 5, 9, 4), chained(3, 10L, 12L));
    assertThat(kinds(between)).containsExactly(FindingType.CHAIN_COUNT);
    assertThat(kinds(day(chained(1, 1L, 4L), rebuilt(2, 5, 9), chained(3, 10L, 12L)))).isEmpty();
  }

  @Test
  void aCandleRebuiltByIdAddsUpApartFromOthersTooIfTheMinutesBesideItAreKnown() {
    List<ConditionalFinding> doubts =
        ChainCheck.of(day(chained(1, 1L, 4L), rebuilt(3, 7, 9, 2))).doubts();
    assertThat(doubts)
        .extracting(doubt -> doubt.finding().kind())
        .containsExactly(FindingType.CHAIN_HOLE, FindingType.CHAIN_COUNT);
    assertThat(doubts.get(1).neededMs())
        .as("on both sides of it")
        .containsExactly(2 * MINUTE, 3 * MINUTE, 4 * MINUTE, 5 * MINUTE);
    assertThat(
            kinds(
                day(
                    chained(1, 1L, 4L),
                    row(3 * MINUTE, 10, 12, 9, 11, 1, 2L, 7L, 9L, "TRADE_CHAIN"))))
        .as("a trade of it may lie in a minute that is not known")
        .containsExactly(FindingType.CHAIN_HOLE);
  }

  @Test
  void candlesRebuiltByIdWhoseIdsOverlapAreCountedTogether() {
    assertThat(kinds(day(chained(1, 1L, 4L), rebuilt(2, 5, 9, 4), rebuilt(3, 8, 11, 3)))).isEmpty();
    assertThat(kinds(day(chained(1, 1L, 4L), rebuilt(2, 5, 9, 4), rebuilt(3, 8, 11, 4))))
        .containsExactly(FindingType.CHAIN_COUNT);
  }

  @Test
  void aCandleBesideOneThatDoesNotTellItsIdsIsNotCounted() {
    assertThat(kinds(day(chained(1, null, null), rebuilt(2, 5, 9, 4), chained(3, null, null))))
        .as("a trade of it may be one of theirs")
        .isEmpty();
  }

  private static void hasTooMany(RawCandle... rows) {
    assertThat(ChainCheck.of(day(rows)).doubts())
        .as("no trade has two ids, whatever lies in minutes that are not known")
        .filteredOn(doubt -> doubt.finding().kind() == FindingType.CHAIN_COUNT)
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.neededMs()).isEmpty());
  }

  @Test
  void moreTradesThanIdsAreFoundWhateverIsBesideThem() {
    hasTooMany(
        chained(1, null, null), chained(2, 5L, 9L), chained(3, 5L, 9L), chained(4, null, null));
    hasTooMany(chained(1, null, null), rebuilt(2, 5, 9, 6), chained(3, null, null));
    hasTooMany(
        chained(2, 5L, 9L), chained(5, 30L, 34L), chained(6, 30L, 34L), chained(9, 90L, 91L));
    hasTooMany(chained(0, 5L, 9L), chained(1, 5L, 9L), chained(2, null, null), chained(3, 1L, 2L));
    hasTooMany(chained(1438, 5L, 9L), chained(1439, 5L, 9L));
  }

  private static RawCandle live(int minute, long first, long last, long count) {
    return row(minute * MINUTE, 10, 12, 9, 11, 1, count, first, last, "TRADE_CHAIN");
  }

  private static void isCrowded(String value, RawCandle... rows) {
    assertThat(ChainCheck.of(day(rows)).doubts())
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.finding().value()).isEqualTo(value))
        .satisfies(doubt -> assertThat(doubt.neededMs()).isEmpty());
  }

  @Test
  void doubledTradesAreFoundHoweverFarDownTheirIdsReach() {
    isCrowded(
        "16 trades with ids 6 to 16",
        chained(0, 1L, 5L),
        chained(1, 6L, 10L),
        chained(2, 11L, 15L),
        live(3, 6, 16, 6),
        chained(4, 17L, 20L));
  }

  @Test
  void aTradeThatIsMissingDoesNotMakeUpForOneThatIsDoubled() {
    isCrowded(
        "3 trades with ids 9 to 10",
        chained(0, 1L, 4L),
        live(1, 5, 12, 5),
        live(2, 9, 10, 3),
        chained(3, 13L, 15L));
  }

  @Test
  void aRowThatCouldNotBeReadMakesNoTradesOfItsNeighboursTooMany() {
    assertThat(
            kinds(
                day(
                    chained(1, null, null),
                    chained(2, 5L, 9L),
                    row(3 * MINUTE, 10, 12, 9, 11, 1, null, 5L, 9L, "TRADE_CHAIN"),
                    chained(4, null, null))))
        .as("nobody says how many there are")
        .isEmpty();
  }

  @Test
  void atMidnightTheNextDayShowsWhetherACandleAddsUp() {
    Chain chain =
        ChainCheck.of(day(rebuilt(0, 5, 9, 4), rebuilt(1, 10, 11), rebuilt(1439, 12, 14, 2)));
    assertThat(chain.doubts()).isEmpty();
    assertThat(chain.head().hasTooFew()).isTrue();
    assertThat(chain.tail().hasTooFew()).isTrue();
    assertThat(chain.tail().value()).isEqualTo("2 trades with ids 12 to 14");
  }

  @Test
  void idsThatGoBackAreFound() {
    assertThat(kinds(day(chained(0, 50L, 54L), chained(1, 7L, 9L), chained(2, 10L, 11L))))
        .containsExactly(FindingType.CHAIN_BACK);
  }

  @Test
  void neighboursWithoutIdsAreCountedOnly() {
    Chain chain =
        ChainCheck.of(day(chained(0, 1L, 4L), chained(1, null, null), chained(2, 90L, 95L)));
    assertThat(chain.doubts()).isEmpty();
    assertThat(chain.pairs()).isZero();
    assertThat(chain.without()).isEqualTo(2);
    assertThat(chain.beginsWithIds()).isTrue();
    assertThat(chain.endsWithIds()).isTrue();
  }

  @Test
  void aRowThatIsWrongInItselfBreaksNoChain() {
    Day day = day(chained(0, 1L, 4L), chained(1, 5L, 6L), chained(2, 7L, 9L));
    day.unsound(day.rows().get(1).candle());
    assertThat(kinds(day)).isEmpty();
  }

  @Test
  void tradesThatAFarCandleHoldsTooAreDoubled() {
    Day doubled =
        day(
            chained(720, 1L, 10L),
            chained(750, 11L, 20L),
            chained(751, 6L, 10L),
            chained(752, 21L, 25L));
    assertThat(kinds(doubled)).contains(FindingType.CHAIN_BACK);
  }

  @Test
  void noTradeComesHalfAnHourLate() {
    Day late =
        day(
            live(720, 1, 10, 5),
            chained(750, 11L, 20L),
            chained(751, 6L, 10L),
            chained(752, 21L, 25L));
    assertThat(kinds(late)).contains(FindingType.CHAIN_BACK);
    Day soon =
        day(
            live(742, 1, 10, 5),
            chained(750, 11L, 20L),
            chained(751, 6L, 10L),
            chained(752, 21L, 25L));
    assertThat(kinds(soon)).isEmpty();
  }

  @Test
  void tradesMayBeSwappedAfterALongSilence() {
    RawCandle swapped = live(101, 4, 6, 2);
    assertThat(kinds(day(chained(1, 1L, 3L), chained(100, 5L, 5L), swapped, chained(102, 7L, 9L))))
        .isEmpty();
    assertThat(kinds(day(live(1, 1, 3, 2), chained(100, 5L, 5L), swapped, chained(102, 7L, 9L))))
        .as("one before it is lost")
        .containsExactly(FindingType.CHAIN_HOLE);
  }

  @Test
  @Timeout(120)
  void aDayOfNothingButBreaksIsJudgedSoon() {
    RawCandle[] rows = new RawCandle[1440];
    for (int minute = 0; minute < rows.length; minute++) {
      long id = 10L * (minute % 2 == 0 ? 5_000 + minute : 5_000 - minute);
      rows[minute] = live(minute, id, id + 12, 3);
    }
    assertThat(kinds(day(rows))).hasSizeGreaterThan(1_000);
  }
}
