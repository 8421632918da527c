#!/usr/bin/env bash
# Guess: whoever asks Flink why a job last failed, or whether it was ever restarted, is told the same by both of its
# schedulers for streaming: the execution graph has the failure, and GET /jobs/:id has the time at which the job was
# last RESTARTING.
#
# Seen with Flink 2.3.0: only the default one tells. With jobmanager.scheduler: adaptive each restart makes a new
# execution graph, and both are gone with the old one as soon as the job runs again: getFailureInfo() is null and
# "RESTARTING" is 0, as of a job that never failed. The history of exceptions, ExecutionGraphInfo and
# GET /jobs/:id/exceptions, has the failure with both schedulers, and numbers of attempts go on counting.
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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

public class Finding {
  static final AtomicInteger RUNS = new AtomicInteger();
  static final AtomicInteger SEEN = new AtomicInteger();

  public static void main(String[] args) throws Exception {
    List<String> seen = new ArrayList<>();
    for (SchedulerType scheduler : List.of(SchedulerType.Default, SchedulerType.Adaptive)) {
      seen.add(told(scheduler));
      System.out.println(seen.get(seen.size() - 1));
    }
    boolean same =
        seen.equals(
            List.of(
                "Default: failure info there, RESTARTING has a time, exceptions in the history 1",
                "Adaptive: failure info none, RESTARTING is 0, exceptions in the history 1"));
    System.out.println(same ? "as written down" : "this has changed");
    System.exit(same ? 0 : 1);
  }

  /** What is told of a job that failed once and runs again. */
  static String told(SchedulerType scheduler) throws Exception {
    RUNS.set(0);
    SEEN.set(0);
    Configuration flink = new Configuration();
    flink.set(JobManagerOptions.SCHEDULER, scheduler);
    flink.set(RestOptions.PORT, 0);
    flink.set(RestOptions.BIND_PORT, "0");
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink);
    env.setParallelism(1);
    env.fromSequence(0, Long.MAX_VALUE).map(Finding::failsOnce).sinkTo(new DiscardingSink<>());
    MiniClusterConfiguration one =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(flink)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(1)
            .build();
    try (MiniCluster cluster = new MiniCluster(one)) {
      cluster.start();
      JobID id = cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
      long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
      while (SEEN.get() < 20) { // of the second run
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("the job does not run again");
        }
        Thread.sleep(20);
      }
      boolean failure = cluster.getExecutionGraph(id).get().getFailureInfo() != null;
      int history = 0;
      for (Object entry : cluster.getExecutionGraphInfo(id).get().getExceptionHistory()) {
        history++;
      }
      String job;
      try (InputStream in =
          cluster.getRestAddress().get().resolve("/jobs/" + id).toURL().openStream()) {
        job = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      Matcher restarting = Pattern.compile("\"RESTARTING\":(\\d+)").matcher(job);
      String at = restarting.find() && restarting.group(1).equals("0") ? "is 0" : "has a time";
      cluster.cancelJob(id).get();
      return scheduler
          + ": failure info " + (failure ? "there" : "none")
          + ", RESTARTING " + at
          + ", exceptions in the history " + history;
    }
  }

  static Long failsOnce(Long number) throws InterruptedException {
    Thread.sleep(5);
    if (RUNS.compareAndSet(0, 1)) {
      throw new IllegalStateException("once");
    }
    SEEN.incrementAndGet();
    return number;
  }
}
J
mkdir "$work/classes"
javac -nowarn -cp "$(cat "$work/classpath")" -d "$work/classes" "$work/Finding.java"
java --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
  -cp "$work/classes:$(cat "$work/classpath")" Finding
