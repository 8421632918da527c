package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Real minutes of coinbase and kraken with the holes that they really had. A hole is silence while
 * the venue can be reached: empty. Or the venue cannot be reached, from before the hole until after
 * it: then REST gives what there was, and the hole in its answer is empty too.
 *
 * <p>By default the kraken hole and two hours around it. Two days around each hole, each way:
 * {@code -Dcandles.recorded.days=2}, four minutes each.
 */
@Execution(ExecutionMode.CONCURRENT)
class RecordedHoleTest {
  private static final int DAYS = Integer.getInteger("candles.recorded.days", 0);
  private static final Duration HISTORY = Duration.ofHours(6);
  private static final String COINBASE = "coinbase/BTC-USDT_1m_2023-03-01_21.csv.gz";
  private static final String KRAKEN = "kraken/BTC-USDT_1m_2023-03-01_21.csv.gz";
  private static final String KRAKEN_EUR = "kraken/BTC-EUR_1m_2023-03-01_21.csv.gz";
  private static final Scope SCOPE =
      new Scope(
          new TreeMap<>(
              Map.of(
                  "coinbase", List.of("BTC-USDT"),
                  "kraken", List.of("BTC-USDT", "BTC-EUR"))),
          List.of(Timeframe.M1, Timeframe.M5, Timeframe.H1));

  /** Real outages, see the index of the recordings: the minutes that nobody has. */
  private enum Hole {
    COINBASE_2023_03_04("coinbase", "2023-03-04T17:00:00Z", "2023-03-04T21:36:00Z"),
    KRAKEN_2023_03_16("kraken", "2023-03-16T22:01:00Z", "2023-03-16T22:13:00Z");

    private final String venue;
    private final long fromMs;
    private final long toMs;

    Hole(String venue, String from, String to) {
      this.venue = venue;
      fromMs = Instant.parse(from).toEpochMilli();
      toMs = Instant.parse(to).toEpochMilli();
    }

    /** The venue cannot be reached, for the hole and so long before and after it. */
    Fault link(Duration margin) {
      Duration length = Duration.ofMillis(toMs - fromMs).plus(margin).plus(margin);
      return Fault.at(FaultKind.CUT, venue, fromMs - margin.toMillis()).lasting(length).withRest();
    }
  }

  private record Span(long startMs, long endMs, double speed) {}

  @Test
  void aVenueThatCannotBeReachedAroundItsHoleIsRepairedAndTheHoleIsEmpty() throws Exception {
    Hole hole = Hole.KRAKEN_2023_03_16;
    Fault link = hole.link(Duration.ofMinutes(5));
    long endMs = hole.toMs + Duration.ofMinutes(17).toMillis();
    boolean atWork = false;
    for (int hours = 2; !atWork; hours *= 2) {
      assertThat(hours).as("hours of market time until a collector is at work").isLessThan(100);
      Span span = new Span(hole.fromMs - Duration.ofHours(hours).toMillis(), endMs, 240);
      atWork = collect("hole-short", hole, span, List.of(link));
    }
  }

  @Test
  void twoDaysAroundCoinbasesSilenceAreAsTheyWere() throws Exception {
    silence(Hole.COINBASE_2023_03_04);
  }

  @Test
  void twoDaysAroundKrakensSilenceAreAsTheyWere() throws Exception {
    silence(Hole.KRAKEN_2023_03_16);
  }

  @Test
  void twoDaysAroundAnUnreachableCoinbaseAreAsTheyWere() throws Exception {
    link(Hole.COINBASE_2023_03_04);
  }

  @Test
  void twoDaysAroundAnUnreachableKrakenAreAsTheyWere() throws Exception {
    link(Hole.KRAKEN_2023_03_16);
  }

  private static void silence(Hole hole) throws Exception {
    assertThat(collect("hole-silence-" + hole.venue, hole, days(hole), List.of())).isTrue();
  }

  private static void link(Hole hole) throws Exception {
    Fault link = hole.link(Duration.ofMinutes(30));
    assertThat(collect("hole-link-" + hole.venue, hole, days(hole), List.of(link))).isTrue();
  }

  private static Span days(Hole hole) {
    assumeTrue(DAYS > 0, "-Dcandles.recorded.days=2 collects two days around each hole");
    long startMs = Timeframe.H1.floor(hole.fromMs) - Duration.ofHours(12L * DAYS).toMillis();
    return new Span(startMs, startMs + Duration.ofDays(DAYS).toMillis(), 720);
  }

  /** Whether the collector was at work when the hole came; else nothing is judged. */
  private static boolean collect(String name, Hole hole, Span span, List<Fault> faults)
      throws Exception {
    Map<String, Recording> recordings = recordings();
    SimulatorConfig venues = SimulatorConfig.defaults().withVenues(List.copyOf(SCOPE.venues()));
    for (Map.Entry<String, Recording> tape : recordings.entrySet()) {
      String[] market = tape.getKey().split("/", -1);
      venues = venues.withTape(market[0], market[1], tape.getValue().file());
    }
    Drill.Plan plan = new Drill.Plan(SCOPE, HISTORY);
    try (Drill drill =
        Drill.open(name, plan, span.startMs, span.speed, venues.withFaults(faults))) {
      drill.start();
      drill.awaitWork();
      if (drill.simulator.now() > hole.fromMs - Duration.ofMinutes(40).toMillis()) {
        drill.say("at work too late for the hole, on a busy machine: once more, from earlier");
        return false;
      }
      drill.awaitMarket(span.endMs);
      long horizonMs = drill.equalsTruth(Timeframe.H1.ceil(drill.simulator.now()));
      long cuts = drill.simulator.faults().counted(FaultKind.CUT, hole.venue);
      assertThat(cuts).isEqualTo(faults.size());
      long fromMs = Timeframe.H1.ceil(span.startMs - HISTORY.toMillis());
      for (StreamKey stream : SCOPE.streams()) {
        Recording recording = recordings.get(stream.venue() + "/" + stream.symbol());
        if (stream.venue().equals(hole.venue)) {
          assertThat(recording.minutes().subMap(hole.fromMs, hole.toMs)).as("the hole").isEmpty();
        }
        recording.isHeld(drill, stream, fromMs, horizonMs);
      }
      return true;
    }
  }

  /** By venue and symbol. */
  private static Map<String, Recording> recordings() throws IOException {
    Map<String, Recording> recordings = new TreeMap<>();
    recordings.put("coinbase/BTC-USDT", Recording.read(COINBASE, "timestamp"));
    recordings.put("kraken/BTC-USDT", Recording.read(KRAKEN, "timestamp"));
    recordings.put("kraken/BTC-EUR", Recording.read(KRAKEN_EUR, "timestamp"));
    return recordings;
  }
}
