package dev.candles.qa.check;

import static dev.candles.qa.check.Rows.MINUTE;
import static dev.candles.qa.check.Rows.chained;
import static dev.candles.qa.check.Rows.day;
import static dev.candles.qa.check.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChainCheckTest {
  private static List<Kind> kinds(Day day) {
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
              assertThat(doubt.finding().kind()).isEqualTo(Kind.CHAIN_HOLE);
              assertThat(doubt.finding().value()).isEqualTo("ids 5 to 5 are missing");
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
    assertThat(kinds(doubled)).containsExactly(Kind.CHAIN_COUNT);
  }

  @Test
  void anIdMissingBetweenTwoCandlesRebuiltByIdDoesNotExist() {
    Day day =
        day(
            row(0, 10, 12, 9, 11, 1, 2L, 1L, 2L, "REST_TRADES"),
            row(MINUTE, 10, 12, 9, 11, 1, 2L, 4L, 5L, "REST_TRADES"));
    assertThat(kinds(day)).isEmpty();
  }

  @Test
  void idsThatGoBackAreFound() {
    assertThat(kinds(day(chained(0, 50L, 54L), chained(1, 7L, 9L), chained(2, 10L, 11L))))
        .containsExactly(Kind.CHAIN_BACK);
  }

  @Test
  void neighboursWithoutIdsAreCountedOnly() {
    Chain chain =
        ChainCheck.of(day(chained(0, 1L, 4L), chained(1, null, null), chained(2, 90L, 95L)));
    assertThat(chain.doubts()).isEmpty();
    assertThat(chain.pairs()).isZero();
    assertThat(chain.without()).isEqualTo(2);
    assertThat(chain.edgesJoin()).isTrue();
  }

  @Test
  void aRowThatIsWrongInItselfBreaksNoChain() {
    Day day = day(chained(0, 1L, 4L), chained(1, 5L, 6L), chained(2, 7L, 9L));
    day.unsound(day.rows().get(1).candle());
    assertThat(kinds(day)).isEmpty();
  }
}
