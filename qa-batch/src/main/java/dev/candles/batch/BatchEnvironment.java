package dev.candles.batch;

import java.nio.file.Path;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The environment of a bounded job. Inside {@code flink run} it is the cluster's; else a small
 * Flink is started in this JVM for the job and ends with it.
 */
public final class BatchEnvironment {
  private BatchEnvironment() {}

  /** One whose temporary files are those of this JVM. */
  public static StreamExecutionEnvironment create(int parallelism) {
    return create(parallelism, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * An environment in which nothing runs yet. Closing it waits until what it started has ended.
   *
   * @param parallelism tasks at a time, in this JVM; a cluster has its own
   * @param temporary folder for temporary files, in this JVM; a cluster has its own
   */
  public static StreamExecutionEnvironment create(int parallelism, Path temporary) {
    StreamExecutionEnvironment env =
        onCluster()
            ? StreamExecutionEnvironment.getExecutionEnvironment(ofJob())
            : new FlinkOfProcess(ofProcess(parallelism, temporary));
    env.setRuntimeMode(RuntimeExecutionMode.BATCH);
    return env;
  }

  /** Whether a client of a cluster set the context, so that jobs run there and not in this JVM. */
  public static boolean onCluster() {
    return !(StreamExecutionEnvironment.getExecutionEnvironment()
        instanceof LocalStreamEnvironment);
  }

  private static Configuration ofJob() {
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    flink.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
    return flink;
  }

  /** A target that the program sets wins over the client's: it is set for this JVM only. */
  private static Configuration ofProcess(int parallelism, Path temporary) {
    Configuration flink = ofJob();
    flink.set(CoreOptions.TMP_DIRS, temporary.toString());
    flink.set(WebOptions.TMP_DIR, temporary.toString());
    flink.set(DeploymentOptions.TARGET, "local");
    flink.set(DeploymentOptions.ATTACHED, true);
    flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    flink.set(RestOptions.BIND_PORT, "0");
    flink.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    flink.set(RestOptions.ADDRESS, "127.0.0.1");
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(8));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(8));
    flink.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, new MemorySize(16 << 10));
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(8));
    flink.set(ClusterOptions.CLUSTER_IO_EXECUTOR_POOL_SIZE, 4);
    return flink;
  }
}
