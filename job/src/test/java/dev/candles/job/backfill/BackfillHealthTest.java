package dev.candles.job.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthSignal;
import dev.candles.core.time.MarketClock;
import dev.candles.job.codec.Codecs;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What an outage of REST does to the repair, and what health is told of it. */
class BackfillHealthTest {
  private static final StreamKey BTC = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  private static final long T0 = 1_767_571_200_000L + 6 * 3_600_000;
  private static final long MINUTE = 60_000;
  private static final int GAPS = 20;
  private static final long DEADLINE_NANOS = 600_000_000_000L;

  private KeyedOneInputStreamOperatorTestHarness<String, RepairEvent, LedgerEvent> harness;
  private long nowMs = T0 + 30 * MINUTE;

  /** While requests fail nothing but one probe a minute goes out, and one answer opens the rest. */
  @Test
  void whileTheVenueFailsOneProbeGoesOnAndHealthIsToldOfEach() throws Exception {
    try (FakeCoinbase venue = new FakeCoinbase()) {
      open(venue);
      venue.down = true;
      for (int day = 0; day < GAPS; day++) {
        long from = T0 - day * 1_440 * MINUTE;
        send(RepairEvent.gap(BTC, Intervals.of(from, from + MINUTE), Reason.NOT_CLOSED));
      }
      await("ten failures", () -> health().size() >= 10);
      assertThat(health())
          .allMatch(signal -> signal.failure() == FailureReason.CONNECTION_ERROR)
          .allMatch(signal -> signal.source() == HealthSignal.REST);
      int asked = venue.asked.size();
      long hourMs = nowMs + 60 * MINUTE;
      await("an hour", () -> nowMs >= hourMs);
      assertThat(venue.asked.size() - asked).as("probes in an hour").isBetween(40, 85);

      venue.down = false;
      await("all", () -> candles() == GAPS);

      assertThat(nowMs - hourMs).as("at the usual pace after the answer").isLessThan(90_000);
      assertThat(health().subList(health().size() - 3, health().size()))
          .allMatch(signal -> signal.failure() == null);
      harness.close();
    }
  }

  private void open(FakeCoinbase venue) throws Exception {
    VenueProfile profile = Venues.byName("coinbase").orElseThrow().profile();
    VenueProfile local = profile.at(profile.webSocket(), venue.rest());
    var function =
        new BackfillFunction(
            List.of(new VenueSettings(local, List.of("BTC-USD"))),
            MarketClock.real(),
            List.of(Timeframe.M1));
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function), event -> event.stream().venue(), Types.STRING);
    harness.setup(Codecs.LEDGER.serializer());
    harness.open();
    harness.setProcessingTime(nowMs);
    send(
        RepairEvent.announced(BTC, StreamBootstrap.ofNothing(T0, "BTC-USD", Evidence.TRADE_CHAIN)));
  }

  private void send(RepairEvent event) throws Exception {
    harness.processElement(new StreamRecord<>(event));
  }

  private long candles() {
    return harness.extractOutputValues().stream()
        .filter(event -> event instanceof LedgerEvent.Final)
        .count();
  }

  private List<HealthSignal> health() {
    var told = harness.getSideOutput(BackfillFunction.HEALTH);
    return told == null ? List.of() : told.stream().map(StreamRecord::getValue).toList();
  }

  /** Lets market time go on by steps; a request that is open is waited for within each. */
  private void await(String what, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("never: " + what).isLessThan(end);
      nowMs += 1_000;
      for (int i = 0; i < 5; i++) {
        nowMs = Answers.taken(harness, nowMs + 101, condition);
      }
    }
  }
}
