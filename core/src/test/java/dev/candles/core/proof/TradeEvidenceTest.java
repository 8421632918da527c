package dev.candles.core.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.proof.TradeEvidence.Ends;
import dev.candles.core.proof.TradeEvidence.Pages;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads pages of a tape some of whose trades are published late: whatever is decided is true. */
class TradeEvidenceTest {
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;
  private static final Intervals ALL = Intervals.of(T0 - 100 * MINUTE, T0 + 2_000 * MINUTE);

  /** A trade, when it was published, and whether that is beyond the grace. */
  private record Published(long timeMs, long atMs, boolean late) {}

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void whateverAPageDecidesIsTheTruth(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long graceMs = random.nextBoolean() ? Candles.GRACE_MS : 2 * MINUTE;
    List<Trade> tape = tape(random, graceMs);
    for (int i = 0; i < 8; i++) {
      Pages pages = random.nextBoolean() ? Pages.ANY : Pages.ONE_BY_TIME;
      TreeMap<Long, Trade> page = page(tape, pages, random);
      int most = pages == Pages.ANY ? 3 : 1; // by time nothing tells a late trade's absence
      for (int gone = random.nextInt(most); gone > 0 && page.size() > 1; gone--) {
        page.remove(page.firstKey() + random.nextInt(page.size()));
      }
      Ends ends = new Ends(random.nextBoolean() ? 1 : Ends.UNKNOWN, lastIds(tape, random), graceMs);
      assertTruth(TradeEvidence.of(Candles.STREAM, ALL, page, pages, ends, T0), tape);
    }
  }

  @Test
  void threeTradesAreAsFarBeyondABorderAsTheVenuesGraceSays() {
    TreeMap<Long, Trade> page = new TreeMap<>();
    for (long id = 1; id <= 6; id++) {
      page.put(id, trade(id, T0 + id * 1_000));
    }
    for (long graceMs : new long[] {0, 2_000, 20_000}) {
      Ends ends = Ends.unknown(graceMs);
      assertThat(TradeEvidence.lowMs(page, ends)).isEqualTo(T0 + 3_000 + graceMs + 1);
      assertThat(TradeEvidence.highMs(page, Pages.ONE_BY_TIME, ends))
          .isEqualTo(T0 + 4_000 - graceMs);
    }
  }

  @Test
  void aLongSilenceIsProvenByTwoNeighbours() {
    long yearMs = 365 * 1_440 * MINUTE;
    TreeMap<Long, Trade> two = new TreeMap<>();
    two.put(7L, trade(7, T0));
    two.put(8L, trade(8, T0 + yearMs));
    TradeEvidence.Reading reading =
        TradeEvidence.of(
            Candles.STREAM, Intervals.of(T0, T0 + yearMs), two, Pages.ANY, Candles.NO_ENDS, T0);
    assertThat(reading.silent())
        .isEqualTo(Intervals.of(T0 + TradeEvidence.LATE_MS, T0 + yearMs - TradeEvidence.LATE_MS));
    two.put(9L, two.remove(8L));
    assertThat(
            TradeEvidence.of(
                    Candles.STREAM,
                    Intervals.of(T0, T0 + yearMs),
                    two,
                    Pages.ANY,
                    Candles.NO_ENDS,
                    T0)
                .silent()
                .isEmpty())
        .as("an id is missing between them")
        .isTrue();
  }

  /** Whatever the ids say: a trade that is shown is there, however late it was published. */
  @Test
  void anIntervalOfWhichATradeIsShownBesideTheRunIsNeverSilent() {
    TreeMap<Long, Trade> page = new TreeMap<>();
    page.put(7L, trade(7, T0 - 20 * MINUTE));
    page.put(8L, trade(8, T0 + 20 * MINUTE));
    Intervals wanted = Intervals.of(T0, T0 + 2 * MINUTE);
    assertThat(silentOf(page, wanted)).isEqualTo(wanted);
    page.put(12L, trade(12, T0 + MINUTE + 30_000));
    assertThat(silentOf(page, wanted)).isEqualTo(Intervals.of(T0, T0 + MINUTE));
  }

  private static Intervals silentOf(TreeMap<Long, Trade> page, Intervals wanted) {
    return TradeEvidence.of(Candles.STREAM, wanted, page, Pages.ANY, Candles.NO_ENDS, T0).silent();
  }

  /** Beside such a trade the premises do not hold: nothing is joined over it. */
  @Test
  void aTradeFurtherBackThanAnyMayBeLateIsARunOfItsOwn() {
    TreeMap<Long, Trade> page = new TreeMap<>();
    page.put(7L, trade(7, T0));
    page.put(8L, trade(8, T0 + 20 * MINUTE));
    page.put(9L, trade(9, T0 + 20 * MINUTE - TradeEvidence.LATE_MS));
    page.put(10L, trade(10, T0 + 21 * MINUTE));
    assertThat(TradeEvidence.runs(page)).hasSize(1);
    page.put(9L, trade(9, T0 + 20 * MINUTE - TradeEvidence.LATE_MS - 1));
    assertThat(TradeEvidence.runs(page))
        .extracting(SortedMap::firstKey)
        .containsExactly(7L, 9L, 10L);
  }

  /** What is missing may be what came late; only at a page's end do three witnesses do. */
  @Test
  void aMissingIdOnAPageByTimeMayBelongToTheMinuteBefore() {
    Intervals wanted = Intervals.of(T0 + MINUTE, T0 + 2 * MINUTE);
    TreeMap<Long, Trade> page = new TreeMap<>();
    for (int i = 0; i <= 12; i++) {
      page.put(10L + i, trade(10 + i, T0 - MINUTE + i * MINUTE / 2));
    }
    assertThat(candlesOf(page, wanted)).hasSize(1);
    page.remove(21L);
    assertThat(candlesOf(page, wanted)).as("trade 21 may have come late").isEmpty();
  }

  private static List<Candle> candlesOf(TreeMap<Long, Trade> page, Intervals wanted) {
    return TradeEvidence.of(Candles.STREAM, wanted, page, Candles.NO_ENDS, T0).candles();
  }

  @Test
  void onlyTheFirstIdEverSaysThatNothingWasBefore() {
    Intervals wanted = Intervals.of(T0 - 3_000 * MINUTE, T0 + MINUTE);
    for (long firstId : new long[] {1, 2}) {
      TreeMap<Long, Trade> page = new TreeMap<>();
      page.put(firstId, trade(firstId, T0 + 30_000));
      page.put(firstId + 1, trade(firstId + 1, T0 + 20 * MINUTE));
      TradeEvidence.Reading reading =
          TradeEvidence.of(
              Candles.STREAM,
              wanted,
              page,
              Pages.ANY,
              new Ends(1, new TreeMap<>(), Candles.GRACE_MS),
              T0);
      long listedMs = Timeframe.D1.floor(T0);
      assertThat(reading.unlisted().length())
          .isEqualTo(firstId == 1 ? listedMs - wanted.from(0) : 0);
      assertThat(reading.candles()).hasSize(firstId == 1 ? 1 : 0);
    }
  }

  private static void assertTruth(TradeEvidence.Reading reading, List<Trade> tape) {
    for (Candle candle : reading.candles()) {
      List<Trade> mine = in(tape, Intervals.of(candle.openTimeMs(), candle.endTimeMs()));
      assertThat(candle.tradeCount()).isEqualTo(mine.size());
      assertThat(candle.open()).isEqualTo(mine.get(0).price());
      assertThat(candle.close()).isEqualTo(mine.get(mine.size() - 1).price());
    }
    assertThat(in(tape, reading.silent())).isEmpty();
    assertThat(in(tape, reading.unlisted())).isEmpty();
  }

  private static List<Trade> in(List<Trade> tape, Intervals set) {
    return tape.stream().filter(t -> set.contains(t.timeMs())).toList();
  }

  private static TreeMap<Long, Trade> page(List<Trade> tape, Pages pages, SplittableRandom random) {
    List<Trade> sorted = new ArrayList<>(tape);
    if (pages == Pages.ONE_BY_TIME) {
      sorted.sort(Comparator.comparingLong(Trade::timeMs).thenComparingLong(Trade::id));
    }
    int from = random.nextInt(3) == 0 ? 0 : random.nextInt(sorted.size());
    int to = Math.min(sorted.size(), from + random.nextInt(1, 200));
    TreeMap<Long, Trade> page = new TreeMap<>();
    sorted.subList(from, to).forEach(t -> page.put(t.id(), t));
    return page;
  }

  /** What a chain that saw all of them may say. */
  private static TreeMap<Long, Long> lastIds(List<Trade> tape, SplittableRandom random) {
    TreeMap<Long, Long> known = new TreeMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      long atMs = T0 + random.nextLong(2_000) * MINUTE;
      tape.stream()
          .filter(t -> t.timeMs() < atMs)
          .mapToLong(Trade::id)
          .max()
          .ifPresent(id -> known.put(atMs, id));
    }
    return known;
  }

  /** Ids in the order of publication: of three neighbours one at most is late. */
  private static List<Trade> tape(SplittableRandom random, long graceMs) {
    List<Published> all = new ArrayList<>();
    long at = T0 + random.nextLong(200 * MINUTE);
    long mean = random.nextInt(3) == 0 ? 5 * MINUTE : random.nextLong(100, MINUTE);
    int lateIn = random.nextInt(3, 40);
    for (int i = random.nextInt(5, 400); i > 0; i--) {
      at += random.nextLong(2 * mean);
      long most = random.nextInt(lateIn) == 0 ? TradeEvidence.LATE_MS : graceMs;
      long delay = random.nextLong(most);
      all.add(new Published(at, at + delay, delay > graceMs));
    }
    all.sort(Comparator.comparingLong(Published::atMs));
    for (int i = 1; i < all.size(); i++) {
      boolean two =
          all.get(i).late() && (all.get(i - 1).late() || (i > 1 && all.get(i - 2).late()));
      if (two) {
        all.remove(i--);
      }
    }
    List<Trade> tape = new ArrayList<>();
    all.forEach(p -> tape.add(trade(tape.size() + 1, p.timeMs())));
    return tape;
  }

  private static Trade trade(long id, long timeMs) {
    return new Trade(id, timeMs, 100 + id % 7, BigDecimal.ONE, TakerSide.BUY);
  }
}
