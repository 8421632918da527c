package dev.candles.cli.training;

import dev.candles.cli.classes.Family;
import dev.candles.cli.classes.Training;
import dev.candles.cli.demo.CollectorProcess;
import dev.candles.cli.embedded.ProgramCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The commands of the launcher: a collector collects from simulated venues in fast market time and
 * is stopped; then one JVM runs the other commands on the lake that it left.
 */
public final class CommandTraining implements Training {
  private static final Duration STARTED_WITHIN = Duration.ofMinutes(5);
  private static final Duration COLLECTS = Duration.ofSeconds(10);
  private static final Duration ENDED_WITHIN = Duration.ofMinutes(10);
  private static final long LOOK_MS = 200;

  @Override
  public List<Family> families() {
    return List.of(Family.RUN, Family.TOOL);
  }

  @Override
  public List<String> jvm(Family family) throws IOException {
    Path jar = ProgramCode.here();
    return List.of("@" + jar.resolveSibling(family.label() + ".jvmargs"), "-cp", jar.toString());
  }

  @Override
  public void run(Recording recording, Path work) throws Exception {
    Path config;
    try (TrainingVenues venues = TrainingVenues.open(work)) {
      config = venues.config();
      collect(recording, work, config);
    }
    CollectorProcess commands =
        CollectorProcess.recording(
            Family.TOOL,
            recording.flags(Family.TOOL),
            work.resolve("commands.out"),
            List.of("bootstrap", "--train", config.toString()));
    requireDone(commands, commands.ended(ENDED_WITHIN));
  }

  private static void collect(Recording recording, Path work, Path config) throws Exception {
    CollectorProcess collector =
        CollectorProcess.recording(
            Family.RUN,
            recording.flags(Family.RUN),
            work.resolve("collector.out"),
            List.of("run", "--config", config.toString()));
    try {
      long deadline = System.nanoTime() + STARTED_WITHIN.toNanos();
      while (collector.isAlive()
          && collector.last("INFO: Web UI: ").isEmpty()
          && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      }
      TimeUnit.MILLISECONDS.sleep(COLLECTS.toMillis());
      requireDone(collector, collector.stop(ENDED_WITHIN));
    } finally {
      collector.kill();
    }
  }

  private static void requireDone(CollectorProcess process, Optional<Integer> code)
      throws IOException {
    if (!code.equals(Optional.of(0))) {
      throw new IOException(
          "a command of the training ended with "
              + code.map(String::valueOf).orElse("a SIGKILL")
              + "; its last words:\n"
              + process.tail());
    }
  }
}
