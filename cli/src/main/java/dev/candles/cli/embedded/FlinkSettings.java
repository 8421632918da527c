package dev.candles.cli.embedded;

import dev.candles.job.JobSettings;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.WebUiConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * Flink's settings for one JVM, beside those of the job itself. The sizes were measured: they hold
 * 45 streams in 300 MB.
 */
final class FlinkSettings {
  private static final String LOOPBACK = "127.0.0.1";

  private FlinkSettings() {}

  /**
   * @param restore the checkpoint or savepoint to start from
   * @param temporary a folder of this process's own
   */
  static Configuration of(CollectorConfig config, Optional<Path> restore, Path temporary) {
    Configuration flink = JobSettings.of(config);
    checkpoints(flink, config.checkpoints().interval());
    web(flink, config.webUi().port());
    memory(flink);
    temporary(flink, temporary);
    reporters(flink, config.webUi().prometheusPort() != WebUiConfig.NONE);
    restore.ifPresent(snapshot -> JobSettings.restore(flink, snapshot));
    flink.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    return flink;
  }

  /**
   * Flink begins to count at the first task that runs, at a start to a moment of chance between
   * pause and interval, after a failure for the pause. What comes due before all tasks run is one
   * that failed in the list that people look at, and the next one comes an interval later.
   */
  private static void checkpoints(Configuration flink, Duration interval) {
    flink.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, interval.dividedBy(2));
  }

  private static void web(Configuration flink, int port) {
    flink.set(RestOptions.ADDRESS, LOOPBACK);
    flink.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    flink.set(RestOptions.PORT, port);
    flink.set(RestOptions.BIND_PORT, String.valueOf(port));
    flink.set(WebOptions.SUBMIT_ENABLE, false);
    flink.set(WebOptions.CANCEL_ENABLE, false);
    String log = System.getProperty("candles.log");
    if (log != null) {
      flink.set(WebOptions.LOG_PATH, log + ".log");
      flink.set(TaskManagerOptions.TASK_MANAGER_LOG_PATH, log + ".log");
    }
  }

  private static void temporary(Configuration flink, Path folder) {
    flink.set(CoreOptions.TMP_DIRS, folder.toString());
    flink.set(WebOptions.TMP_DIR, folder.toString());
  }

  private static void reporters(Configuration flink, boolean prometheus) {
    flink.set(MetricOptions.REPORTERS_LIST, prometheus ? "live,prometheus" : "live");
    flink.setString("metrics.reporter.live.factory.class", LiveGaugesFactory.class.getName());
    flink.setString(
        "metrics.reporter.prometheus.factory.class", PrometheusTextFactory.class.getName());
  }

  private static void memory(Configuration flink) {
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(8));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(8));
    flink.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, new MemorySize(16 << 10));
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
    flink.set(ClusterOptions.CLUSTER_IO_EXECUTOR_POOL_SIZE, 4);
    flink.setString(
        "state.backend.rocksdb.checkpoint.transfer.thread.num", "1"); // of each operator
  }
}
