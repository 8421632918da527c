package dev.candles.cli;

/**
 * The daily QA's entry class on a Flink cluster, with the options of {@code ./candles qa}: {@code
 * flink run -c dev.candles.cli.QualityMain candles-cluster.jar --config FILE}. The work is done on
 * the cluster, the result told by the client. Returns or throws; never ends the JVM.
 */
public final class QualityMain {
  private QualityMain() {}

  /**
   * Runs it on the cluster that the caller's context names.
   *
   * @param args options of {@code ./candles qa}
   * @throws BatchEndedException if it ends with another exit code than 0
   */
  public static void main(String[] args) throws BatchEndedException {
    BatchEntry.run("qa", args);
  }
}
