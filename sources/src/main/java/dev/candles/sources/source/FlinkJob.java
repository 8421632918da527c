package dev.candles.sources.source;

import org.apache.flink.metrics.MetricGroup;

/** The Flink job that a part of the source belongs to. */
public final class FlinkJob {
  /** Flink's name of a variable that every metric group knows. */
  private static final String ID = "<job_id>";

  private FlinkJob() {}

  /** Its id: the same in all processes of the job, and after its manager was lost. */
  public static String id(MetricGroup group) {
    return group.getAllVariables().getOrDefault(ID, "unknown");
  }
}
