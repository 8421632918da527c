package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.HeldException;
import dev.candles.lake.state.HolderName;
import dev.candles.lake.state.UnseenException;
import dev.candles.sim.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two jobs as a cluster has them, and one lake. */
@Execution(ExecutionMode.CONCURRENT)
class ClusterWriteAccessTest {
  private static final long FROM_MS =
      Timeframe.M5.floor(JobDrill.START_MS) - 10 * Timeframe.M1.millis();

  @TempDir private Path lake;

  @Test
  void aSecondJobEndsForGoodWithOneSentenceAndTheFirstLosesNothing() throws Exception {
    List<String> venues = List.of("okx", "coinbase");
    try (Simulator simulator = Simulator.start(JobDrill.venues(venues, JobDrill.START_MS))) {
      CollectorConfig config = config(venues, simulator);
      TestCollector first = collector(config);
      first.start();
      awaitLease(true);
      TestCollector second = collector(config);
      second.start();

      Throwable ended = second.awaitFailure();
      assertThat(ExceptionUtils.findThrowable(ended, SuppressRestartsException.class)).isPresent();
      assertThat(ExceptionUtils.findThrowable(ended, HeldException.class).orElseThrow())
          .hasMessageContaining("another job writes into this lake")
          .hasMessageContaining("pid=" + ProcessHandle.current().pid());

      long horizon = Timeframe.M5.ceil(JobDrill.START_MS + 10 * Timeframe.M1.millis());
      JobDrill.awaitAccounted(simulator, config, FROM_MS, horizon);
      assertItsCheckpointsAreOfThisLake();
      first.stop();
      awaitLease(false);
      second.start();
      long later = horizon + 2 * Timeframe.M5.millis();
      JobDrill.awaitAccounted(simulator, config, FROM_MS, later);
      second.stop();
      JobDrill.assertEqualsTruth(simulator, config, FROM_MS, later);
    }
  }

  @Test
  void aJobThatFindsAnothersNameEndsForGood() throws Exception {
    List<String> venues = List.of("okx");
    try (Simulator simulator = Simulator.start(JobDrill.venues(venues, JobDrill.START_MS))) {
      TestCollector frozen = collector(config(venues, simulator));
      frozen.start();
      awaitLease(true);
      Files.writeString(lease(), "writer=other hold=h host=elsewhere locked=false pid=1\n");
      Throwable ended = frozen.awaitFailure();
      assertThat(ExceptionUtils.findThrowable(ended, HeldException.class).orElseThrow())
          .hasMessageContaining("writer=other pid=1");
      assertThat(lease()).content().startsWith("writer=other ");
    }
  }

  /** A folder that is not the lake never becomes it: a restart would end as this start did. */
  @Test
  void aTaskManagerThatDoesNotSeeTheLakeEndsItsJobForGood() {
    LakeWriteAccess elsewhere = new ClusterWriteAccess(lake.toString(), true);
    assertThatThrownBy(() -> elsewhere.prove("00000000000000000000000000000001"))
        .isInstanceOf(SuppressRestartsException.class)
        .hasCauseInstanceOf(UnseenException.class)
        .hasRootCauseMessage(
            HolderName.host()
                + " does not see the lake of this job: "
                + lease()
                + ": expected writer=00000000000000000000000000000001, found no such file");
  }

  /** A reader of another machine than the ledgers: those would write what it announces. */
  @Test
  void aReaderThatDoesNotSeeTheLakeEndsItsJobForGood() throws Exception {
    List<String> venues = List.of("okx");
    try (Simulator simulator = Simulator.start(JobDrill.venues(venues, JobDrill.START_MS))) {
      CollectorConfig config = config(venues, simulator);
      TestCollector job = new TestCollector(config, new BlindReaders(lake.toString()));
      job.start();
      Throwable ended = job.awaitFailure();
      assertThat(ExceptionUtils.findThrowable(ended, SuppressRestartsException.class)).isPresent();
      assertThat(ended).hasRootCauseMessage("sees no lake");
      assertThat(BlindReaders.PROOFS).hasValue(1);
      assertThat(new LakeLayout(lake).folder(Folder.CANDLES)).doesNotExist();
    }
  }

  /** Signed by the job itself: whoever submitted it may have died, or not see the lake. */
  private void assertItsCheckpointsAreOfThisLake() throws Exception {
    Path checkpoints = new LakeLayout(lake).state().resolve("checkpoints");
    try (var jobs = Files.list(checkpoints)) {
      assertThat(jobs.map(job -> job.resolve("_lake"))).anyMatch(Files::exists);
    }
  }

  private CollectorConfig config(List<String> venues, Simulator simulator) {
    return JobDrill.bitcoin(venues, lake, Instant.ofEpochMilli(FROM_MS), simulator);
  }

  private static TestCollector collector(CollectorConfig config) {
    return new TestCollector(config, new ClusterWriteAccess(config.lake().directory(), true));
  }

  private Path lease() {
    return new LakeLayout(lake).state().resolve("lease");
  }

  private void awaitLease(boolean there) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    while (Files.exists(lease()) != there) {
      assertThat(System.nanoTime()).as("lease in time").isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
