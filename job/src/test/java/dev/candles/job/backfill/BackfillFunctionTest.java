package dev.candles.job.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.time.MarketClock;
import dev.candles.job.codec.Codecs;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The backfill of one venue against its REST; Flink's processing time is the market's. */
class BackfillFunctionTest {
  private static final StreamKey BTC = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  private static final long T0 = 1_767_571_200_000L + 6 * 3_600_000;
  private static final long MINUTE = 60_000;

  /** Of its budget of requests, with the margin for what comes late. */
  private static final long COINBASE_WINDOW_MS = 1_040;

  private static final long DEADLINE_NANOS = 600_000_000_000L;

  private FakeCoinbase venue;
  private KeyedOneInputStreamOperatorTestHarness<String, RepairEvent, LedgerEvent> harness;
  private long nowMs = T0 + 30 * MINUTE;

  @BeforeEach
  void open() throws Exception {
    venue = new FakeCoinbase();
    harness = harness();
    start(announcement(0));
  }

  private void start(StreamBootstrap news) throws Exception {
    harness.open();
    harness.setProcessingTime(nowMs);
    send(RepairEvent.announced(BTC, news));
  }

  private KeyedOneInputStreamOperatorTestHarness<String, RepairEvent, LedgerEvent> harness()
      throws Exception {
    VenueProfile profile = Venues.byName("coinbase").orElseThrow().profile();
    VenueProfile local = profile.at(profile.webSocket(), venue.rest());
    BackfillFunction function =
        new BackfillFunction(
            List.of(new VenueSettings(local, List.of("BTC-USD"))),
            MarketClock.real(),
            List.of(Timeframe.M1, Timeframe.M5, Timeframe.M30, Timeframe.H1));
    var backfill =
        new KeyedOneInputStreamOperatorTestHarness<String, RepairEvent, LedgerEvent>(
            new KeyedProcessOperator<>(function), event -> event.stream().venue(), Types.STRING);
    backfill.setup(Codecs.LEDGER.serializer());
    return backfill;
  }

  private static StreamBootstrap announcement(long listedAtMs) {
    return announcement(listedAtMs, T0, T0);
  }

  /**
   * @param fromMs from when to {@code toMs} the lake has nothing, epoch ms
   */
  private static StreamBootstrap announcement(long listedAtMs, long fromMs, long toMs) {
    return new StreamBootstrap(
        fromMs,
        toMs,
        new long[0],
        new long[0],
        new long[0],
        0,
        listedAtMs,
        "BTC-USD",
        Evidence.TRADE_CHAIN,
        List.of());
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
    venue.close();
  }

  @Test
  void aMinuteThatIsGivenUpIsAskedForInTheLargerCandlesOfTheVenueAndBlocksNothing()
      throws Exception {
    venue.broken.add(T0 + 3 * MINUTE);
    gap(T0, T0 + 10 * MINUTE);
    await("the others", () -> candles().size() == 9, MINUTE);
    assertThat(natives()).isEmpty();
    await("larger ones", () -> candles(natives()).size() == 2, 3_600_000);
    assertThat(candles(natives()))
        .extracting(c -> c.stream().timeframe(), Candle::openTimeMs, Candle::evidence)
        .as("30m is none of the venue's")
        .containsExactlyInAnyOrder(
            tuple(Timeframe.M5, T0, Evidence.REST), tuple(Timeframe.H1, T0, Evidence.REST));
    assertThat(harness.extractOutputValues())
        .filteredOn(LedgerEvent.Unrecoverable.class::isInstance)
        .singleElement()
        .satisfies(event -> assertThat(event.fromMs()).isEqualTo(T0 + 3 * MINUTE));
    assertThat(harness.extractOutputValues())
        .allMatch(event -> event.stream().timeframe() == Timeframe.M1);
  }

  @Test
  void whatWasRepairedYoungIsReadOnceMoreAndADifferingAnswerTwice() throws Exception {
    gap(T0 + 27 * MINUTE, T0 + 29 * MINUTE);
    await("repaired", () -> candles().size() == 2, 10_000);
    long before = venue.asked.size();
    venue.volumes.put(T0 + 28 * MINUTE, 2);
    await("read again", () -> candles().size() == 4, 10_000);
    assertThat(venue.asked.size() - before).as("requests").isEqualTo(2);
    assertThat(candles().subList(2, 4))
        .extracting(Candle::evidence, Candle::openTimeMs, Candle::volume)
        .containsExactly(
            tuple(Evidence.REST_TWICE, T0 + 27 * MINUTE, 1.0),
            tuple(Evidence.REST_TWICE, T0 + 28 * MINUTE, 2.0));
    assertThat(nowMs).isGreaterThanOrEqualTo(T0 + 40 * MINUTE);
  }

  /** 1,440 minutes in pages of 300 with three more on each side: newer rows prove nothing here. */
  @Test
  void anOldDayHasNoMorePagesThanItsRowsNeed() throws Exception {
    long day = Timeframe.D1.floor(T0) - 3 * Timeframe.D1.millis();
    gap(day, day + Timeframe.D1.millis());
    await("the day", () -> candles().size() == 1_440, 1_000);
    assertThat(minutesAsked()).isEqualTo(5);
  }

  @Test
  void aSmallHoleIsAskedByIdBeforeItsCandlesHaveSettled() throws Exception {
    nowMs = T0 + 28 * MINUTE + 65_000;
    venue.trades =
        "["
            + trade(15, T0 + 29 * MINUTE + 2_500)
            + ","
            + trade(14, T0 + 29 * MINUTE + 500)
            + ","
            + trade(13, T0 + 28 * MINUTE + 30_000)
            + ","
            + trade(12, T0 + 28 * MINUTE + 10_000)
            + ","
            + trade(11, T0 + 28 * MINUTE - 1)
            + ","
            + trade(10, T0 + 27 * MINUTE + 5_000)
            + ","
            + trade(9, T0 + 27 * MINUTE + 4_000)
            + ","
            + trade(8, T0 + 27 * MINUTE + 3_000)
            + "]";
    long to = T0 + 29 * MINUTE;
    gap(T0 + 28 * MINUTE, to);
    send(new RepairEvent.Trades(BTC, new MissingTrades(T0 + 28 * MINUTE, to, 10, 14)));
    await("by id", () -> candles().size() == 1, 1_000);
    Candle candle = candles().get(0);
    assertThat(candle.evidence()).isEqualTo(Evidence.REST_TRADES);
    assertThat(candle.tradeCount()).isEqualTo(2);
    assertThat(nowMs).as("before its settle time").isLessThan(to + 120_000);
    assertThat(venue.asked).as("no candles were asked for").allMatch(p -> p.contains("/trades?"));
    await("the minute before", () -> venue.asked.size() >= 2, 1_000);
    assertThat(venue.asked.get(1)).as("around its trade 11").endsWith("after=512");
  }

  @Test
  void tradesThatStayUnreadableAreGivenUpAndTheCandlesDecideWhileTheVenueGoesOn() throws Exception {
    nowMs = T0 + 29 * MINUTE + 1_000;
    venue.trades =
        "[" + trade(12, T0 + 28 * MINUTE).replace("\"price\":\"10\"", "\"price\":\"NaN\"") + "]";
    gap(T0 + 28 * MINUTE, T0 + 29 * MINUTE);
    send(
        new RepairEvent.Trades(BTC, new MissingTrades(T0 + 28 * MINUTE, T0 + 29 * MINUTE, 10, 14)));
    await("asked by id", () -> tradesAsked() == 1, 1_000);
    gap(T0, T0 + 3 * MINUTE);
    long before = nowMs;
    await("others", () -> candles().size() == 3, 100);
    assertThat(nowMs - before).as("the venue is not left alone").isLessThan(5_000);
    await("its candle", () -> candles().size() == 4, 1_000);
    assertThat(candles().get(3))
        .extracting(Candle::openTimeMs, Candle::evidence)
        .containsExactly(T0 + 28 * MINUTE, Evidence.REST);
    long end = nowMs + 3_600_000;
    await("an hour more", () -> nowMs > end, MINUTE);
    assertThat(tradesAsked()).as("tries").isBetween(1L, 60L);
  }

  @Test
  void aMinuteThatNeitherTradesNorCandlesTellOfIsUnrecoverableInTheEnd() throws Exception {
    venue.broken.add(T0 + 3 * MINUTE);
    venue.trades = "[" + trade(12, T0 + 3 * MINUTE).replace("\"1\"", "\"-1\"") + "]";
    gap(T0, T0 + 10 * MINUTE);
    send(new RepairEvent.Trades(BTC, new MissingTrades(T0 + 3 * MINUTE, T0 + 4 * MINUTE, 10, 14)));
    await("given up", () -> !unrecoverable().isEmpty(), 3_600_000);
    assertThat(unrecoverable()).containsExactly(lost(T0 + 3 * MINUTE, T0 + 4 * MINUTE));
    assertThat(candles()).hasSize(9);
    assertThat(venue.asked.stream().filter(path -> path.endsWith("&after=114")).count())
        .as("tries of the hole between ids, ever rarer")
        .isBetween(6L, 60L);
    assertThat(tradesAsked()).as("searches, one a sweep, ever rarer").isLessThan(160);
  }

  /** A silent minute may only lack that somebody looks through its trades. */
  @Test
  void afterADaysAbsenceTheFirstAnswersGiveNothingUp() throws Exception {
    venue.broken.add(T0 + 3 * MINUTE);
    gap(T0, T0 + 10 * MINUTE);
    await("the others", () -> candles().size() == 9, MINUTE);
    run(10 * MINUTE);
    OperatorSubtaskState slept = harness.snapshot(1, nowMs);
    harness.close();
    nowMs += 25 * 3_600_000L;
    long resumedMs = nowMs;
    harness = harness();
    harness.initializeState(slept);
    start(announcement(0, T0 + 3 * MINUTE, T0 + 4 * MINUTE));
    await("given up", () -> !unrecoverable().isEmpty(), MINUTE);
    assertThat(nowMs - resumedMs).isBetween(10 * MINUTE, 3 * 3_600_000L);
  }

  /** Three sweeps were in vain before; a venue that cannot be reached for a day is no answer. */
  @Test
  void afterADaysOutageTheFirstAnswersGiveNothingUp() throws Exception {
    venue.broken.add(T0 + 3 * MINUTE);
    gap(T0, T0 + 10 * MINUTE);
    await("three sweeps", () -> minutesAsked() >= 4, MINUTE);
    venue.down = true;
    long upMs = nowMs + 25 * 3_600_000L;
    await("a day", () -> nowMs >= upMs, 600_000);
    assertThat(unrecoverable()).isEmpty();
    long answered = venue.minutesAnswered.get(); // while it is down nothing is added
    venue.down = false;
    await("answered again", () -> venue.minutesAnswered.get() > answered, 1_000);
    long answeredMs = nowMs;
    await("given up", () -> !unrecoverable().isEmpty(), 10_000);
    assertThat(nowMs - answeredMs).isBetween(9 * MINUTE, 3 * 3_600_000L);
  }

  @Test
  void aRowThatSaysNoTimeCostsItsOwnMinuteOnlyAndBlocksNoOther() throws Exception {
    List<Long> lost = List.of(T0 - 170 * MINUTE, T0 - 80 * MINUTE, T0 + 3 * MINUTE);
    venue.timeless.addAll(lost);
    gap(T0 - 190 * MINUTE, T0 + 10 * MINUTE);
    send(new RepairEvent.Reconfirm(BTC, T0 + 2 * MINUTE, T0 + 5 * MINUTE, null));
    long before = nowMs;
    gap(T0 - 600 * MINUTE, T0 - 590 * MINUTE);
    await(
        "older ones",
        () -> candles().stream().anyMatch(c -> c.openTimeMs() < T0 - 590 * MINUTE),
        100);
    assertThat(nowMs - before).as("the venue is not left alone").isLessThan(5_000);
    await("all but the three", () -> candles().size() == 207, 1_000);
    assertThat(nowMs - before).as("within one sweep").isLessThan(200_000);
    await("given up", () -> unrecoverable().size() >= 3, 600_000);
    int asked = venue.asked.size();
    long end = nowMs + 3_600_000;
    await("an hour more", () -> nowMs > end, MINUTE);
    assertThat(venue.asked).as("asked once a day from now on").hasSizeLessThan(asked + 5);
    assertThat(unrecoverable())
        .containsExactlyElementsOf(lost.stream().map(o -> lost(o, o + MINUTE)).toList());
  }

  @Test
  void aRowThatSaysNoTimeIsNoWordAboutWhenTheMarketWasListed() throws Exception {
    send(RepairEvent.announced(BTC, announcement(T0 + 8 * MINUTE)));
    venue.timeless.add(T0 + 3 * MINUTE);
    gap(T0 + 3 * MINUTE, T0 + 5 * MINUTE);
    await("given up", () -> !unrecoverable().isEmpty(), 600_000);
    assertThat(unrecoverable()).containsExactly(lost(T0 + 3 * MINUTE, T0 + 4 * MINUTE));
  }

  @Test
  void anEmptyBudgetIsWaitedForAndNotPolled() throws Exception {
    gap(T0, T0 + 10 * MINUTE);
    long opensMs = nowMs + COINBASE_WINDOW_MS;
    run(1);
    assertThat(timers()).as("what was sent before is not known").containsExactly(opensMs);
    run(COINBASE_WINDOW_MS - 1);
    await("asked", () -> candles().size() == 10, 0);
    assertThat(venue.asked).hasSize(1);
  }

  @Test
  void aVenueThatFailsIsLeftAloneAndNotPolled() throws Exception {
    venue.close();
    for (int day = 0; day < 49; day++) {
      gap(T0 - day * 1_440 * MINUTE, T0 - (day * 1_440 - 1) * MINUTE);
    }
    run(COINBASE_WINDOW_MS);
    await("failed", () -> timers().stream().allMatch(timer -> timer > nowMs + 200), 0);
  }

  @Test
  void whereACheckpointHoldsStreamDaysBackTheyAreLookedForTenTimesASecond() throws Exception {
    int days = 50;
    for (int day = 0; day <= days; day++) {
      gap(T0 - day * 1_440 * MINUTE, T0 - (day * 1_440 - 1) * MINUTE);
    }
    await("all that may be written", () -> candles().size() == days, 0);
    await("held", () -> timers().stream().allMatch(timer -> timer == nowMs + 100), 0);
    harness.snapshot(1, nowMs);
    await("the last", () -> candles().size() == days + 1, 0);
  }

  private void run(long realMs) throws Exception {
    nowMs += realMs;
    harness.setProcessingTime(nowMs);
  }

  private Collection<Long> timers() {
    return harness.getProcessingTimeService().getActiveTimerTimestamps();
  }

  private long minutesAsked() {
    return venue.asked.stream().filter(path -> path.contains("granularity=60")).count();
  }

  private long tradesAsked() {
    return venue.asked.stream().filter(path -> path.contains("/trades?")).count();
  }

  private static LedgerEvent.Unrecoverable lost(long fromMs, long toMs) {
    return new LedgerEvent.Unrecoverable(BTC, fromMs, toMs, Reason.NO_PROOF);
  }

  private List<LedgerEvent.Unrecoverable> unrecoverable() {
    return harness.extractOutputValues().stream()
        .filter(LedgerEvent.Unrecoverable.class::isInstance)
        .map(LedgerEvent.Unrecoverable.class::cast)
        .toList();
  }

  private static String trade(long id, long timeMs) {
    return "{\"trade_id\":%d,\"side\":\"buy\",\"size\":\"1\",\"price\":\"10\",\"time\":\"%s\"}"
        .formatted(id, Instant.ofEpochMilli(timeMs));
  }

  private void gap(long fromMs, long toMs) throws Exception {
    send(RepairEvent.gap(BTC, Intervals.of(fromMs, toMs), Reason.NOT_CLOSED));
  }

  private void send(RepairEvent event) throws Exception {
    harness.processElement(new StreamRecord<>(event));
  }

  /** Lets market time go on by steps; a request that is open is waited for within each. */
  private void await(String what, BooleanSupplier condition, long stepMs) throws Exception {
    long end = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("never: " + what + " " + venue.asked).isLessThan(end);
      nowMs += stepMs;
      for (int i = 0; i < 5; i++) {
        nowMs = Answers.taken(harness, nowMs + 101, condition);
      }
    }
  }

  private List<Candle> candles() {
    return candles(harness.extractOutputValues());
  }

  private static List<Candle> candles(List<LedgerEvent> told) {
    return told.stream()
        .filter(LedgerEvent.Final.class::isInstance)
        .map(event -> ((LedgerEvent.Final) event).candle())
        .toList();
  }

  private List<LedgerEvent> natives() {
    var records = harness.getSideOutput(BackfillFunction.NATIVES);
    List<LedgerEvent> events = new ArrayList<>();
    if (records != null) {
      records.forEach(natives -> events.add(natives.getValue()));
    }
    return events;
  }
}
