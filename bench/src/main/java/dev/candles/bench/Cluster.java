package dev.candles.bench;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs a job in this JVM as {@code ./candles run} does: its first checkpoint comes at once. */
final class Cluster {
  private static final int TRIES = 300;

  private Cluster() {}

  /** Starts a job that goes on until the process ends. */
  static void run(StreamExecutionEnvironment env, Configuration flink) throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build());
    cluster.start();
    JobID job = cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
    for (int i = 1; ; i++) {
      LockSupport.parkNanos(100_000_000);
      try {
        cluster.triggerCheckpoint(job).get();
        return;
      } catch (ExecutionException e) {
        if (i == TRIES) {
          throw e; // until then it does not run yet
        }
      }
    }
  }
}
