package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The venue is away for an hour of market time, feed and REST. */
@Execution(ExecutionMode.CONCURRENT)
class OutageTest {
  private static final long START_MS = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final double SPEED = 120;
  private static final Duration OUTAGE = Duration.ofHours(1);

  /** Market time between the collector at work and the outage. */
  private static final Duration AHEAD = Duration.ofMinutes(20);

  private static final Pattern EVENT = Pattern.compile("event=(\\w+)");

  /** Delays of 1, 2, 4, 8, 16, 30, 30 … market seconds, of which jitter leaves at least half. */
  private static final long LEAST_CONNECT_DELAY_MS = 15_000;

  private static final int SHORTER_CONNECT_DELAYS = 5;

  /** Delays of 1, 2, 4 … 32, 60, 60 … market seconds, of which jitter leaves three quarters. */
  private static final long LEAST_REST_DELAY_MS = 45_000;

  private static final int SHORTER_REST_DELAYS = 6;

  /** Requests that were on their way when the venue went. */
  private static final int REST_IN_FLIGHT = 4;

  @Test
  void anHourWithoutTheVenueIsRepairedAndNotShoutedAbout() throws Exception {
    Drill.Plan plan =
        new Drill.Plan(
            Scope.usual(List.of(Drill.VENUE), Timeframe.M1, Timeframe.M5), Duration.ofHours(2));
    SimulatorConfig venue = SimulatorConfig.defaults();
    try (Drill drill = Drill.open("outage", plan, START_MS, SPEED, venue)) {
      drill.start();
      drill.awaitWork();
      long cutMs = Timeframe.BASE.ceil(drill.simulator.now()) + AHEAD.toMillis();
      drill
          .simulator
          .faults()
          .add(Fault.at(FaultKind.CUT, Drill.VENUE, cutMs).lasting(OUTAGE).withRest());
      drill.say("before the outage: %s", rss(drill));
      drill.awaitMarket(cutMs);
      int before = drill.collector().lines("").size();
      drill.awaitMarket(cutMs + OUTAGE.toMillis() / 2);
      drill.say("half an hour into the outage: %s", rss(drill));
      drill.awaitMarket(cutMs + OUTAGE.toMillis());
      assertThat(drill.simulator.faults().counted(FaultKind.CUT)).isEqualTo(1);
      List<String> said = drill.collector().lines("");
      long lengthMs = drill.simulator.now() - cutMs;
      bounded(
          drill, said.subList(before, said.size()), lengthMs, plan.scope().streams().size() / 2);
      long backMs = cutMs + OUTAGE.toMillis();
      drill.awaitEqual(backMs);
      drill.say("repaired %s market time after the venue's return", since(drill, backMs));
      drill.awaitMarket(backMs + Duration.ofMinutes(10).toMillis());
      drill.say("afterwards: %s", rss(drill));
      drill.equalsTruth();
    }
  }

  private static void bounded(Drill drill, List<String> said, long lengthMs, int symbols) {
    Map<String, Long> events =
        said.stream()
            .map(EVENT::matcher)
            .filter(Matcher::find)
            .map(event -> event.group(1))
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    List<String> errors = said.stream().filter(l -> l.contains("event=connection_error")).toList();
    long feed = errors.stream().filter(line -> line.contains(" connection=")).count();
    long rest = errors.size() - feed;
    long mostFeed = 1 + SHORTER_CONNECT_DELAYS + lengthMs / LEAST_CONNECT_DELAY_MS;
    long mostRest = REST_IN_FLIGHT + SHORTER_REST_DELAYS + lengthMs / LEAST_REST_DELAY_MS;
    long mostGaps = symbols * (lengthMs / Timeframe.BASE.millis() + 1);
    drill.say(
        "%d lines in %d market minutes: %s; connection errors of the feed %d (at most %d), of REST"
            + " %d (at most %d); gaps at most %d",
        said.size(), lengthMs / 60_000, events, feed, mostFeed, rest, mostRest, mostGaps);
    for (String first : errors.stream().limit(3).toList()) {
      drill.say("  %s", first);
    }
    assertThat(feed).isBetween(1L, mostFeed);
    assertThat(rest).isLessThanOrEqualTo(mostRest);
    assertThat(events.getOrDefault("gap_detected", 0L)).isBetween(1L, mostGaps);
  }

  private static Duration since(Drill drill, long ms) {
    return Duration.ofSeconds((drill.simulator.now() - ms) / 1_000);
  }

  /** Resident memory of the collector, where there is a {@code /proc}. */
  private static String rss(Drill drill) throws IOException {
    Path status = Path.of("/proc", String.valueOf(drill.collector().pid()), "status");
    if (!Files.exists(status)) {
      return "no /proc here";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .map(line -> line.replaceAll("\\s+", " "))
        .findFirst()
        .orElse("no VmRSS");
  }
}
