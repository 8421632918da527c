#!/usr/bin/env bash
# Guess: a job whose restart strategy never gives up waits for TaskManagers that are away, however long, with either
# scheduler; and where Flink's documentation says that a negative duration disables a timeout, a configuration can say
# -1.
#
# Seen with Flink 2.3.0: with jobmanager.scheduler: adaptive the job is FAILED for good once it has found no slots for
# jobmanager.adaptive-scheduler.submission.resource-wait-timeout (5 minutes by default), although the option's name
# speaks of submission and the job ran before. The restart strategy is not asked, and a TaskManager that comes back
# finds no job. With the default scheduler the like timeout (slot.request.timeout) is one more failure, which the
# restart strategy takes, and the job runs again. The timeout cannot be disabled by a file: -1, -1 ms and PT-1S are
# refused as values, only a program can set Duration.ofMillis(-1).
#
# Exits 0 while it is so, 1 when it has changed, 77 where a JDK, Maven or the packages cannot be had.
set -euo pipefail

command -v javac >/dev/null && command -v mvn >/dev/null || { echo 'skipped: no javac or no mvn'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<'P'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-streaming-java</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-clients</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
P
mvn -q -B -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath \
  -Dmdep.outputFile="$work/classpath" || { echo 'skipped: packages cannot be had'; exit 77; }

cat >"$work/Finding.java" <<'J'
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

public class Finding {
  static final String WAIT = "jobmanager.adaptive-scheduler.submission.resource-wait-timeout";
  static final AtomicLong SEEN = new AtomicLong();

  public static void main(String[] args) throws Exception {
    List<String> seen = new ArrayList<>();
    for (String never : List.of("-1", "-1 ms", "PT-1S")) {
      seen.add(never + " is " + (parses(never) ? "taken" : "refused"));
    }
    for (SchedulerType scheduler : List.of(SchedulerType.Default, SchedulerType.Adaptive)) {
      seen.add(withoutTaskManager(scheduler));
    }
    seen.forEach(System.out::println);
    boolean same =
        seen.equals(
            List.of(
                "-1 is refused",
                "-1 ms is refused",
                "PT-1S is refused",
                "Default: the job runs again on the TaskManager that came back",
                "Adaptive: the job is FAILED"));
    System.out.println(same ? "as written down" : "this has changed");
    System.exit(same ? 0 : 1);
  }

  static boolean parses(String duration) {
    try {
      Configuration.fromMap(Map.of(WAIT, duration))
          .get(JobManagerOptions.SCHEDULER_SUBMISSION_RESOURCE_WAIT_TIMEOUT);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  /** What becomes of a job whose only TaskManager is away for longer than either timeout. */
  static String withoutTaskManager(SchedulerType scheduler) throws Exception {
    Configuration flink =
        Configuration.fromMap(
            Map.of(
                WAIT, "4 s",
                "slot.request.timeout", "4 s",
                "rest.port", "0",
                "rest.bind-port", "0",
                "restart-strategy.type", "fixed-delay",
                "restart-strategy.fixed-delay.attempts", "2147483647",
                "restart-strategy.fixed-delay.delay", "200 ms"));
    flink.set(JobManagerOptions.SCHEDULER, scheduler);
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink);
    env.setParallelism(1);
    env.fromSequence(0, Long.MAX_VALUE).map(Finding::slow).sinkTo(new DiscardingSink<>());
    MiniClusterConfiguration one =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(flink)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(1)
            .build();
    SEEN.set(0);
    try (MiniCluster cluster = new MiniCluster(one)) {
      cluster.start();
      JobID id = cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
      await(() -> SEEN.get() > 20);
      cluster.terminateTaskManager(0).get();
      await(() -> cluster.getJobStatus(id).get() == JobStatus.RESTARTING
          || cluster.getJobStatus(id).get() != JobStatus.RUNNING);
      Thread.sleep(20_000); // away for five times the timeout
      long before = SEEN.get();
      if (cluster.getJobStatus(id).get() == JobStatus.FAILED) {
        return scheduler + ": the job is FAILED";
      }
      cluster.startTaskManager();
      await(() -> SEEN.get() > before + 20);
      return scheduler + ": the job runs again on the TaskManager that came back";
    }
  }

  interface Condition {
    boolean met() throws Exception;
  }

  static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (!condition.met()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not within five minutes");
      }
      Thread.sleep(50);
    }
  }

  static Long slow(Long number) throws InterruptedException {
    Thread.sleep(5);
    SEEN.incrementAndGet();
    return number;
  }
}
J
mkdir "$work/classes"
javac -nowarn -cp "$(cat "$work/classpath")" -d "$work/classes" "$work/Finding.java"
java --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
  -cp "$work/classes:$(cat "$work/classpath")" Finding
