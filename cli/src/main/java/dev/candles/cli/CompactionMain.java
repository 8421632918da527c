package dev.candles.cli;

/**
 * The compaction's entry class on a Flink cluster, with the options of {@code ./candles compact}:
 * {@code flink run -c dev.candles.cli.CompactionMain candles-cluster.jar --all --config FILE}. The
 * work is done on the cluster, the result told by the client. Returns or throws; never ends the
 * JVM.
 */
public final class CompactionMain {
  private CompactionMain() {}

  /**
   * Runs it on the cluster that the caller's context names.
   *
   * @param args options of {@code ./candles compact}
   * @throws BatchEndedException if it ends with another exit code than 0
   */
  public static void main(String[] args) throws BatchEndedException {
    BatchEntry.run("compact", args);
  }
}
