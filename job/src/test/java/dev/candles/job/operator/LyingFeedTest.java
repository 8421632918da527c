package dev.candles.job.operator;

import static dev.candles.job.operator.FeedDrill.MINUTE;
import static dev.candles.job.operator.FeedDrill.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.feed.Reject;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.finality.TradeAnomaly;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a venue's frames may do to the ids, from the frame to the finalizer: no candle is made that
 * the venue did not make, and the backfill is told of every minute that the lie leaves open.
 *
 * <p>Each minute m of the honest feed has three trades, 100 + 3m and the two after it, at its
 * seconds 10, 30 and 50; the minute 4 only proves that the minute 3 is over.
 */
class LyingFeedTest {
  private static final int MINUTES = 4;

  /** The honest frames by the time at which they arrive. */
  private static TreeMap<Long, List<String>> honest(FeedDrill feed) {
    TreeMap<Long, List<String>> wire = new TreeMap<>();
    for (int i = 1; i <= 3; i++) { // they show that none of them is late
      add(wire, T0 - i * 10_000, feed.snapshot(100 - i, T0 - i * 10_000));
    }
    for (int i = 0; i < 3 * MINUTES; i++) {
      add(wire, at(i), feed.trade(100 + i, at(i)));
    }
    add(wire, at(3 * MINUTES), feed.trade(100 + 3 * MINUTES, at(3 * MINUTES)));
    return wire;
  }

  /** When the i-th trade happens. */
  private static long at(int i) {
    return T0 + i / 3 * MINUTE + 10_000 + i % 3 * 20_000;
  }

  private static void add(Map<Long, List<String>> wire, long atMs, String frame) {
    wire.computeIfAbsent(atMs, at -> new ArrayList<>()).add(frame);
  }

  /** The frames arrive; twice a second nothing does, but the clock goes on. */
  private static void play(FeedDrill feed, TreeMap<Long, List<String>> wire) throws Exception {
    for (Map.Entry<Long, List<String>> arrival : wire.entrySet()) {
      for (String frame : arrival.getValue()) {
        feed.say(frame, arrival.getKey());
      }
      feed.tick(arrival.getKey() + 1_500);
    }
    for (int minute = 0; minute < MINUTES; minute++) {
      feed.overdue(minute);
    }
  }

  /** These minutes are final, each of its three trades; all others are gaps, none is silent. */
  private static void assertWhole(FeedDrill feed, Integer... minutes) {
    Intervals lost = Intervals.of(T0, T0 + MINUTES * MINUTE);
    for (int minute : minutes) {
      lost = lost.minus(Intervals.of(T0 + minute * MINUTE, T0 + (minute + 1) * MINUTE));
    }
    assertThat(feed.candles())
        .extracting(Trades::of)
        .containsExactly(List.of(minutes).stream().map(Trades::honest).toArray(Trades[]::new));
    assertThat(feed.gaps()).isEqualTo(lost);
    assertThat(feed.empties()).isEmpty();
  }

  /** What a minute is made of. */
  private record Trades(long openMs, Long firstId, Long lastId, Long count) {
    static Trades of(Candle c) {
      return new Trades(c.openTimeMs(), c.firstTradeId(), c.lastTradeId(), c.tradeCount());
    }

    static Trades honest(int minute) {
      long first = 100 + 3L * minute;
      return new Trades(T0 + minute * MINUTE, first, first + 2, 3L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coinbase", "kraken"})
  void idsThatRepeatCountOnce(String venue) throws Exception {
    try (FeedDrill feed = new FeedDrill(venue)) {
      TreeMap<Long, List<String>> wire = honest(feed);
      wire.values().forEach(frames -> frames.addAll(List.copyOf(frames)));
      add(wire, at(7), feed.trade(104, at(4)));
      play(feed, wire);
      assertWhole(feed, 0, 1, 2, 3);
      assertThat(feed.oddities).containsOnly(TradeAnomaly.DUPLICATE).hasSize(3 * MINUTES + 5);
      assertThat(feed.repairs(RepairEvent.Trades.class)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coinbase", "kraken"})
  void anIdThatIsSkippedLeavesItsMinuteAndTheNextTradesToARepairByIds(String venue)
      throws Exception {
    try (FeedDrill feed = new FeedDrill(venue)) {
      TreeMap<Long, List<String>> wire = honest(feed);
      wire.remove(at(4));
      play(feed, wire);
      assertWhole(feed, 0, 3);
      assertThat(feed.oddities).containsExactly(TradeAnomaly.HOLE);
      assertThat(feed.repairs(RepairEvent.Trades.class))
          .extracting(RepairEvent.Trades::hole)
          .as("up to the third trade behind the hole, as the first may be late")
          .containsExactly(new MissingTrades(T0 + MINUTE, T0 + 3 * MINUTE, 102, 109));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coinbase", "kraken"})
  void anIdThatComesALittleLateIsNoHole(String venue) throws Exception {
    try (FeedDrill feed = new FeedDrill(venue)) {
      TreeMap<Long, List<String>> wire = honest(feed);
      add(wire, at(5), wire.remove(at(4)).get(0));
      play(feed, wire);
      assertWhole(feed, 0, 1, 2, 3);
      assertThat(feed.oddities).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"coinbase, 50", "coinbase, 1", "kraken, 50", "kraken, 1"})
  void idsThatGoBackOrRestartAreAChainOfTheirOwn(String venue, long id) throws Exception {
    try (FeedDrill feed = new FeedDrill(venue)) {
      TreeMap<Long, List<String>> wire = honest(feed);
      for (int i = 6; i <= 3 * MINUTES; i++) {
        wire.put(at(i), List.of(feed.trade(id + i - 6, at(i))));
      }
      play(feed, wire);
      assertThat(feed.candles())
          .extracting(Candle::openTimeMs, Candle::firstTradeId, Candle::lastTradeId)
          .containsExactly(tuple(T0, 100L, 102L), tuple(T0 + 3 * MINUTE, id + 3, id + 5));
      assertThat(feed.gaps()).isEqualTo(Intervals.of(T0 + MINUTE, T0 + 3 * MINUTE));
      assertThat(feed.oddities).containsExactly(TradeAnomaly.EPOCH);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coinbase", "kraken"})
  void tradesOutOfOrderAcrossTheEndBelongToTheMinuteOfTheirTime(String venue) throws Exception {
    try (FeedDrill feed = new FeedDrill(venue)) {
      TreeMap<Long, List<String>> wire = honest(feed);
      wire.put(at(2), List.of(feed.trade(102, T0 + MINUTE + 500)));
      wire.put(at(3), List.of(feed.trade(103, T0 + MINUTE - 500)));
      play(feed, wire);
      assertThat(feed.candles())
          .extracting(Candle::openTimeMs, Candle::firstTradeId, Candle::lastTradeId)
          .startsWith(tuple(T0, 100L, 103L), tuple(T0 + MINUTE, 102L, 105L))
          .hasSize(MINUTES);
      assertThat(feed.candles()).allMatch(candle -> Long.valueOf(3).equals(candle.tradeCount()));
      assertThat(feed.gaps().isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coinbase", "kraken"})
  void aTradeOfAMinuteThatIsLongOverAmendsItAndRestIsAsked(String venue) throws Exception {
    try (FeedDrill feed = new FeedDrill(venue)) {
      TreeMap<Long, List<String>> wire = honest(feed);
      wire.put(at(7), List.of(feed.trade(107, T0 + 20_000)));
      play(feed, wire);
      List<Candle> first =
          feed.candles().stream().filter(candle -> candle.openTimeMs() == T0).toList();
      assertThat(first).extracting(Candle::tradeCount).containsExactly(3L, 4L);
      assertThat(feed.repairs(RepairEvent.Trades.class))
          .extracting(RepairEvent.Trades::hole)
          .containsExactly(new MissingTrades(T0, T0 + MINUTE, MissingTrades.UNKNOWN, 108));
      assertThat(feed.repairs(RepairEvent.Reconfirm.class))
          .extracting(RepairEvent.Reconfirm::fromMs)
          .containsExactly(T0);
      assertThat(feed.oddities).containsExactly(TradeAnomaly.LATE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coinbase", "kraken"})
  void aLastMatchOlderThanTheChainOrItsNextTradeChangesNothing(String venue) throws Exception {
    try (FeedDrill feed = new FeedDrill(venue)) {
      TreeMap<Long, List<String>> wire = honest(feed);
      add(wire, at(3) + 1, feed.snapshot(98, T0 - 40_000));
      add(wire, at(3) + 2, feed.snapshot(101, at(1)));
      wire.put(at(4), List.of(feed.snapshot(104, at(4))));
      play(feed, wire);
      assertWhole(feed, 0, 1, 2, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coinbase", "kraken"})
  void aLastMatchNewerThanTheChainLeavesWhatLiesBetweenToARepair(String venue) throws Exception {
    try (FeedDrill feed = new FeedDrill(venue)) {
      TreeMap<Long, List<String>> wire = honest(feed);
      wire.remove(at(4));
      wire.remove(at(5));
      wire.put(at(6), List.of(feed.snapshot(106, at(6))));
      play(feed, wire);
      assertWhole(feed, 0, 3);
      assertThat(feed.repairs(RepairEvent.Trades.class))
          .extracting(RepairEvent.Trades::hole)
          .containsExactly(new MissingTrades(T0 + MINUTE, T0 + 3 * MINUTE, 102, 109));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "coinbase, -1, BAD_PRICE",
    "coinbase, NaN, WRONG_TYPE",
    "coinbase, 1e999, WRONG_TYPE",
    "kraken, -1, BAD_PRICE",
    "kraken, '\"NaN\"', WRONG_TYPE",
    "kraken, 1e999, WRONG_TYPE",
    "kraken, NaN, MALFORMED"
  })
  void aTradeThatCannotBeBelievedIsToldAndItsMinuteIsRepaired(
      String venue, String price, RejectReason reason) throws Exception {
    try (FeedDrill feed = new FeedDrill(venue)) {
      TreeMap<Long, List<String>> wire = honest(feed);
      wire.put(at(4), List.of(feed.trade(104, at(4), price)));
      play(feed, wire);
      assertWhole(feed, 0, 3);
      assertThat(feed.rejects).extracting(Reject::reason).containsExactly(reason);
    }
  }

  @Test
  void tradesOfOneFrameMayStandInAnyOrderAndTwice() throws Exception {
    try (FeedDrill feed = new FeedDrill("kraken")) {
      TreeMap<Long, List<String>> wire = honest(feed);
      wire.keySet().removeAll(List.of(at(3), at(4), at(5)));
      List<String> rows = new ArrayList<>();
      for (int i : new int[] {5, 3, 4, 3}) {
        rows.add(feed.row(100 + i, at(i), "1"));
      }
      String all = String.join(",", rows);
      wire.put(
          at(5),
          List.of("{\"channel\":\"trade\",\"type\":\"update\",\"data\":[%s]}".formatted(all)));
      play(feed, wire);
      assertWhole(feed, 0, 1, 2, 3);
    }
  }

  @Test
  void aHeartbeatOfATradeThatNeverCameBreaksTheChain() throws Exception {
    try (FeedDrill feed = new FeedDrill("coinbase")) {
      TreeMap<Long, List<String>> wire = honest(feed);
      wire.remove(at(4));
      wire.remove(at(5));
      for (int second = 51; second < 60; second++) {
        long ms = T0 + MINUTE + second * 1_000;
        add(wire, ms, feed.heartbeat(105, ms));
      }
      play(feed, wire);
      assertWhole(feed, 0, 2, 3);
      assertThat(feed.oddities).containsExactly(TradeAnomaly.HOLE);
    }
  }

  @Test
  void aHeartbeatOlderThanTheChainChangesNothing() throws Exception {
    try (FeedDrill feed = new FeedDrill("coinbase")) {
      TreeMap<Long, List<String>> wire = honest(feed);
      add(wire, at(4) + 100, feed.heartbeat(101, at(1) + 100));
      play(feed, wire);
      assertWhole(feed, 0, 1, 2, 3);
      assertThat(feed.oddities).isEmpty();
    }
  }

  @Test
  void whatOkxSaysTwiceOrNeverOrOtherwise() throws Exception {
    try (FeedDrill feed = new FeedDrill("okx")) {
      int before = feed.repairs(RepairEvent.Reconfirm.class).size();
      for (int minute : new int[] {0, 0, 3, 2, 0}) {
        long nowMs = T0 + 4 * MINUTE;
        feed.say(feed.closed(minute, "11"), nowMs);
      }
      feed.say(feed.closed(0, "10.5"), T0 + 5 * MINUTE);
      feed.say(feed.closed(1, "-11"), T0 + 5 * MINUTE);
      assertThat(feed.gaps())
          .as("the rows that were skipped, one of which came later")
          .isEqualTo(Intervals.of(T0 + MINUTE, T0 + 3 * MINUTE));
      assertThat(feed.candles()).extracting(Candle::close).containsOnly(11.0);
      assertThat(feed.candles().stream().map(Candle::openTimeMs).distinct())
          .containsExactly(T0, T0 + 3 * MINUTE, T0 + 2 * MINUTE);
      assertThat(feed.repairs(RepairEvent.Reconfirm.class).subList(before, before + 1))
          .as("a closed row that differs is a question")
          .allMatch(asked -> asked.candidate() != null && asked.fromMs() == T0);
      assertThat(feed.rejects).extracting(Reject::reason).containsExactly(RejectReason.BAD_PRICE);
    }
  }
}
