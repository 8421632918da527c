package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.proof.TradeEvidence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trades asked for by id, or by time, page by page, of a venue whose pages are cut and stale. */
class TradeFetchTest {
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;
  private static final int MINUTES = 22;

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void whatIsDecidedIsTheTruthWhicheverWayThePagesGo(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Trade> tape = tape(random);
    long from = T0 + random.nextInt(3, 6) * MINUTE;
    long to = from + random.nextInt(1, 4) * MINUTE;
    TradeFetch span = TradeFetch.fresh(Candles.STREAM, hole(tape, from, to, random));
    TradeVenue venue = new TradeVenue(tape, random.nextInt(5, 60), random.nextBoolean());
    for (int tries = 0; tries < 6; tries++) {
      venue.lieOneIn(random.nextInt(3) == 0 ? 2 : 0, random);
      TradeVenue.Walked walked = venue.walk(span, Candles.NO_ENDS);
      if (walked.reading().whole()) {
        assertTruth(walked.reading(), tape, from, to);
        return;
      }
      span = span.again(T0).orElse(span);
    } // undecided is no lie; that spans are decided is the next test's promise
  }

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void withoutFaultsASpanIsDecidedInTheEnd(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Trade> tape = tape(random);
    TradeFetch span =
        TradeFetch.fresh(Candles.STREAM, hole(tape, T0 + 4 * MINUTE, T0 + 6 * MINUTE, random));
    TradeVenue venue = new TradeVenue(tape, random.nextInt(5, 60), random.nextBoolean());
    TradeVenue.Walked walked = venue.walk(span, Candles.NO_ENDS);
    TradeFetch.Reading reading = walked.reading();
    assertThat(reading.whole()).as("%s %s", span, walked).isTrue();
    assertTruth(reading, tape, T0 + 4 * MINUTE, T0 + 6 * MINUTE);
  }

  @Test
  void aTradeOfTheHoleThatLiesElsewhereNamesItsIntervalAndItself() {
    TradeFetch span = hole(13);
    TradeWalk pages = new TradeWalk(span, Candles.NO_ENDS);
    pages.take(
        threeBeforeAnd(
            trade(11, T0 + 59_999),
            trade(12, T0 + MINUTE + 20_000),
            trade(13, T0 + 2 * MINUTE + 2_000)));
    TradeFetch.Reading reading = span.read(pages, T0);
    assertThat(reading.whole()).isTrue();
    assertThat(reading.more())
        .containsExactly(TradeFetch.fresh(Candles.STREAM, MissingTrades.near(T0, T0 + MINUTE, 11)));
  }

  @Test
  void theIdOfALateTradeDoesNotSayThatItsIntervalEndsThere() {
    TradeFetch late = late(14);
    TradeWalk pages = before(late);
    pages.take(List.of(trade(12, T0), trade(13, T0 + 65_000), trade(14, T0 + 70_000)));
    assertThat(late.read(pages, T0).whole()).as("trade 15 may be of it").isFalse();
    assertThat(pages.below(100)).as("up").isEqualTo(114);
    pages.take(List.of(trade(14, T0 + 70_000), trade(15, T0 + 110_000)));
    assertThat(late.read(pages, T0).whole()).as("so may trade 16").isFalse();
    pages.take(List.of(trade(15, T0 + 110_000), after(16), after(17)));
    assertThat(late.read(pages, T0).whole()).as("two may lie out of order").isFalse();
    pages.take(List.of(after(17), after(18)));
    assertThat(late.read(pages, T0).whole()).as("and another late one follow").isFalse();
    pages.take(List.of(after(18), longAfter(19)));
    assertThat(late.read(pages, T0).proven().candles())
        .extracting(Candle::tradeCount)
        .containsExactly(3L);
  }

  @Test
  void withoutItsTradeNoPageDecidesALateSpan() {
    TradeWalk pages = before(late(13));
    pages.take(List.of(trade(12, T0), after(13), after(14), after(15)));
    assertThat(late(17).read(pages, T0).whole()).isFalse();
    pages.take(List.of(after(15), after(16), trade(17, T0 + 61_000), longAfter(18)));
    assertThat(late(17).read(pages, T0).proven().candles())
        .extracting(Candle::lastTradeId)
        .containsExactly(17L);
  }

  @Test
  void allAroundALateSpanDecidesNothingWithoutItsTrade() {
    TradeWalk pages = before(late(17));
    pages.take(List.of(trade(12, T0), longAfter(13), longAfter(14), longAfter(15), longAfter(16)));
    assertThat(late(17).read(pages, T0).whole()).as("17 is of it, later than any may be").isFalse();
  }

  @Test
  void aHoleIsNotWholeBeforeTheLastIdThatMayBeOfIt() {
    TradeFetch span = hole(20);
    TradeWalk pages = new TradeWalk(span, Candles.NO_ENDS);
    pages.take(
        threeBeforeAnd(
            trade(11, T0 + 70_000),
            trade(12, T0 + 3 * MINUTE),
            trade(13, T0 + 3 * MINUTE),
            trade(14, T0 + 3 * MINUTE)));
    assertThat(span.read(pages, T0).whole()).as("15 to 19 are before the chain's 20").isFalse();
    List<Trade> rest = new ArrayList<>(List.of(trade(14, T0 + 3 * MINUTE), trade(15, T0 + 80_000)));
    for (int id = 16; id <= 20; id++) {
      rest.add(trade(id, T0 + 3 * MINUTE));
    }
    pages.take(rest);
    assertThat(span.read(pages, T0).proven().candles())
        .extracting(Candle::tradeCount)
        .containsExactly(2L);
  }

  /** Ids and times are a little out of order: 9 and 13 may be of the hole's minute as well. */
  @Test
  void aHoleIsNotWholeWithoutTradesAroundIt() {
    TradeFetch span = hole(13);
    TradeWalk pages = new TradeWalk(span, Candles.NO_ENDS);
    pages.take(List.of(trade(10, T0 + 50_000), trade(11, T0 + 61_000), trade(12, T0 + 62_000)));
    assertThat(span.read(pages, T0).whole()).as("nothing around it").isFalse();
    pages.take(
        List.of(trade(12, T0 + 62_000), trade(13, T0 + 2 * MINUTE), trade(14, T0 + 200_000)));
    assertThat(span.read(pages, T0).whole()).as("one trade below it").isFalse();
    pages.take(threeBeforeAnd());
    assertThat(span.read(pages, T0).whole()).isTrue();
    TradeWalk ends = new TradeWalk(span, Candles.NO_ENDS);
    ends.take(threeBeforeAnd());
    ends.take(List.of(trade(11, T0 + 61_000), trade(12, T0 + 62_000), trade(13, T0 + 2 * MINUTE)));
    assertThat(span.read(ends, T0).whole()).as("one trade above it").isFalse();
  }

  /** Whoever built a candle of what came in time has not heard of the trade that came after. */
  @Test
  void aSearchAlsoTellsTheCandleOfALateTradeThatItMeets() {
    TradeFetch span =
        TradeFetch.fresh(
            Candles.STREAM, MissingTrades.anywhere(T0 + 20 * MINUTE, T0 + 21 * MINUTE));
    TradeWalk pages = new TradeWalk(span, Candles.NO_ENDS);
    List<Trade> page = new ArrayList<>();
    for (int id = 1; id <= 3; id++) {
      page.add(trade(id, T0));
    }
    page.add(trade(4, T0 + 15 * MINUTE));
    page.add(trade(5, T0 + 16 * MINUTE));
    page.add(trade(6, T0 + 15 * MINUTE + 1_000));
    for (int id = 7; id <= 10; id++) {
      page.add(trade(id, T0 + 32 * MINUTE));
    }
    pages.take(page);
    TradeFetch.Reading reading = span.read(pages, T0);
    assertThat(reading.proven().silent().contains(T0 + 20 * MINUTE)).isTrue();
    assertThat(reading.proven().candles())
        .extracting(Candle::openTimeMs, Candle::tradeCount)
        .containsExactly(tuple(T0 + 15 * MINUTE, 2L));
  }

  @Test
  void everySweepSearchesTheNextRunsUntilAllHadTheirTurn() {
    Intervals open = Intervals.empty();
    for (int minute = 0; minute < 14; minute += 2) {
      open = open.union(Intervals.of(T0 + minute * MINUTE, T0 + (minute + 1) * MINUTE));
    }
    GapState gap = GapState.fresh(Candles.STREAM, T0, open, Reason.HISTORY);
    assertThat(searched(gap, open)).containsExactly(12L, 10L, 8L);
    gap = gap.failed(gap.nextPage(100, Long.MAX_VALUE, 0).orElseThrow(), T0);
    assertThat(searched(gap, open)).containsExactly(6L, 4L, 2L);
    gap = gap.failed(gap.nextPage(100, Long.MAX_VALUE, 0).orElseThrow(), T0);
    assertThat(searched(gap, open)).containsExactly(0L, 12L, 10L);
  }

  private static List<Long> searched(GapState gap, Intervals left) {
    return TradeFetch.ofLeft(gap, left, 1_440).stream()
        .map(span -> (span.hole().fromMs() - T0) / MINUTE)
        .toList();
  }

  @Test
  void aStrayTradeAtTheBorderIsNoProofThatItWasPassed() {
    TradeWalk pages = new TradeWalk(late(12), Candles.NO_ENDS);
    pages.take(List.of(trade(11, T0), trade(12, T0 + 61_000), after(13), longAfter(14)));
    assertThat(late(12).read(pages, T0).whole()).isFalse();
    pages.take(List.of(trade(9, T0), trade(10, T0), trade(11, T0)));
    assertThat(late(12).read(pages, T0).whole()).isTrue();
  }

  @Test
  void inAQuietMarketALateSpanWaitsForADayForATradeAfterIt() {
    TradeFetch span = late(13);
    long nowMs = T0;
    for (Optional<TradeFetch> next = Optional.of(span); next.isPresent(); ) {
      span = next.get();
      nowMs = Math.max(nowMs, span.nextTryMs());
      next = span.again(nowMs);
    }
    assertThat(nowMs - T0).isGreaterThan(1_440 * MINUTE).isLessThan(28 * 60 * MINUTE);
  }

  @Test
  void twoQuestionsAboutOneIntervalForgetNeitherTrade() {
    TradeFetch tried = late(20).again(T0).orElseThrow();
    assertThat(late(15).with(tried)).isEqualTo(tried);
    assertThat(late(20).with(tried)).isEqualTo(tried);
    assertThat(late(25).with(tried).hole()).isEqualTo(late(25).hole());
    assertThat(late(25).with(tried).nextTryMs()).isEqualTo(tried.nextTryMs());
    assertThat(late(25).with(null)).isEqualTo(late(25));
  }

  /** A trade may come late by any time; then ids and times are not in the same order. */
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void aLateTradeIsReadWithTheWholeOfItsInterval(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Trade> tape = tape(random);
    int at = random.nextInt(tape.size() / 4, tape.size() / 2);
    Trade told = tape.get(at);
    long lateMs = Math.max(T0 + 3 * MINUTE, told.timeMs() - random.nextLong(4 * MINUTE));
    tape.set(at, trade(told.id(), lateMs));
    long open = Candles.STREAM.timeframe().floor(lateMs);
    TradeFetch span =
        TradeFetch.fresh(Candles.STREAM, MissingTrades.near(open, open + MINUTE, told.id()));
    TradeVenue venue = new TradeVenue(tape, random.nextInt(5, 60), random.nextBoolean());
    for (int tries = 0; tries < 6; tries++) {
      venue.lieOneIn(random.nextInt(3) == 0 ? 2 : 0, random);
      TradeVenue.Walked walked = venue.walk(span, Candles.NO_ENDS);
      if (walked.reading().whole()) {
        assertTruth(walked.reading(), tape, open, open + MINUTE);
        return;
      }
      span = span.again(T0).orElse(span);
    }
  }

  /** The second minute, whose trades have ids from 11 to below {@code beforeId}. */
  private static TradeFetch hole(long beforeId) {
    return TradeFetch.fresh(
        Candles.STREAM, new MissingTrades(T0 + MINUTE, T0 + 2 * MINUTE, 10, beforeId));
  }

  /** The last three trades of the first minute, of which the last has id 10, and others. */
  private static List<Trade> threeBeforeAnd(Trade... others) {
    List<Trade> page = new ArrayList<>();
    page.add(trade(8, T0 + 40_000));
    page.add(trade(9, T0 + 45_000));
    page.add(trade(10, T0 + 50_000));
    page.addAll(List.of(others));
    return page;
  }

  private static TradeFetch late(long id) {
    return TradeFetch.fresh(Candles.STREAM, MissingTrades.near(T0 + MINUTE, T0 + 2 * MINUTE, id));
  }

  private static TradeWalk before(TradeFetch span) {
    TradeWalk pages = new TradeWalk(span, Candles.NO_ENDS);
    pages.take(List.of(trade(10, T0), trade(11, T0), trade(12, T0)));
    return pages;
  }

  private static Trade longAfter(long id) {
    return trade(id, T0 + 2 * MINUTE + TradeEvidence.LATE_MS);
  }

  private static Trade after(long id) {
    return trade(id, T0 + 2 * MINUTE + 2_000);
  }

  @Test
  void aPageThatDoesNotTouchTheOnesBeforeIsNotPutTogetherWithThem() {
    TradePages pages = new TradePages();
    assertThat(pages.add(List.of(trade(10, T0), trade(11, T0)))).isTrue();
    assertThat(pages.add(List.of(trade(13, T0), trade(14, T0)))).isFalse();
    assertThat(pages.trades()).containsOnlyKeys(10L, 11L);
    assertThat(pages.add(List.of(trade(11, T0), trade(12, T0)))).as("border repeated").isTrue();
    assertThat(pages.add(List.of(trade(13, T0)))).as("follows by id").isTrue();
    assertThat(pages.add(List.of(trade(12, T0), trade(13, T0)))).as("nothing new").isFalse();
    assertThat(pages.trades()).containsOnlyKeys(10L, 11L, 12L, 13L);
  }

  @Test
  void aTradeToldDifferentlyBreaksTheWalk() {
    TradePages pages = new TradePages();
    pages.add(List.of(trade(10, T0), trade(11, T0)));
    assertThat(pages.add(List.of(trade(11, T0 + 1), trade(12, T0)))).isFalse();
    assertThat(pages.add(List.of(trade(13, T0), trade(13, T0 + 1)))).isFalse();
    assertThat(pages.trades()).containsOnlyKeys(10L, 11L);
  }

  @Test
  void aSpanIsGivenUpInTheEndAndTheTradesOfOneAreBounded() {
    TradeFetch span =
        TradeFetch.fresh(
            Candles.STREAM, new MissingTrades(T0, T0 + MINUTE, 1, MissingTrades.UNKNOWN));
    int tries = 1;
    for (Optional<TradeFetch> next = span.again(T0); next.isPresent(); tries++) {
      assertThat(next.get().nextTryMs()).isGreaterThan(T0);
      next = next.get().again(T0);
    }
    assertThat(tries).isEqualTo(48);
    TradePages pages = new TradePages();
    List<Trade> many = new ArrayList<>();
    for (int id = 0; id <= TradeFetch.MOST_TRADES; id++) {
      many.add(trade(id, T0));
    }
    assertThat(pages.add(many)).isFalse();
  }

  private static void assertTruth(
      TradeFetch.Reading reading, List<Trade> tape, long from, long to) {
    Map<Long, List<Trade>> truth =
        tape.stream()
            .filter(t -> t.timeMs() >= from && t.timeMs() < to)
            .collect(
                Collectors.groupingBy(
                    t -> Candles.STREAM.timeframe().floor(t.timeMs()),
                    TreeMap::new,
                    Collectors.toList()));
    assertThat(reading.proven().candles())
        .extracting(Candle::openTimeMs)
        .filteredOn(open -> open >= from && open < to) // those of late trades beside
        .containsExactlyElementsOf(truth.keySet());
    for (Candle candle : reading.proven().candles()) {
      List<Trade> trades =
          tape.stream()
              .filter(t -> Candles.STREAM.timeframe().floor(t.timeMs()) == candle.openTimeMs())
              .toList();
      assertThat(candle.tradeCount()).isEqualTo(trades.size());
      assertThat(candle.open()).isEqualTo(trades.get(0).price());
      assertThat(candle.close()).isEqualTo(trades.get(trades.size() - 1).price());
      assertThat(candle.evidence()).isEqualTo(Evidence.REST_TRADES);
    }
    assertThat(reading.proven().silent().length()).isEqualTo(to - from - truth.size() * MINUTE);
  }

  private static MissingTrades hole(List<Trade> tape, long from, long to, SplittableRandom random) {
    long afterId =
        tape.stream().filter(t -> t.timeMs() < from).mapToLong(Trade::id).max().orElseThrow();
    long beforeId =
        tape.stream().filter(t -> t.timeMs() >= to).mapToLong(Trade::id).min().orElseThrow();
    return switch (random.nextInt(3)) {
      case 0 -> MissingTrades.anywhere(from, to);
      case 1 -> MissingTrades.near(from, to, beforeId - 1);
      default -> new MissingTrades(from, to, afterId, beforeId);
    };
  }

  /** Ids in the order of time, without a missing one. */
  private static List<Trade> tape(SplittableRandom random) {
    List<Trade> tape = new ArrayList<>();
    long id = random.nextInt(1, 1_000_000);
    int busy = random.nextInt(500, 20_000);
    long at = T0;
    while (at < T0 + MINUTES * MINUTE) {
      at += 1 + random.nextInt(busy);
      if (random.nextInt(40) == 0) {
        at += random.nextInt(150_000);
      }
      tape.add(trade(id, at));
      id++;
    }
    tape.add(trade(id, at + MINUTE));
    return tape;
  }

  private static Trade trade(long id, long timeMs) {
    return new Trade(id, timeMs, 100 + id % 7, BigDecimal.ONE, TakerSide.BUY);
  }
}
