package dev.candles.cli.drill;

import dev.candles.cli.cluster.JobObserver;
import dev.candles.cli.cluster.OsProcess;
import dev.candles.cli.demo.CollectorProcess;
import dev.candles.cli.drill.DrillPlan.Kill;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A collector in one process: {@code ./candles run}. */
final class EmbeddedSubject implements Subject {
  private static final Duration STOPPED_WITHIN = Duration.ofMinutes(2);
  private static final String NAME = "collector";

  private final Path config;
  private final Path work;
  private final int uiPort;
  private int lives;
  private @Nullable CollectorProcess process;

  /**
   * @param config of the collector, with its web UI on {@code uiPort}
   * @param work a folder for what it prints
   */
  EmbeddedSubject(Path config, Path work, int uiPort) {
    this.config = config;
    this.work = work;
    this.uiPort = uiPort;
  }

  @Override
  public void start() throws IOException {
    lives++;
    process = CollectorProcess.start(config, work.resolve("collector-" + lives + ".out"));
  }

  private CollectorProcess process() {
    if (process == null) {
      throw new IllegalStateException("no collector was started");
    }
    return process;
  }

  @Override
  public String strike(Kill kill) throws InterruptedException {
    process().kill();
    return NAME;
  }

  @Override
  public void wake() {}

  @Override
  public void revive() throws IOException {
    if (!process().isAlive()) {
      start();
    }
  }

  @Override
  public JobObserver observer() {
    return JobObserver.ofPort(uiPort);
  }

  @Override
  public Optional<String> fault() throws IOException {
    return process().isAlive()
        ? Optional.empty()
        : Optional.of("the collector ended by itself; its last words:\n" + process().tail());
  }

  @Override
  public SortedMap<String, Long> memory() {
    TreeMap<String, Long> memory = new TreeMap<>();
    OsProcess.of(process().pid())
        .ifPresent(found -> found.memory().ifPresent(bytes -> memory.put(NAME, bytes)));
    return memory;
  }

  @Override
  public boolean stop() throws InterruptedException {
    return process().stop(STOPPED_WITHIN).equals(Optional.of(0));
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      process.kill();
    }
  }
}
