package dev.candles.cli.cluster;

import dev.candles.job.CollectorMain;
import dev.candles.text.OneLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;

/** Jobs of a cluster, as it lists them. */
final class Jobs {
  private Jobs() {}

  /** Those that collect into this lake and have not ended. */
  static List<JobDetails> running(Collection<JobDetails> jobs, Path lake) {
    return jobs.stream()
        .filter(job -> CollectorMain.collectsInto(job.getJobName(), lake))
        .filter(job -> !job.getStatus().isGloballyTerminalState())
        .toList();
  }

  /** {@code job 1a2b… 'candles /data' is RUNNING for 2 h 5 min}. */
  static String line(JobDetails job) {
    return String.format(
        Locale.ROOT,
        "job %s '%s' is %s %s %s",
        job.getJobId(),
        OneLine.of(job.getJobName()),
        job.getStatus(),
        job.getStatus().isGloballyTerminalState() ? "after" : "for",
        age(Duration.ofMillis(Math.max(0, job.getDuration()))));
  }

  /** The two largest units. */
  static String age(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + " d " + age.toHoursPart() + " h";
    }
    if (age.toHours() > 0) {
      return age.toHours() + " h " + age.toMinutesPart() + " min";
    }
    return age.toMinutes() > 0
        ? age.toMinutes() + " min " + age.toSecondsPart() + " s"
        : age.toSeconds() + " s";
  }
}
