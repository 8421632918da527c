package dev.candles.cli.training;

import dev.candles.cli.demo.DemoPlan;
import dev.candles.core.time.MarketClock;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Simulated venues for a training. Market time is fast: within seconds candles of every timeframe
 * are closed.
 *
 * @param config the configuration of a collector of them, with a lake of its own
 */
record TrainingVenues(Simulator simulator, Path config) implements AutoCloseable {
  private static final Duration CHECKPOINTS = Duration.ofSeconds(2);
  private static final double SPEED = 60;
  private static final long HISTORY_MS = Duration.ofHours(2).toMillis();

  /** Opens them; configuration and lake lie in {@code work}. */
  static TrainingVenues open(Path work) throws IOException {
    long nowMs = System.currentTimeMillis();
    SimulatorConfig markets =
        DemoPlan.SCOPE
            .simulated(SimulatorConfig.defaults())
            .withClock(new MarketClock(nowMs, nowMs, SPEED));
    Simulator simulator = Simulator.start(markets);
    Path config = work.resolve("config.yaml");
    Files.writeString(
        config,
        DemoPlan.SCOPE.config(simulator, work.resolve("lake"), nowMs - HISTORY_MS, CHECKPOINTS, 0));
    return new TrainingVenues(simulator, config);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
