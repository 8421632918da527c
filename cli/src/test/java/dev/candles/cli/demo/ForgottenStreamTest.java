package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.Commands;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.sim.SimulatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A savepoint still knows the gaps of a stream that the lake has forgotten. */
@Execution(ExecutionMode.CONCURRENT)
class ForgottenStreamTest {
  private static final long START_MS = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
  private static final String GONE = "coinbase/ETH-USD";

  private static Set<String> streams(Path lake) throws IOException {
    Set<String> ids = new TreeSet<>();
    new LakeAccounts(lake).streams().stream().map(StreamKey::id).forEach(ids::add);
    return ids;
  }

  @Test
  void whatIsForgottenStaysSoAndIsCollectedAnewOnceItIsConfigured() throws Exception {
    Scope both =
        Scope.of("coinbase", List.of("BTC-USD", "ETH-USD"), List.of(Timeframe.M1, Timeframe.M5));
    Drill.Plan plan = new Drill.Plan(both, Duration.ofHours(6));
    try (Drill drill = Drill.open("forgotten", plan, START_MS, 60, SimulatorConfig.defaults())) {
      drill.start();
      drill.awaitStarted(); // its history is not there yet
      drill.stop();
      assertThat(streams(drill.lake)).contains(GONE + "/1m", GONE + "/5m");

      String lake = drill.lake.toString();
      assertThat(Commands.run("gaps", "--open", "--data-dir", lake).out()).contains(GONE + "/1m");

      Path config = drill.lake.resolveSibling("config.yaml");
      String[] forget = {"forget", GONE, "--yes", "--config", config.toString()};
      assertThat(Commands.run(forget).err()).startsWith("still collected");
      Files.writeString(config, Files.readString(config).replace(", ETH-USD", ""));
      Commands.Result forgotten = Commands.run(forget);
      assertThat(forgotten.code()).as(forgotten.out() + forgotten.err()).isZero();

      drill.start();
      drill.awaitStarted();
      drill.awaitMarket(drill.simulator.now() + Duration.ofMinutes(10).toMillis());
      drill.stop();
      assertThat(drill.printed("event=restore_passed_over")).isEmpty();
      assertThat(streams(drill.lake)).containsExactly("coinbase/BTC-USD/1m", "coinbase/BTC-USD/5m");

      drill.clockOff(Duration.ZERO); // the configuration of before
      drill.start();
      drill.awaitStarted();
      drill.equalsTruth();
      assertThat(streams(drill.lake)).contains(GONE + "/1m", GONE + "/5m");
    }
  }
}
