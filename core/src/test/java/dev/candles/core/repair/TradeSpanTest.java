package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.TradeHole;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trades asked for by id, or by time, page by page, of a venue whose pages are cut and stale. */
class TradeSpanTest {
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;
  private static final int MINUTES = 12;

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void whatIsDecidedIsTheTruthWhicheverWayThePagesGo(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Trade> tape = tape(random);
    long from = T0 + random.nextInt(3, 6) * MINUTE;
    long to = from + random.nextInt(1, 4) * MINUTE;
    TradeSpan span = TradeSpan.fresh(Candles.STREAM, hole(tape, from, to, random));
    int pageRows = random.nextInt(5, 60);
    boolean up = random.nextBoolean() || span.hole().beforeId() == TradeHole.UNKNOWN;
    TradeSpan.Reading reading = null;
    for (int walk = 0; walk < 6 && reading == null; walk++) {
      reading = walk(span, tape, pageRows, up, random.nextInt(3) == 0, random);
      span = span.again(new TreeMap<>(), T0).orElse(span);
    }
    if (reading == null) {
      return; // undecided is no lie; that spans are decided is the next test's promise
    }
    assertTruth(reading, tape, from, to);
  }

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void withoutFaultsASpanIsDecidedInTheEnd(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Trade> tape = tape(random);
    TradeSpan span =
        TradeSpan.fresh(Candles.STREAM, hole(tape, T0 + 4 * MINUTE, T0 + 6 * MINUTE, random));
    boolean up = random.nextBoolean() || span.hole().beforeId() == TradeHole.UNKNOWN;
    int pageRows = random.nextInt(5, 60);
    TradeSpan.Reading reading = walk(span, tape, pageRows, up, false, random);
    while (reading == null) { // before a quiet stretch the first trade lies further back
      span = span.again(new TreeMap<>(), T0).orElseThrow();
      reading = walk(span, tape, pageRows, up, false, random);
    }
    assertTruth(reading, tape, T0 + 4 * MINUTE, T0 + 6 * MINUTE);
  }

  @Test
  void aTradeOfTheHoleThatLiesElsewhereNamesItsIntervalAndItself() {
    TradePages pages = new TradePages();
    pages.add(
        List.of(trade(10, T0 + 50_000), trade(11, T0 + 59_999), trade(12, T0 + MINUTE + 20_000)));
    TradeHole hole = new TradeHole(T0 + MINUTE, T0 + 2 * MINUTE, 10, 13);
    TradeSpan.Reading reading = TradeSpan.fresh(Candles.STREAM, hole).read(pages.trades(), T0);
    assertThat(reading.whole()).isTrue();
    assertThat(reading.more())
        .containsExactly(TradeSpan.fresh(Candles.STREAM, TradeHole.near(T0, T0 + MINUTE, 11)));
  }

  @Test
  void theIdOfALateTradeDoesNotSayThatItsIntervalEndsThere() {
    TradeSpan late = late(14);
    TradePages pages = before();
    pages.add(List.of(trade(12, T0), trade(13, T0 + 65_000), trade(14, T0 + 70_000)));
    assertThat(late.read(pages.trades(), T0).whole()).as("trade 15 may be of it").isFalse();
    assertThat(late.askBelow(pages.trades(), 100)).as("up").hasValue(114);
    pages.add(List.of(trade(14, T0 + 70_000), trade(15, T0 + 110_000)));
    assertThat(late.read(pages.trades(), T0).whole()).as("so may trade 16").isFalse();
    pages.add(List.of(trade(15, T0 + 110_000), after(16), after(17)));
    assertThat(late.read(pages.trades(), T0).whole()).as("two may lie out of order").isFalse();
    pages.add(List.of(after(17), after(18)));
    assertThat(late.read(pages.trades(), T0).candles())
        .extracting(Candle::tradeCount)
        .containsExactly(3L);
  }

  @Test
  void withoutItsTradeNoPageDecidesALateSpan() {
    TradePages pages = before();
    pages.add(List.of(trade(12, T0), after(14), after(15), after(16)));
    assertThat(late(13).read(pages.trades(), T0).whole()).isFalse();
    pages.add(List.of(after(16), trade(17, T0 + 61_000)));
    assertThat(late(17).read(pages.trades(), T0).candles())
        .extracting(Candle::lastTradeId)
        .containsExactly(17L);
  }

  @Test
  void aStrayTradeAtTheBorderIsNoProofThatItWasPassed() {
    TradePages pages = new TradePages();
    pages.add(List.of(trade(11, T0), trade(12, T0 + 61_000), after(13), after(14), after(15)));
    assertThat(late(12).read(pages.trades(), T0).whole()).isFalse();
    pages.add(List.of(trade(9, T0), trade(10, T0), trade(11, T0)));
    assertThat(late(12).read(pages.trades(), T0).whole()).isTrue();
  }

  @Test
  void inAQuietMarketALateSpanWaitsForATradeAfterIt() {
    TradePages pages = before();
    pages.add(List.of(trade(12, T0), trade(13, T0 + 61_000)));
    TradeSpan span = late(13);
    long nowMs = T0;
    for (Optional<TradeSpan> next = Optional.of(span); next.isPresent(); ) {
      span = next.get();
      nowMs = Math.max(nowMs, span.nextTryMs());
      next = span.again(pages.trades(), nowMs);
    }
    assertThat(nowMs - T0).isGreaterThan(180 * MINUTE).isLessThan(190 * MINUTE);
  }

  @Test
  void twoQuestionsAboutOneIntervalForgetNeitherTrade() {
    TradeSpan tried = late(20).again(new TreeMap<>(), T0).orElseThrow();
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
    int at = random.nextInt(tape.size() / 2, tape.size() - 10);
    Trade told = tape.get(at);
    long lateMs = Math.max(T0 + 3 * MINUTE, told.timeMs() - random.nextLong(4 * MINUTE));
    tape.set(at, trade(told.id(), lateMs));
    long open = Candles.STREAM.timeframe().floor(lateMs);
    TradeSpan span =
        TradeSpan.fresh(Candles.STREAM, TradeHole.near(open, open + MINUTE, told.id()));
    boolean up = random.nextBoolean();
    int pageRows = random.nextInt(5, 60);
    for (int walk = 0; walk < 6; walk++) {
      TradeSpan.Reading reading = walk(span, tape, pageRows, up, random.nextInt(3) == 0, random);
      if (reading != null) {
        assertTruth(reading, tape, open, open + MINUTE);
        return;
      }
      span = span.again(new TreeMap<>(), T0).orElse(span);
    }
  }

  private static TradeSpan late(long id) {
    return TradeSpan.fresh(Candles.STREAM, TradeHole.near(T0 + MINUTE, T0 + 2 * MINUTE, id));
  }

  private static TradePages before() {
    TradePages pages = new TradePages();
    pages.add(List.of(trade(10, T0), trade(11, T0), trade(12, T0)));
    return pages;
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
    TradeSpan span =
        TradeSpan.fresh(Candles.STREAM, new TradeHole(T0, T0 + MINUTE, 1, TradeHole.UNKNOWN));
    int tries = 1;
    for (Optional<TradeSpan> next = span.again(new TreeMap<>(), T0); next.isPresent(); tries++) {
      assertThat(next.get().nextTryMs()).isGreaterThan(T0);
      next = next.get().again(new TreeMap<>(), T0);
    }
    assertThat(tries).isEqualTo(6);
    TradePages pages = new TradePages();
    List<Trade> many = new ArrayList<>();
    for (int id = 0; id <= TradeSpan.MOST_TRADES; id++) {
      many.add(trade(id, T0));
    }
    assertThat(pages.add(many)).isFalse();
  }

  @Test
  void ofALargeHoleOnlyTheIntervalBeforeItIsAskedFor() {
    TradeHole small = new TradeHole(T0, T0 + MINUTE, 10, 1_011);
    assertThat(TradeSpan.ofBreak(small, MINUTE)).isEqualTo(small);
    assertThat(TradeSpan.ofBreak(new TradeHole(T0, T0 + MINUTE, 10, 1_012), MINUTE))
        .isEqualTo(TradeHole.near(T0 - MINUTE, T0, 10));
  }

  /** One walk through the pages; null if it breaks off undecided. */
  private static TradeSpan.Reading walk(
      TradeSpan span,
      List<Trade> tape,
      int pageRows,
      boolean up,
      boolean faulty,
      SplittableRandom random) {
    TradePages pages = new TradePages();
    for (int i = 0; i < 1_000; i++) {
      List<Trade> page = new ArrayList<>(page(span, pages, tape, pageRows, up));
      if (faulty && !page.isEmpty()) {
        switch (random.nextInt(3)) {
          case 0 -> page.clear();
          case 1 -> page = page.subList(0, (page.size() + 1) / 2);
          default -> page = page.subList(page.size() / 2, page.size());
        }
      }
      Collections.shuffle(page, new Random(random.nextLong()));
      boolean goesOn = pages.add(page);
      TradeSpan.Reading reading = span.read(pages.trades(), T0);
      if (reading.whole()) {
        return reading;
      }
      if (!goesOn) {
        return null;
      }
    }
    throw new AssertionError("walks for ever");
  }

  private static List<Trade> page(
      TradeSpan span, TradePages pages, List<Trade> tape, int pageRows, boolean up) {
    if (up) {
      long fromMs =
          pages.trades().isEmpty()
              ? span.hole().fromMs() - span.pad() * MINUTE
              : pages.trades().values().stream().mapToLong(Trade::timeMs).max().orElseThrow();
      return tape.stream().filter(t -> t.timeMs() >= fromMs).limit(pageRows).toList();
    }
    long belowId = span.askBelow(pages.trades(), pageRows).orElseThrow();
    List<Trade> below = tape.stream().filter(t -> t.id() < belowId).toList();
    return below.subList(Math.max(0, below.size() - pageRows), below.size());
  }

  private static void assertTruth(TradeSpan.Reading reading, List<Trade> tape, long from, long to) {
    Map<Long, List<Trade>> truth =
        tape.stream()
            .filter(t -> t.timeMs() >= from && t.timeMs() < to)
            .collect(
                Collectors.groupingBy(
                    t -> Candles.STREAM.timeframe().floor(t.timeMs()),
                    TreeMap::new,
                    Collectors.toList()));
    assertThat(reading.candles())
        .extracting(Candle::openTimeMs)
        .containsExactlyElementsOf(truth.keySet());
    for (Candle candle : reading.candles()) {
      List<Trade> trades = truth.get(candle.openTimeMs());
      assertThat(candle.tradeCount()).isEqualTo(trades.size());
      assertThat(candle.open()).isEqualTo(trades.get(0).price());
      assertThat(candle.close()).isEqualTo(trades.get(trades.size() - 1).price());
      assertThat(candle.evidence()).isEqualTo(Evidence.REST_TRADES);
    }
    assertThat(reading.silent().length()).isEqualTo(to - from - truth.size() * MINUTE);
  }

  private static TradeHole hole(List<Trade> tape, long from, long to, SplittableRandom random) {
    long afterId =
        tape.stream().filter(t -> t.timeMs() < from).mapToLong(Trade::id).max().orElseThrow();
    long beforeId =
        tape.stream().filter(t -> t.timeMs() >= to).mapToLong(Trade::id).min().orElseThrow();
    return new TradeHole(
        from,
        to,
        random.nextInt(3) == 0 ? TradeHole.UNKNOWN : afterId,
        random.nextInt(3) == 0 ? TradeHole.UNKNOWN : beforeId);
  }

  /** Ids in the order of time; now and then an id that does not exist. */
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
      id += random.nextInt(30) == 0 ? 2 : 1;
    }
    tape.add(trade(id, at + MINUTE));
    return tape;
  }

  private static Trade trade(long id, long timeMs) {
    return new Trade(id, timeMs, 100 + id % 7, BigDecimal.ONE);
  }
}
