package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a cluster shall be.
 *
 * @param conf the folder of Flink's configuration
 * @param settings more of Flink's settings, which win
 * @param taskManagers how many
 * @param standby whether a second JobManager waits, with ZooKeeper to tell who leads
 */
public record ClusterPlan(
    Path conf, Map<String, String> settings, int taskManagers, boolean standby) {
  private static final int MOST = 64;

  /**
   * A plan.
   *
   * @throws RefusedException if there is no such cluster
   */
  public static ClusterPlan of(
      Path conf, Map<String, String> settings, int taskManagers, boolean standby)
      throws RefusedException {
    if (taskManagers < 1 || taskManagers > MOST) {
      throw new RefusedException(
          "--taskmanagers: found '" + taskManagers + "', expected 1 to " + MOST);
    }
    return new ClusterPlan(conf, Map.copyOf(settings), taskManagers, standby);
  }
}
