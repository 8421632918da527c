package dev.candles.cli.cluster;

import dev.candles.cli.embedded.Causes;
import dev.candles.text.OneLine;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.SerializedThrowable;

/** What comes from a cluster, fit for one line. */
final class Answers {
  /** From here on, no part of the cluster that knows the job has answered. */
  private static final int BAD_GATEWAY = 502;

  private Answers() {}

  /** What to do where the cluster does not say how a job is. */
  static String nobodyCanTell(JobID job) {
    return "Nobody can tell whether job "
        + job
        + " goes on; ./candles cluster status or the web UI lists it if it does";
  }

  /** The cause behind all causes, in one line. */
  static String why(Throwable error) {
    return Causes.words(error);
  }

  /**
   * Whether the cluster itself has said that a savepoint failed: it told why, or refused to take
   * one. A connection that was refused or closed, a gateway's word and no word at all say nothing
   * of what the cluster does.
   */
  static boolean isOfCluster(Throwable error) {
    return ExceptionUtils.findThrowable(error, SerializedThrowable.class).isPresent()
        || ExceptionUtils.findThrowable(error, RestClientException.class)
            .filter(said -> said.getHttpResponseStatus().code() < BAD_GATEWAY)
            .isPresent();
  }

  /** The cause behind all causes of a stack trace that came as a text. */
  static String rootOf(String stackTrace) {
    String line = stackTrace.lines().findFirst().orElse("");
    for (String each : stackTrace.lines().filter(l -> l.startsWith("Caused by: ")).toList()) {
      line = each.substring("Caused by: ".length());
    }
    return OneLine.of(line);
  }
}
