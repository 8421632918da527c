package dev.candles.batch.quality.check;

import static dev.candles.batch.quality.check.Rows.BTC;
import static dev.candles.batch.quality.check.Rows.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.RawCandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two days, of which the second begins at minute 1440. */
class ChainBorderTest {
  private static final int MIDNIGHT = 1440;
  private static final Partition SECOND = Partition.of(BTC, MIDNIGHT * MINUTE);

  private static RawCandle candle(int minute, long first, long last, long count, String evidence) {
    return Rows.row(minute * MINUTE, 10, 12, 9, 11, 1, count, first, last, evidence);
  }

  private static RawCandle rebuilt(int minute, long first, long last, long count) {
    return candle(minute, first, last, count, "REST_TRADES");
  }

  private static Chain chain(Partition partition, RawCandle... rows) {
    List<Day.Row> all = Arrays.stream(rows).map(row -> new Day.Row(row, "f")).toList();
    return ChainCheck.of(new Day(partition, all, List.of()));
  }

  private static List<Finding> between(List<RawCandle> one, List<RawCandle> next) {
    Chain first = chain(Partition.of(BTC, 0), one.toArray(new RawCandle[0]));
    Chain second = chain(SECOND, next.toArray(new RawCandle[0]));
    return ChainBorder.doubts(first, second, SECOND).stream()
        .map(ConditionalFinding::finding)
        .toList();
  }

  @Test
  void rebuiltDaysWhoseIdsDoNotFollowAreToldLikeAnyOther() {
    List<Finding> found =
        between(
            List.of(rebuilt(1437, 18, 19, 2), rebuilt(1438, 20, 22, 3)),
            List.of(rebuilt(1442, 24, 25, 2), rebuilt(1443, 26, 26, 1)));
    assertThat(found).singleElement().matches(f -> f.kind() == FindingType.CHAIN_HOLE);
    assertThat(found.get(0).value())
        .isEqualTo(
            "ids 23 to 23 are missing: an emptiness of 3 minutes lies between ids 22 and 24,"
                + " which are not neighbours");
  }

  @Test
  void theCandlesAtMidnightAddUpWhereTheirIdsFollow() {
    List<RawCandle> one = List.of(rebuilt(1438, 18, 19, 2), rebuilt(1439, 20, 22, 3));
    List<RawCandle> next = List.of(rebuilt(1440, 23, 25, 3), rebuilt(1441, 26, 26, 1));
    assertThat(between(one, next)).isEmpty();
    assertThat(between(List.of(one.get(0), rebuilt(1439, 20, 22, 2)), next))
        .singleElement()
        .matches(f -> f.kind() == FindingType.CHAIN_COUNT && f.openTimeMs() == 1439 * MINUTE);
    assertThat(between(one, List.of(rebuilt(1440, 23, 25, 2), next.get(1))))
        .singleElement()
        .matches(f -> f.kind() == FindingType.CHAIN_COUNT && f.openTimeMs() == 1440 * MINUTE);
  }

  @Test
  void tradesThatLieAcrossMidnightAreCountedTogether() {
    List<RawCandle> one = List.of(rebuilt(1438, 18, 19, 2), rebuilt(1439, 20, 23, 3));
    assertThat(between(one, List.of(rebuilt(1440, 22, 25, 3), rebuilt(1441, 26, 26, 1)))).isEmpty();
    assertThat(between(one, List.of(rebuilt(1440, 22, 25, 2), rebuilt(1441, 26, 26, 1))))
        .singleElement()
        .matches(
            f ->
                f.kind() == FindingType.CHAIN_COUNT
                    && f.value().startsWith("5 trades with ids 20"));
  }

  @Test
  void besideAHoleOnlyWhatWasRebuiltByIdIsCounted() {
    RawCandle before = rebuilt(1438, 18, 19, 2);
    List<RawCandle> next = List.of(rebuilt(1440, 30, 31, 2), rebuilt(1441, 32, 32, 1));
    assertThat(between(List.of(before, rebuilt(1439, 20, 23, 3)), next))
        .extracting(Finding::kind)
        .containsExactly(FindingType.CHAIN_HOLE, FindingType.CHAIN_COUNT);
    assertThat(between(List.of(before, candle(1439, 20, 23, 3, "TRADE_CHAIN")), next))
        .extracting(Finding::kind)
        .containsExactly(FindingType.CHAIN_HOLE);
  }

  private static RawCandle told(int minute) {
    return Rows.row(minute * MINUTE, 10, 12, 9, 11, 1, null, null, null, "REST");
  }

  private static void isAHole(List<RawCandle> one, List<RawCandle> next) {
    assertThat(between(one, next))
        .extracting(Finding::kind)
        .containsExactly(FindingType.CHAIN_HOLE);
  }

  @Test
  void whatIsAtTheOtherEndsOfTheTwoDaysIsNotAsked() {
    List<RawCandle> one = List.of(rebuilt(1438, 18, 19, 2), rebuilt(1439, 20, 22, 3));
    List<RawCandle> next = List.of(rebuilt(1440, 30, 31, 2), rebuilt(1441, 32, 32, 1));
    isAHole(List.of(told(0), one.get(0), one.get(1)), next);
    isAHole(one, List.of(next.get(0), next.get(1), told(2879)));
    isAHole(List.of(told(0), one.get(0), one.get(1)), List.of(next.get(0), told(1441), told(2879)));
    RawCandle wrong = Rows.row(0, 10, 8, 9, 11, 1, 3L, 1L, 3L, "REST_TRADES");
    isAHole(List.of(wrong, one.get(0), one.get(1)), next);
  }

  @Test
  void aDayThatHasNoIdsAtMidnightIsNotJoined() {
    List<RawCandle> one = List.of(rebuilt(1438, 18, 19, 2), rebuilt(1439, 20, 22, 3));
    List<RawCandle> next = List.of(rebuilt(1440, 30, 31, 2), rebuilt(1441, 32, 32, 1));
    assertThat(between(List.of(one.get(0), told(1439)), next)).isEmpty();
    assertThat(between(one, List.of(told(1440), next.get(1)))).isEmpty();
  }

  private static void tells(
      FindingType kind, String value, List<RawCandle> one, List<RawCandle> next) {
    List<Finding> found = between(one, next);
    assertThat(found).extracting(Finding::kind).containsExactly(kind);
    assertThat(found.get(0).value()).isEqualTo(value);
  }

  @Test
  void idsThatGoBackOverAQuietMidnightAreFound() {
    List<RawCandle> one = List.of(rebuilt(1430, 90, 100, 11));
    tells(
        FindingType.CHAIN_BACK,
        "id 50 after 100",
        one,
        List.of(rebuilt(1445, 50, 60, 11), told(1446), rebuilt(1447, 150, 151, 2)));
    assertThat(between(one, List.of(rebuilt(1445, 50, 60, 11), rebuilt(1446, 61, 150, 90))))
        .extracting(Finding::value)
        .as("90 to 100 are in both days")
        .containsExactly("id 50 after 100", "101 trades with ids 61 to 150");
  }

  @Test
  void idsThatAreInBothDaysAreFoundOverAQuietMidnightToo() {
    List<RawCandle> one = List.of(rebuilt(1430, 90, 100, 11));
    String twice = "33 trades with ids 90 to 120";
    List<RawCandle> next = List.of(rebuilt(1445, 99, 120, 22), rebuilt(1446, 121, 150, 30));
    tells(FindingType.CHAIN_COUNT, twice, one, next);
    tells(FindingType.CHAIN_COUNT, twice, one, List.of(next.get(0), told(1446)));
  }

  @Test
  void doubledTradesAreFoundHoweverFarDownOverMidnightTheirIdsReach() {
    tells(
        FindingType.CHAIN_COUNT,
        "16 trades with ids 6 to 16",
        List.of(rebuilt(1437, 1, 5, 5), rebuilt(1438, 6, 10, 5), rebuilt(1439, 11, 15, 5)),
        List.of(candle(1440, 6, 16, 6, "TRADE_CHAIN"), rebuilt(1441, 17, 18, 2)));
  }

  @Test
  void whatADayDoublesByItselfIsNotToldOfMidnight() {
    List<RawCandle> one = List.of(rebuilt(1438, 18, 19, 3), rebuilt(1439, 20, 22, 3));
    assertThat(between(one, List.of(rebuilt(1440, 23, 25, 3), rebuilt(1441, 26, 26, 1)))).isEmpty();
  }

  @Test
  void tradesThatLieAcrossAQuietMidnightAreNoFinding() {
    RawCandle live = candle(1438, 90, 101, 11, "TRADE_CHAIN");
    List<RawCandle> next = List.of(candle(1441, 100, 120, 20, "TRADE_CHAIN"), told(1442));
    assertThat(between(List.of(told(1437), live), next)).as("101 was late").isEmpty();
    assertThat(between(List.of(live), List.of(next.get(0)))).isEmpty();
  }

  @Test
  void aLiveCandleBesideAQuietMidnightAddsUpWhereTheIdsFollow() {
    RawCandle before = rebuilt(1429, 80, 89, 10);
    List<RawCandle> next = List.of(rebuilt(1445, 101, 102, 2), rebuilt(1446, 103, 103, 1));
    tells(
        FindingType.CHAIN_COUNT,
        "10 trades with ids 90 to 100",
        List.of(before, candle(1430, 90, 100, 10, "TRADE_CHAIN")),
        next);
    assertThat(between(List.of(before, candle(1430, 90, 100, 11, "TRADE_CHAIN")), next)).isEmpty();
  }

  @Test
  void tradesMayBeSwappedRightAfterAQuietMidnight() {
    List<RawCandle> next =
        List.of(
            candle(1445, 5, 5, 1, "TRADE_CHAIN"),
            candle(1446, 4, 6, 2, "TRADE_CHAIN"),
            candle(1447, 7, 9, 3, "TRADE_CHAIN"));
    assertThat(between(List.of(candle(1300, 1, 3, 3, "TRADE_CHAIN")), next)).isEmpty();
    isAHole(List.of(candle(1300, 1, 3, 2, "TRADE_CHAIN")), next);
  }

  @Test
  void idsThatADayHeldLongBeforeMidnightAreNotExplainedThere() {
    List<RawCandle> one = new ArrayList<>();
    for (int minute = 1240; minute < MIDNIGHT; minute++) {
      long first = 5L * (minute - 1240) + 1;
      one.add(rebuilt(minute, first, first + 4, 5));
    }
    for (long doubled = 5; doubled < 495; doubled += 5) {
      RawCandle head = candle(1440, 501, 1001, 1 + doubled, "TRADE_CHAIN");
      assertThat(between(one, List.of(head, rebuilt(1441, 1002, 1003, 2))))
          .as("%s trades of them are in both days", doubled)
          .extracting(Finding::kind)
          .containsOnly(FindingType.CHAIN_COUNT);
    }
  }
}
