package dev.candles.cli.embedded;

import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.disk.DiskWatch;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.reject.RejectFiles;
import dev.candles.lake.state.HeldException;
import dev.candles.lake.state.StateFiles;
import dev.candles.text.FailureText;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collector in this JVM, from start to stop. All steps but the signal on the caller's thread:
 *
 * <ol>
 *   <li>the lake's lock is taken, before anything is restored;
 *   <li>the newest checkpoint or savepoint that can be restored is found, Flink and the job are
 *       started; what cannot be restored after all is passed over;
 *   <li>a first checkpoint is taken as soon as all tasks run, because readers announce the lake
 *       only after one;
 *   <li>checkpoints of earlier runs and all but the newest savepoints are deleted, the start-up
 *       lines printed;
 *   <li>compaction goes on in the background, on a thread of its own, and what else was given;
 *   <li>SIGTERM or SIGINT: stop with a savepoint, then say in the lake how far each stream is
 *       accounted for; before the job was started there is nothing to stop. A second signal ends
 *       the process at once.
 * </ol>
 */
public final class EmbeddedCollector {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCollector.class);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final CollectorConfig config;
  private final @Nullable Path restore;
  private final Companion companion;
  private final LakeLayout layout;
  private final StateFiles state;
  private final CompletableFuture<Boolean> stopAsked = new CompletableFuture<>();
  private final StartTries tries = new StartTries(stopAsked);

  /** Work beside a collector from its first checkpoint on. */
  @FunctionalInterface
  public interface Companion {
    /** Starts it; closing ends it. */
    AutoCloseable start();
  }

  /**
   * @param restore the checkpoint or savepoint to start from; {@code none} for none, null for the
   *     newest
   */
  public EmbeddedCollector(CollectorConfig config, @Nullable Path restore, Companion companion) {
    this.config = config;
    this.restore = restore;
    this.companion = companion;
    this.layout = new LakeLayout(config.lake().path());
    this.state = new StateFiles(layout);
  }

  /**
   * Collects until a signal, or until the job ends by itself.
   *
   * @return the exit code: 0 after a stop that was asked for, also where nothing could be started;
   *     else 1
   * @throws RefusedException if nothing was started: another writer, a port in use, no such
   *     checkpoint, a lake or a temporary folder that cannot be used, a stream half-forgotten
   * @throws PassingException if nothing was started for a reason that may pass: a disk without
   *     room, for as long as was waited for it, or an error of lock or lease
   * @throws LastingException if the job met an error that it would meet for ever
   */
  public int run() throws Exception {
    long startedMs = System.currentTimeMillis();
    StopSignals signals =
        new StopSignals(
            () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
            () -> stopAsked.complete(true),
            EmbeddedCollector::halt);
    Signals.onStop(signals::signalled);
    try {
      return withLake(startedMs);
    } catch (StartTries.StopAskedException | RefusedException | PassingException e) {
      if (!stopAsked.isDone()) {
        throw e;
      }
      LOG.info("Collector stopped before it had started: {}", LogValue.of(e.getMessage()));
      return 0;
    }
  }

  private int withLake(long startedMs) throws Exception {
    tries.done(cannotCollect(), () -> Access.requireLake(layout, config.streams()));
    requirePort(); // before anything is made in the lake
    try (LakeWriteAccess.Hold hold = lock();
        TemporaryFolder temporary =
            tries.until(cannotCollect(), () -> TemporaryFolder.below(layout))) {
      tries.done(cannotCollect(), () -> HalfForgotten.requireNoneOf(config.streams(), layout));
      RejectFiles rejects = rejects();
      RestorePoints points = new RestorePoints(state, restore);
      OptionalInt code;
      do {
        code = collect(points, temporary.folder(), rejects, startedMs);
      } while (code.isEmpty());
      return code.getAsInt();
    }
  }

  /** The exit code; empty if what was restored does not do and there is another way to start. */
  private OptionalInt collect(
      RestorePoints points, Path temporary, RejectFiles rejects, long startedMs) throws Exception {
    if (stopAsked.isDone()) {
      throw new StartTries.StopAskedException(null);
    }
    Optional<Path> from = points.next();
    LOG.info(
        "event=starting lake={} restore={}",
        LogValue.of(layout.root()),
        LogValue.of(from.map(Path::toString).orElse("none")));
    try (FlinkJob job = tries.until(cannotCollect(), () -> job(from, temporary))) {
      JobWatch watch = new JobWatch(job, stopAsked);
      boolean isStarted = watch.firstCheckpoint(points);
      if (isStarted) {
        LOG.info("event=first_checkpoint start_ms={}", System.currentTimeMillis() - startedMs);
        int kept = config.checkpoints().keptSavepoints();
        var unused = state.tidy(job.id(), kept, System.currentTimeMillis());
        new StartUp(config).print(job, stopAsked);
      } else if (points.failed()) {
        return OptionalInt.empty();
      }
      try (AutoCloseable beside = companion.start();
          DiskWatch disk =
              DiskWatch.open(layout.root(), config.disk().bounds(), System::nanoTime)) {
        if (isStarted) {
          LOG.info(StartUp.LAST);
        }
        try (BackgroundCompaction compaction = BackgroundCompaction.start(config, rejects, disk)) {
          watch.untilTheEnd();
        }
        disk.spendReserve();
        return OptionalInt.of(stopAsked.isDone() ? stop(job) : ended(job.result().get()));
      }
    }
  }

  /** What is kept is told by what lay there before this run writes. */
  private RejectFiles rejects() {
    long keptMs = config.compaction().keptRejects().toMillis();
    return RejectFiles.atStart(layout, config.streams(), keptMs);
  }

  private FlinkJob job(Optional<Path> from, Path temporary) throws Exception {
    return FlinkJob.start(config, FlinkSettings.of(config, from, temporary), state);
  }

  /** Whoever has the port may well have the lake too, and that is what is to be said then. */
  private void requirePort() throws RefusedException, PassingException {
    try {
      UiPort.requireFree(config.webUi().port());
    } catch (RefusedException taken) {
      try {
        LakeHold.requireFree(config, LakeHold.lease(config));
      } catch (HeldException e) {
        throw held(e);
      } catch (IOException e) {
        throw notKnown(e);
      }
      throw taken;
    }
  }

  private String cannotCollect() {
    return "cannot collect into the lake " + config.lake().directory();
  }

  /** The lake has a writer. */
  private RefusedException held(HeldException why) {
    return new RefusedException(
        cannotCollect()
            + ": "
            + why.getMessage()
            + LakeHold.remedy(why)
            + ", or set another data_dir",
        why);
  }

  /** Nobody can tell whether the lake has a writer, or this one cannot become it just now. */
  private PassingException notKnown(IOException why) {
    return new PassingException(cannotCollect() + ": " + why.getMessage(), why);
  }

  private LakeWriteAccess.Hold lock() throws Exception {
    String writer = EmbeddedWriter.name();
    try {
      return tries.until(
          cannotCollect(), () -> LakeHold.take(config, writer, EmbeddedCollector::lost));
    } catch (HeldException e) {
      throw held(e);
    } catch (IOException e) {
      throw notKnown(e);
    }
  }

  /** Whoever was frozen for long may find a cluster's job at work: nothing more may be written. */
  private static void lost(IOException why) {
    if (why instanceof HeldException) {
      LOG.error("event=stop_forced reason={}", LogValue.of(why.getMessage()));
      Runtime.getRuntime().halt(1);
    }
  }

  private static void halt() {
    LOG.warn("event=stop_forced hint=the_next_start_repairs_what_is_missing");
    Runtime.getRuntime().halt(1);
  }

  private int stop(FlinkJob job) throws Exception {
    long startedMs = System.currentTimeMillis();
    LOG.info("Stopping: final candles are committed, forming ones dropped");
    Optional<Path> savepoint = savepoint(job);
    boolean finished = savepoint.isPresent() && job.result().get().isSuccess();
    job.close();
    AfterStop after =
        new AfterStop(
            config, fault -> LOG.error("event=tidying_failed error={}", LogValue.of(fault)));
    savepoint.ifPresent(after::sign);
    if (finished) {
      after.sweep();
    }
    int streams = after.through().orElse(0);
    long tookMs = System.currentTimeMillis() - startedMs;
    if (savepoint.isEmpty()) {
      LOG.error("event=stopped savepoint=none streams={} took_ms={}", streams, tookMs);
      return 1;
    }
    LOG.info(
        "event=stopped savepoint={} streams={} took_ms={}",
        LogValue.of(savepoint.get()),
        streams,
        tookMs);
    LOG.info("Collector stopped");
    return 0;
  }

  private static Optional<Path> savepoint(FlinkJob job) throws InterruptedException {
    long deadline = System.nanoTime() + STOP.toNanos();
    String error = "none";
    while (System.nanoTime() < deadline && !job.result().isDone()) {
      try {
        Path savepoint = job.stop(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        job.result().get();
        return Optional.of(savepoint);
      } catch (ExecutionException | TimeoutException e) {
        error = FailureText.of(e);
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      }
    }
    LOG.error("event=savepoint_failed error={} next_start=last_checkpoint", LogValue.of(error));
    return Optional.empty();
  }

  private static int ended(JobResult result) {
    String error = result.getSerializedThrowable().map(Throwable::toString).orElse("none");
    LOG.error("event=job_ended status={} error={}", result.getJobStatus(), LogValue.of(error));
    return 1;
  }
}
