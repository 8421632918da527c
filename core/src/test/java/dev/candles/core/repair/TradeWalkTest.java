package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.proof.TradeEvidence;
import dev.candles.core.proof.TradeEvidence.Ends;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches trades of which no id is known, on tapes from thin to dense, by id and by time. */
class TradeWalkTest {
  private static final long MINUTE = Candles.MINUTE;
  private static final long DAY = 1_440 * MINUTE;
  private static final int SEARCH = 64;

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void oneWalkDecidesAHoleOfAnyLengthOnATapeOfAnyDensity(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Trade> tape = tape(random);
    int pageRows = random.nextInt(3) == 0 ? 1_000 : random.nextInt(20, 300);
    boolean byId = random.nextBoolean();
    TradeVenue venue = new TradeVenue(tape, pageRows, byId);
    int at = random.nextInt(0, tape.size() - 10);
    long fromMs = Timeframe.M1.floor(tape.get(at).timeMs() - (random.nextInt(3) - 1) * MINUTE);
    long most = tape.get(tape.size() - 4).timeMs() - 15 * MINUTE;
    long toMs = Timeframe.M1.floor(Math.min(fromMs + length(random, MINUTE, 365 * DAY), most));
    toMs =
        Timeframe.M1.floor(
            Math.min(toMs, tape.get(Math.min(at + 5_000, tape.size() - 1)).timeMs()));
    if (toMs <= fromMs) {
      return;
    }
    TradeFetch span = TradeFetch.fresh(Candles.STREAM, MissingTrades.anywhere(fromMs, toMs));
    TradeVenue.Walked walked = venue.walk(span, new Ends(1, new TreeMap<>(), Candles.GRACE_MS));
    assertThat(walked.reading().whole())
        .as("%s byId=%s rows=%d %s", span, byId, pageRows, walked)
        .isTrue();
    assertTruth(walked.reading(), tape, fromMs, toMs);
    int pages = walked.walk().trades().size() * 2 / pageRows;
    assertThat(walked.requests())
        .as("%s byId=%s rows=%d %s", span, byId, pageRows, walked)
        .isLessThan(SEARCH + pages);
  }

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void theDaysBeforeTheFirstTradeEverAreUnlistedAndTheRestOfItsDayIsSilent(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Trade> tape = tape(random);
    boolean byId = random.nextBoolean();
    int pageRows = random.nextInt(20, 300);
    TradeVenue venue = new TradeVenue(tape, pageRows, byId);
    long firstMs = tape.get(0).timeMs();
    long fromMs = Timeframe.M1.floor(firstMs - length(random, MINUTE, 365 * DAY));
    long toMs = Timeframe.M1.ceil(firstMs + random.nextLong(2) * MINUTE + 1);
    if (tape.get(tape.size() - 3).timeMs() < toMs + 15 * MINUTE) {
      return;
    }
    TradeFetch span = TradeFetch.fresh(Candles.STREAM, MissingTrades.anywhere(fromMs, toMs));
    TradeVenue.Walked walked = venue.walk(span, new Ends(1, new TreeMap<>(), Candles.GRACE_MS));
    assertThat(walked.reading().whole())
        .as("%s byId=%s rows=%d %s", span, byId, pageRows, walked)
        .isTrue();
    long listedMs = Timeframe.D1.floor(firstMs);
    Intervals before = Intervals.of(Math.min(fromMs, listedMs), listedMs);
    assertThat(walked.reading().proven().unlisted()).isEqualTo(before);
    assertTruth(walked.reading(), tape, Math.max(fromMs, listedMs), toMs);
    assertThat(walked.requests()).isLessThan(SEARCH + walked.walk().trades().size() * 2 / pageRows);
  }

  /** Found by the adversary: a venue that told the truth, and an interval given up for ever. */
  @Test
  void idsThatAreMissingForBeingLateAreLookedForFurtherBack() {
    List<Trade> tape = new ArrayList<>();
    for (long second : new long[] {-9_000, -8_000, -7_000, -1_173, -1_519, -503, 0, 1}) {
      tape.add(trade(tape.size() + 100, Candles.T0 + second * 1_000));
    }
    for (int second = 212; second < 2_500; second += 40) {
      tape.add(trade(tape.size() + 100, Candles.T0 + second * 1_000));
    }
    TradeFetch span =
        TradeFetch.fresh(Candles.STREAM, MissingTrades.anywhere(Candles.T0, Candles.T0 + MINUTE));
    TradeVenue.Walked walked = new TradeVenue(tape, 50, false).walk(span, Candles.NO_ENDS);
    assertThat(walked.reading().whole()).as("%s", walked).isTrue();
    assertThat(walked.reading().proven().candles())
        .extracting(Candle::tradeCount)
        .containsExactly(2L);
  }

  /** Else an id that is missing for being late, and nothing else, would cost a second walk. */
  @Test
  void aWalkByTimeBeginsSoFarBackThatNoLateTradeOfItLacks() {
    MissingTrades hole = MissingTrades.anywhere(Candles.T0, Candles.T0 + MINUTE);
    long sinceNs = new TradeWalk(TradeFetch.fresh(Candles.STREAM, hole), Candles.NO_ENDS).sinceNs();
    assertThat(sinceNs).isLessThan((Candles.T0 - 2 * TradeEvidence.LATE_MS) * 1_000_000);
  }

  /** A large order can meet more trades at one time than a page holds. */
  @ParameterizedTest
  @CsvSource({"600, true, 90", "600, false, 90", "0, true, 79", "0, false, 79"})
  void moreTradesWithinAMillisecondThanAPageHoldsCostNoMoreThanWhatNoPageShows(
      long apartNs, boolean exclusive, int decided) {
    long burstMs = Candles.T0 + 30 * MINUTE + 1;
    List<Trade> tape = new ArrayList<>();
    for (int i = -60 * 5; i < 150 * 5; i++) {
      tape.add(trade(tape.size() + 100, Candles.T0 + i * MINUTE / 5));
      for (int n = 0; i == 30 * 5 && n < 250; n++) {
        tape.add(trade(tape.size() + 100, burstMs));
      }
    }
    long firstId = tape.stream().filter(t -> t.timeMs() == burstMs).findFirst().orElseThrow().id();
    TradeVenue venue = new TradeVenue(tape, 100, false);
    venue.exclusive = exclusive;
    venue.stampNs =
        t -> t.timeMs() * 1_000_000 + (t.timeMs() == burstMs ? (t.id() - firstId) * apartNs : 0);
    long toMs = Candles.T0 + 90 * MINUTE;
    TradeFetch span = TradeFetch.fresh(Candles.STREAM, MissingTrades.anywhere(Candles.T0, toMs));
    TradeVenue.Walked walked = venue.walk(span, Candles.NO_ENDS);
    assertThat(walked.reading().proven().candles()).as("%s", walked).hasSize(decided);
    assertThat(walked.reading().proven().candles())
        .filteredOn(candle -> candle.openTimeMs() == Candles.T0 + 30 * MINUTE)
        .extracting(Candle::tradeCount)
        .isEqualTo(apartNs > 0 ? List.of(255L) : List.of());
    assertThat(walked.requests()).isLessThan(20);
  }

  /** The feed was cut for a while in a market that trades; both ends of the hole are known. */
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void aHoleBetweenTwoIdsCostsThePagesOfItsIdsAndTwoMore(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Trade> tape = new ArrayList<>();
    int perMinute = random.nextInt(60, 1_200);
    for (long at = Candles.T0 - 60 * MINUTE; at < Candles.T0 + 60 * MINUTE; ) {
      tape.add(trade(tape.size() + 1, at));
      at += random.nextLong(1, 2 * MINUTE / perMinute);
    }
    long toMs = Candles.T0 + random.nextInt(1, 5) * MINUTE;
    long cutMs = Candles.T0 + random.nextLong(MINUTE);
    long after = tape.stream().filter(t -> t.timeMs() < cutMs).count();
    long before = tape.stream().filter(t -> t.timeMs() < toMs).count() + 1;
    MissingTrades hole = new MissingTrades(Candles.T0, toMs, after, before);
    TradeFetch span = TradeFetch.fresh(Candles.STREAM, hole);
    TradeVenue.Walked walked = new TradeVenue(tape, 1_000, false).walk(span, Candles.NO_ENDS);
    assertThat(walked.reading().whole()).as("%s", walked).isTrue();
    assertTruth(walked.reading(), tape, Candles.T0, toMs);
    long ids = before - tape.stream().filter(t -> t.timeMs() < Candles.T0).count();
    assertThat(walked.requests()).as("%s", walked).isLessThanOrEqualTo((int) (ids / 1_000) + 2);
  }

  /** The trade before the hole was late: its page by time lies further back. */
  @Test
  void aHoleBehindALateTradeIsReadFromFurtherBackTheSecondTime() {
    List<Trade> tape = new ArrayList<>();
    for (int second = -3_600; second < 3_600; second++) {
      boolean late = second == -1;
      tape.add(trade(tape.size() + 1, Candles.T0 + (late ? -400 : second) * 1_000L));
    }
    MissingTrades hole = new MissingTrades(Candles.T0, Candles.T0 + MINUTE, 3_600 - 60, 3_600 + 61);
    TradeVenue venue = new TradeVenue(tape, 1_000, false);
    TradeFetch span = TradeFetch.fresh(Candles.STREAM, hole);
    assertThat(venue.walk(span, Candles.NO_ENDS).reading().whole()).isFalse();
    TradeFetch again = span.again(Candles.T0).orElseThrow();
    TradeVenue.Walked walked = venue.walk(again, Candles.NO_ENDS);
    assertThat(walked.reading().whole()).as("%s", walked).isTrue();
    assertTruth(walked.reading(), tape, Candles.T0, Candles.T0 + MINUTE);
  }

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void theLastIdOfTheLiveChainDecidesAQuietEndAndNothingElseDoes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Trade> tape = tape(random);
    boolean byId = random.nextBoolean();
    int rows = random.nextInt(20, 300);
    TradeVenue venue = new TradeVenue(tape, rows, byId);
    Trade last = tape.get(tape.size() - 1);
    long toMs = Timeframe.M1.ceil(last.timeMs() + MINUTE + length(random, MINUTE, 30 * DAY));
    long fromMs = toMs - Math.min(toMs - last.timeMs(), 120 * MINUTE) / MINUTE * MINUTE;
    TradeFetch span = TradeFetch.fresh(Candles.STREAM, MissingTrades.anywhere(fromMs, toMs));
    TradeVenue.Walked unknown = venue.walk(span, new Ends(1, new TreeMap<>(), Candles.GRACE_MS));
    assertThat(unknown.reading().whole()).isFalse();
    assertThat(unknown.reading().proven().silent().isEmpty()).isTrue();
    assertThat(unknown.requests()).isLessThan(SEARCH + 2 * unknown.walk().trades().size() / rows);
    TreeMap<Long, Long> lastIds = new TreeMap<>();
    lastIds.put(toMs + random.nextInt(2) * MINUTE, last.id());
    TradeVenue.Walked known = venue.walk(span, new Ends(1, lastIds, Candles.GRACE_MS));
    assertThat(known.reading().whole()).as("%s byId=%s %s", span, byId, known).isTrue();
    assertTruth(known.reading(), tape, fromMs, toMs);
    assertThat(known.requests()).isLessThan(SEARCH + 2 * known.walk().trades().size() / rows);
  }

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void aMissingIdDecidesNothingAroundItAndIsNotWalkedFrom(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Trade> tape = tape(random);
    int gone = random.nextInt(10, tape.size() - 10);
    long goneMs = tape.remove(gone).timeMs();
    boolean byId = random.nextBoolean();
    int pageRows = random.nextInt(20, 300);
    long fromMs = Timeframe.M1.floor(goneMs);
    TradeFetch span =
        TradeFetch.fresh(Candles.STREAM, MissingTrades.anywhere(fromMs, fromMs + MINUTE));
    TradeVenue.Walked walked =
        new TradeVenue(tape, pageRows, byId)
            .walk(span, new Ends(1, new TreeMap<>(), Candles.GRACE_MS));
    assertThat(walked.reading().whole()).isFalse();
    assertThat(walked.reading().proven().silent().isEmpty()).isTrue();
    assertThat(walked.reading().proven().candles()).isEmpty();
    long near = tape.stream().filter(t -> Math.abs(t.timeMs() - goneMs) < 30 * MINUTE).count();
    assertThat(walked.requests())
        .as("byId=%s rows=%d near=%d %s", byId, pageRows, near, walked)
        .isLessThan(SEARCH + (int) (3 * near / pageRows));
  }

  @Test
  void moreTradesThanMayBeHeldAreAskedForInHalves() {
    List<Trade> tape = new ArrayList<>();
    for (int id = 1; id <= 60_000; id++) {
      tape.add(trade(id, Candles.T0 + id * 1_000L));
    }
    long fromMs = Candles.T0 + 60 * MINUTE;
    TradeFetch all =
        TradeFetch.fresh(Candles.STREAM, MissingTrades.anywhere(fromMs, fromMs + 720 * MINUTE));
    for (boolean byId : new boolean[] {true, false}) {
      TradeVenue venue = new TradeVenue(tape, 1_000, byId);
      List<TradeFetch> open = new ArrayList<>(List.of(all));
      int requests = 0;
      Intervals done = Intervals.empty();
      while (!open.isEmpty()) {
        TradeFetch span = open.remove(0);
        TradeVenue.Walked walked = venue.walk(span, new Ends(1, new TreeMap<>(), Candles.GRACE_MS));
        requests += walked.requests();
        if (walked.reading().whole()) {
          done = done.union(Intervals.of(span.hole().fromMs(), span.hole().toMs()));
        } else {
          assertThat(walked.walk().isFull()).isTrue();
          open.addAll(span.halves());
        }
      }
      assertThat(done).isEqualTo(Intervals.of(fromMs, fromMs + 720 * MINUTE));
      assertThat(requests).isLessThan(300);
    }
  }

  private static void assertTruth(
      TradeFetch.Reading reading, List<Trade> tape, long fromMs, long toMs) {
    TreeSet<Long> traded = new TreeSet<>();
    for (Trade trade : tape) {
      if (trade.timeMs() >= fromMs && trade.timeMs() < toMs) {
        traded.add(Timeframe.M1.floor(trade.timeMs()));
      }
    }
    assertThat(reading.proven().candles())
        .extracting(Candle::openTimeMs)
        .filteredOn(open -> open >= fromMs && open < toMs) // those of late trades beside
        .containsExactlyElementsOf(traded);
    assertThat(reading.proven().silent().length())
        .isEqualTo(toMs - fromMs - traded.size() * MINUTE);
  }

  private static long length(SplittableRandom random, long fromMs, long toMs) {
    return (long) (fromMs * Math.pow((double) toMs / fromMs, random.nextDouble()));
  }

  /** Ids from 1, in the order of time: stretches of any density, silences of up to a year. */
  private static List<Trade> tape(SplittableRandom random) {
    List<Trade> tape = new ArrayList<>();
    long at = Candles.T0 - 3_000 * DAY + random.nextLong(DAY);
    int all = random.nextInt(30, random.nextInt(50, 20_000));
    while (tape.size() < all) {
      long mean = length(random, 50, 120 * MINUTE);
      for (int i = random.nextInt(1, 2_000); i > 0 && tape.size() < all; i--) {
        at += random.nextInt(4) == 0 ? 0 : random.nextLong(2 * mean);
        tape.add(trade(tape.size() + 1, at));
      }
      at += random.nextInt(4) == 0 ? length(random, MINUTE, 365 * DAY) : 0;
    }
    return tape;
  }

  private static Trade trade(long id, long timeMs) {
    return new Trade(id, timeMs, 100 + id % 7, BigDecimal.ONE, TakerSide.BUY);
  }
}
