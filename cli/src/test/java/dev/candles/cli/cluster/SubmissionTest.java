package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.lake.state.LakeLease;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.FlinkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code submit run}, before and after the job is sent. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class SubmissionTest {
  @TempDir private Path folder;
  private FakeCluster cluster;
  private JobLake lake;
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void startCluster() throws Exception {
    cluster = new FakeCluster();
    lake = JobLake.in(folder);
    cluster.runs("candles of another lake");
    cluster.answer(
        "GET /v1/jobs/" + cluster.job() + "/checkpoints",
        "{\"counts\":{\"restored\":0,\"total\":1,\"in_progress\":0,\"completed\":1,\"failed\":0},"
            + "\"summary\":{},\"latest\":{},\"history\":[]}");
  }

  @AfterEach
  void endCluster() {
    cluster.close();
  }

  @Test
  void aJobWhoseLakeIsNotSeenHereIsNotSaidToCollectIntoIt() throws Exception {
    assertThat(collects()).isFalse();
    assertThat(out.toString())
        .contains("The job collects, but not into the lake that is seen here: ")
        .contains("does not see the lake of this job")
        .doesNotContain("Collecting:");
    assertThat(lake.root()).doesNotExist();
  }

  @Test
  void nobodySaysWhatAClusterThatIsGoneDoes() throws Exception {
    cluster.status("RESTARTING");
    JobID job = JobID.fromHexString(cluster.job());
    try (FlinkRest rest = cluster.rest()) {
      assertThat(submission(lake.lease(), Duration.ZERO).collects(rest, job)).isFalse();
      assertThat(out.toString())
          .contains("Not collecting: the job is RESTARTING; the cluster goes on trying");
      out.getBuffer().setLength(0);
      cluster.close();
      assertThat(submission(lake.lease(), Duration.ZERO).collects(rest, job)).isFalse();
    }
    assertThat(out.toString())
        .contains("Not collecting: the cluster at ", "Nobody can tell whether job " + job)
        .doesNotContain("goes on trying");
  }

  @Test
  void whenItCollectsSavepointsBeyondThoseThatAreKeptAreDeletedByName() throws Exception {
    lake.leaseOf(cluster.job());
    Path old = lake.savepoint("savepoint-000000-1a2b3c");
    Path young = lake.savepoint("savepoint-000001-1a2b3c");
    Files.setLastModifiedTime(old.resolve("_metadata"), FileTime.fromMillis(1_000));

    assertThat(collects()).isTrue();
    assertThat(out.toString())
        .contains("Deleted, beyond keep_savepoints: " + old)
        .contains("Collecting: all tasks run");
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void aJobOfAnotherClusterThatWritesIntoTheLakeIsNamedBeforeAnythingIsSent() throws Exception {
    try (LakeWriteAccess.Hold other =
            new LakeLease(lake.root(), System::nanoTime, System::currentTimeMillis)
                .take("ffff", false, lost -> {});
        FlinkRest rest = cluster.rest()) {
      LakeLease real = new LakeLease(lake.root(), System::nanoTime, System::currentTimeMillis);
      assertThatThrownBy(() -> submission(real).requireAlone(rest))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("another job writes into this lake")
          .hasMessageContaining("writer=ffff");
    }
  }

  @Test
  void lookingForOthersMakesNothingOfALakeThatIsNotThere() throws Exception {
    try (FlinkRest rest = cluster.rest()) {
      submission(lake.lease()).requireAlone(rest);
    }
    assertThat(lake.root()).doesNotExist();
  }

  @Test
  void aJobThatTheClusterHasWasSubmittedThoughTheAnswerWasLost() throws Exception {
    assertThat(wasSubmitted()).isTrue();
    cluster.losesTheJob();
    assertThat(wasSubmitted()).isFalse();
    assertThat(out.toString()).contains("Not submitted: the answer was lost");
  }

  @Test
  void nothingIsLookedForInABucketAndWhatIsNamedThereIsLeftToFlink() throws Exception {
    lake = JobLake.in(folder, "checkpoint_dir: s3://bucket/candles\n");
    lake.savepoint("savepoint-abcdef-1a2b3c");

    assertThat(submission(lake.lease()).restorePoint("newest")).isEmpty();
    assertThat(out.toString())
        .contains("Starts without state", "looked for in s3://bucket/candles; --restore s3://");
    assertThat(submission(lake.lease()).restorePoint("s3://bucket/candles/savepoints/savepoint-1"))
        .contains("s3://bucket/candles/savepoints/savepoint-1");
    assertThatThrownBy(() -> submission(lake.lease()).restorePoint("gs://bucket/x"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("--restore: found 'gs://bucket/x', expected the path");
  }

  /** The job would wait for slots that may never come. */
  @Test
  void fewerFreeSlotsThanTasksAtOnceAreRefusedWithBothNumbers() throws Exception {
    cluster.answer(
        "GET /v1/overview",
        "{\"taskmanagers\":2,\"slots-total\":4,\"slots-available\":1,\"jobs-running\":1,"
            + "\"jobs-finished\":0,\"jobs-cancelled\":0,\"jobs-failed\":0,"
            + "\"flink-version\":\"x\",\"flink-commit\":\"x\"}");
    Target target = Target.of(new Configuration(), List.of());
    try (FlinkRest rest = cluster.rest()) {
      assertThatThrownBy(() -> ClientContext.open(target, rest, 2, null))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "too few free slots at http://%s: 1 of 4 are free, 2 are needed; --parallelism says"
                  + " how many",
              cluster.address());
    }
  }

  private boolean wasSubmitted() throws Exception {
    JobID job = JobID.fromHexString(cluster.job());
    try (FlinkRest rest = cluster.rest()) {
      return submission(lake.lease())
          .wasSubmitted(new JobProgress(rest, job), job, new FlinkException("the answer was lost"));
    }
  }

  private boolean collects() throws Exception {
    try (FlinkRest rest = cluster.rest()) {
      return submission(lake.lease()).collects(rest, JobID.fromHexString(cluster.job()));
    }
  }

  private Submission submission(LakeLease lease, Duration running) {
    return new Submission(lake.config(), new PrintWriter(out, true), lease, running);
  }

  private Submission submission(LakeLease lease) {
    return submission(lease, Duration.ofMinutes(5));
  }
}
