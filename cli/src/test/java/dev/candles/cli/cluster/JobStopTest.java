package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.lake.state.LakeLease;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.rest.messages.job.savepoints.SavepointInfo;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.runtime.rest.util.RestMapperUtils;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code stop}, by what the cluster answers. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class JobStopTest {
  private static final Duration ONCE = Duration.ZERO;
  private static final Duration FOR_EVER = Duration.ofHours(1);

  @TempDir private Path folder;
  private FakeCluster cluster;
  private JobLake lake;
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void startCluster() throws Exception {
    cluster = new FakeCluster();
    lake = JobLake.in(folder);
    cluster.runs(lake.jobName());
  }

  @AfterEach
  void endCluster() {
    cluster.close();
  }

  @Test
  void aJobThatRunsAndOfWhichNoSavepointCanBeTakenIsCancelledByForceOnly() throws Exception {
    lake.leaseOf(cluster.job());
    cluster.savepoint(failed("No space left on device"));

    assertThat(stop(ONCE, false)).isEqualTo(1);
    assertThat(out.toString())
        .contains("Not stopped with a savepoint: the job is RUNNING: ", "No space left on device")
        .contains("The job goes on; ./candles stop --force cancels it");
    assertThat(cluster.asked()).noneMatch(request -> request.startsWith("PATCH"));

    cluster.cancels();
    assertThat(stop(ONCE, true)).isZero();
    assertThat(cluster.asked()).contains("PATCH /v1/jobs/" + cluster.job());
    assertThat(out.toString()).contains("Cancelled, without a savepoint");
  }

  @Test
  void whereTheAnswerWasLostTheSavepointOfAJobThatFinishedIsFoundAndTheLakeTidied()
      throws Exception {
    lake.leaseOf(cluster.job());
    Path savepoint = lake.savepoint("savepoint-abcdef-1a2b3c");
    Path unfinished = lake.unfinished();
    cluster.status("RUNNING", "FINISHED");

    assertThat(stop(FOR_EVER, false)).isZero();
    assertThat(out.toString()).contains("Savepoint: " + savepoint, "Collector stopped");
    assertThat(savepoint.resolve("_lake")).exists();
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void aSavepointInABucketIsNotSignedAndTheLakeIsTidied() throws Exception {
    lake = JobLake.in(folder, "checkpoint_dir: s3://bucket/candles\n");
    lake.leaseOf(cluster.job());
    Path unfinished = lake.unfinished();
    JobID job = JobID.fromHexString(cluster.job());
    String place = "s3://bucket/candles/savepoints/savepoint-abcdef-1a2b3c";

    assertThat(command(FOR_EVER).finished(job, Optional.of(place), true)).isZero();
    assertThat(out.toString()).contains("Savepoint: " + place, "Collector stopped");
    assertThat(unfinished).doesNotExist();

    assertThat(command(FOR_EVER).finished(job, Optional.empty(), true)).isEqualTo(1);
    assertThat(out.toString())
        .contains("the newest of job " + job + " in s3://bucket/candles/savepoints");
  }

  @Test
  void aJobThatAnotherCommandHasStoppedIsTidiedToo() throws Exception {
    lake.leaseOf(cluster.job());
    Path savepoint = lake.savepoint("savepoint-abcdef-1a2b3c");
    cluster.status("RESTARTING", "FINISHED");

    assertThat(stop(FOR_EVER, false)).isZero();
    assertThat(out.toString()).contains("Savepoint: " + savepoint);
    assertThat(cluster.asked()).noneMatch(request -> request.endsWith("/stop"));
  }

  /** A folder of the same name where the lake is not mounted. */
  @Test
  void aJobThatAnotherCommandHasStoppedIsNotTidiedWhereTheLakeIsNotSeen() throws Exception {
    lake = JobLake.in(folder, "checkpoint_dir: s3://bucket/candles\n");
    cluster.status("RESTARTING", "FINISHED");

    assertThat(stop(FOR_EVER, false)).isEqualTo(1);
    assertThat(out.toString())
        .contains("Stopped, but the lake is not seen here: it was not tidied")
        .doesNotContain("Accounted for");
    assertThat(lake.root()).doesNotExist();
  }

  /** It may have died, or gone on, or ended behind the savepoint. */
  @Test
  void nothingIsSaidOfAJobWhoseClusterIsGone() throws Exception {
    lake.leaseOf(cluster.job());
    cluster.savepoint(failed("nobody asks for it"));
    cluster.isGoneAfter("POST /v1/jobs/" + cluster.job() + "/stop");

    assertThat(stop(ONCE, false)).isEqualTo(1);
    assertThat(out.toString())
        .contains("Nobody can tell whether job " + cluster.job() + " goes on; ./candles cluster")
        .doesNotContain("The job goes on");
  }

  @Test
  void onlyWhatTheClusterSaysOfASavepointIsItsWord() {
    assertThat(Answers.isOfCluster(new SerializedThrowable(new IOException("disk")))).isTrue();
    assertThat(Answers.isOfCluster(new RestClientException("no", HttpResponseStatus.CONFLICT)))
        .isTrue();
    assertThat(Answers.isOfCluster(new RestClientException("no", HttpResponseStatus.BAD_GATEWAY)))
        .isFalse();
    assertThat(Answers.isOfCluster(new CompletionException(new ConnectException("refused"))))
        .isFalse();
  }

  @Test
  void aJobThatFailsMeanwhileIsNotWaitedFor() throws Exception {
    cluster.status("RESTARTING", "FAILED");

    assertThat(stop(FOR_EVER, false)).isEqualTo(1);
    assertThat(out.toString()).contains("Not stopped, it has ended by itself: the job is FAILED");
  }

  @Test
  void aClusterThatLostTheJobSaysSo() throws Exception {
    cluster.losesTheJob();

    assertThat(stop(FOR_EVER, false)).isEqualTo(1);
    assertThat(out.toString()).contains("does not know job " + cluster.job());
  }

  /** Another job has the lake already when the first one has finished. */
  @Test
  void whereAnotherJobWritesOnlyTheSavepointIsSigned() throws Exception {
    Path savepoint = lake.savepoint("savepoint-abcdef-1a2b3c");
    Path unfinished = lake.unfinished();
    try (LakeWriteAccess.Hold other =
        new LakeLease(lake.root(), System::nanoTime, System::currentTimeMillis)
            .take("ffff", false, lost -> {})) {
      JobID job = JobID.fromHexString(cluster.job());
      assertThat(command(FOR_EVER).finished(job, Optional.of("file:" + savepoint), true)).isZero();
    }
    assertThat(savepoint.resolve("_lake")).exists();
    assertThat(unfinished).exists();
    assertThat(lake.root().resolve("coverage")).doesNotExist();
    assertThat(out.toString())
        .contains("the lake cannot be tidied: another job writes into this lake", "writer=ffff");
  }

  @Test
  void aLakeThatIsNotTheJobsIsRefusedAndLeftAlone() throws Exception {
    assertThatThrownBy(() -> stop(FOR_EVER, false))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("nothing was stopped: ")
        .hasMessageContaining(" does not see the lake of this job");
    assertThat(lake.root()).doesNotExist();
    assertThat(cluster.asked()).noneMatch(request -> request.endsWith("/stop"));
  }

  @Test
  void byForceItIsStoppedAndTheLakeLeftAlone() throws Exception {
    cluster.savepoint("{\"location\":\"file:/elsewhere/savepoint-abcdef-1\"}");
    cluster.status("RUNNING", "RUNNING", "FINISHED");

    assertThat(stop(FOR_EVER, true)).isEqualTo(1);
    assertThat(out.toString()).contains("Savepoint: file:/elsewhere", "it was not tidied");
    assertThat(lake.root()).doesNotExist();
  }

  private static String failed(String why) throws Exception {
    return RestMapperUtils.getStrictObjectMapper()
        .writeValueAsString(new SavepointInfo(null, new SerializedThrowable(new IOException(why))));
  }

  private int stop(Duration runs, boolean force) throws Exception {
    Target target =
        Target.of(
            cluster.address(), Optional.empty(), new ClusterFolder(folder.resolve("none")), folder);
    return command(runs).run(target, force);
  }

  private JobStop command(Duration runs) {
    return new JobStop(lake.config(), new PrintWriter(out, true), lake.lease(), runs);
  }
}
