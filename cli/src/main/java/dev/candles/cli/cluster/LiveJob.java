package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.watch.DiskStanding;
import dev.candles.job.CollectorMain;
import dev.candles.sources.metrics.CollectorMetric;
import dev.candles.text.OneLine;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics.CompletedCheckpointStatistics;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedMetric;
import org.apache.flink.shaded.netty4.io.netty.channel.ConnectTimeoutException;
import org.apache.flink.util.ExceptionUtils;

/**
 * The collector of a lake that runs now, be it a JVM of its own or a job on a cluster, as Flink's
 * REST shows it.
 *
 * @param id Flink's id of the job
 * @param state Flink's word for how it is
 * @param sinceMs since when it is there, real time, epoch ms
 * @param at address of Flink's web UI
 * @param values what it measures, of venues; empty as long as nothing was gathered
 * @param disk what it says of the lake's disk, and acts by
 */
public record LiveJob(
    String id,
    String state,
    long sinceMs,
    String at,
    Checkpoints checkpoints,
    List<Value> values,
    DiskStanding disk) {
  private static final Duration ANSWER = Duration.ofSeconds(15);

  /** Flink gathers metrics only when it is asked, and answers meanwhile with what it had. */
  private static final Duration GATHERED = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(250);

  /** Flink takes no longer line than 4,096 characters. */
  private static final int NAMES_AT_ONCE = 40;

  /**
   * A metric of a venue in one operator, over its subtasks.
   *
   * @param of by what else it is told apart, a reason for example; empty if by nothing
   * @param name {@link CollectorMetric#label}
   */
  public record Value(String venue, String of, String name, double min, double max, double sum) {
    /** One that only its venue tells apart. */
    public Value(String venue, String name, double max, double sum) {
      this(venue, "", name, max, sum);
    }

    /** One of one subtask. */
    public Value(String venue, String of, String name, double max, double sum) {
      this(venue, of, name, max, max, sum);
    }
  }

  /**
   * Its checkpoints, wherever they are kept.
   *
   * @param triggeredMs when the newest complete one was begun, real time, epoch ms; 0 if this job
   *     has completed none
   * @param completedMs when the newest was complete, real time, epoch ms; 0 if none was
   * @param intervalMs how often there is to be one; 0 if nobody can tell
   */
  public record Checkpoints(long triggeredMs, long completedMs, long intervalMs) {
    public static final Checkpoints UNKNOWN = new Checkpoints(0, 0, 0);
  }

  /** The largest value of a metric in any operator; empty if it is not there. */
  public Optional<Double> max(CollectorMetric metric, String venue) {
    return of(metric, venue).map(Value::max).reduce(Math::max);
  }

  /** The smallest value of a metric in any subtask; empty if it is not there. */
  public Optional<Double> min(CollectorMetric metric, String venue) {
    return of(metric, venue).map(Value::min).reduce(Math::min);
  }

  /** The same of one value of what else it is told apart by, a reason for example. */
  public Optional<Double> max(CollectorMetric metric, String venue, String of) {
    return of(metric, venue).filter(value -> value.of.equals(of)).map(Value::max).reduce(Math::max);
  }

  /** The sum of a metric over all operators; empty if it is not there. */
  public Optional<Double> sum(CollectorMetric metric, String venue) {
    return of(metric, venue).map(Value::sum).reduce(Double::sum);
  }

  /** The sums of a metric over all operators by what else it is told apart, without zeros. */
  public SortedMap<String, Long> sums(CollectorMetric metric, String venue) {
    SortedMap<String, Long> sums = new TreeMap<>();
    of(metric, venue)
        .filter(value -> Math.round(value.sum) != 0)
        .forEach(value -> sums.merge(value.of, Math.round(value.sum), Long::sum));
    return sums;
  }

  private Stream<Value> of(CollectorMetric metric, String venue) {
    return values.stream()
        .filter(value -> value.venue.equals(venue) && value.name.equals(metric.label()));
  }

  /** Where the collector of one JVM would be: the port of its web UI on this machine. */
  public static Target embedded(int port) {
    return Target.of(new Configuration(), List.of(new Address(Ports.LOOPBACK, port)));
  }

  /** Whether it is the collector of one JVM whose web UI has this port. */
  public boolean isEmbedded(int port) {
    return at.equals(new Address(Ports.LOOPBACK, port).toString());
  }

  /**
   * What came of looking for it.
   *
   * @param unanswered why nobody can tell of some places: somebody is there and does not answer
   */
  public record Found(Optional<LiveJob> job, List<String> unanswered) {
    /** The same, with more places of which nobody can tell, if it was not found. */
    public Found with(List<String> more) {
      return job.isPresent()
          ? this
          : new Found(job, Stream.concat(unanswered.stream(), more.stream()).toList());
    }
  }

  /**
   * Looks for the collector of a lake; the first of these places that has it is it.
   *
   * @param lake the lake's root
   */
  public static Found find(List<Target> places, Path lake) throws InterruptedException {
    List<String> unanswered = new ArrayList<>();
    for (Target place : places) {
      try (FlinkRest rest = place.connect(ANSWER)) {
        for (JobDetails job : rest.jobs()) {
          if (!job.getStatus().isGloballyTerminalState()
              && CollectorMain.collectsInto(job.getJobName(), lake)) {
            return new Found(Optional.of(seen(rest, job)), List.of());
          }
        }
      } catch (RefusedException | UnreachableException e) {
        if (!isAbsent(e)) {
          unanswered.add(OneLine.of(String.valueOf(e.getMessage())));
        } // else nobody listens there, which is an answer too
      }
    }
    return new Found(Optional.empty(), List.copyOf(unanswered));
  }

  /** Whether every address refused the connection; one that is silent may have somebody. */
  private static boolean isAbsent(Exception fault) {
    return Stream.concat(Stream.of(fault), Arrays.stream(fault.getSuppressed()))
        .allMatch(
            each ->
                ExceptionUtils.findThrowable(each, ConnectException.class)
                    .filter(refused -> !(refused instanceof ConnectTimeoutException))
                    .isPresent());
  }

  private static LiveJob seen(FlinkRest rest, JobDetails job)
      throws UnreachableException, InterruptedException {
    JobID id = job.getJobId();
    Measured measured = new Measured();
    if (job.getStatus() == JobStatus.RUNNING) {
      long deadline = System.nanoTime() + GATHERED.toNanos();
      measured = measured(rest, id);
      Measured first = measured;
      while (!measured.isOfNow(System.currentTimeMillis(), first) && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        measured = measured(rest, id);
      }
    }
    return new LiveJob(
        id.toHexString(),
        job.getStatus().name(),
        job.getStartTime(),
        rest.address().toString(),
        checkpoints(rest, id),
        measured.values(),
        measured.disk());
  }

  private static Checkpoints checkpoints(FlinkRest rest, JobID job)
      throws UnreachableException, InterruptedException {
    try {
      CompletedCheckpointStatistics completed =
          rest.checkpointing(job).getLatestCheckpoints().getCompletedCheckpointStatistics();
      return new Checkpoints(
          completed == null ? 0 : completed.getTriggerTimestamp(),
          completed == null ? 0 : completed.getLatestAckTimestamp(),
          rest.checkpointIntervalMs(job));
    } catch (UnknownJobException e) {
      return Checkpoints.UNKNOWN; // a job that is being made has none yet
    }
  }

  private static Measured measured(FlinkRest rest, JobID job)
      throws UnreachableException, InterruptedException {
    Measured measured = new Measured();
    for (JobDetailsInfo.JobVertexDetailsInfo task : rest.details(job).getJobVertexInfos()) {
      List<String> names =
          rest.metrics(job, task.getJobVertexID(), List.of()).stream()
              .map(AggregatedMetric::getId)
              .filter(Measured::isWanted)
              .toList();
      for (int from = 0; from < names.size(); from += NAMES_AT_ONCE) {
        List<String> some = names.subList(from, Math.min(names.size(), from + NAMES_AT_ONCE));
        measured.add(rest.metrics(job, task.getJobVertexID(), some));
      }
    }
    return measured;
  }
}
