package dev.candles.cli.training;

import dev.candles.cli.classes.Family;
import dev.candles.cli.classes.Training;
import dev.candles.cli.cluster.ClusterFolder;
import dev.candles.cli.cluster.ClusterPlan;
import dev.candles.cli.cluster.ClusterProcesses;
import dev.candles.cli.cluster.ClusterStart;
import dev.candles.cli.cluster.FlinkHome;
import dev.candles.cli.cluster.JobStop;
import dev.candles.cli.cluster.Member;
import dev.candles.cli.cluster.Submission;
import dev.candles.cli.cluster.Target;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.job.CollectorMain;
import dev.candles.job.config.CollectorConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A JobManager and a TaskManager: the collector is submitted, collects for a while, is stopped. */
public final class ClusterTraining implements Training {
  private static final Duration COLLECTS = Duration.ofSeconds(10);
  private static final Duration ENDED_WITHIN = Duration.ofMinutes(10);
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);
  private static final Map<String, String> ANY_PORTS =
      Map.of("rest.port", "0", "rest.bind-port", "0", "jobmanager.rpc.port", "0");

  @Override
  public List<Family> families() {
    return List.of(Family.JOBMANAGER, Family.TASKMANAGER);
  }

  @Override
  public List<String> jvm(Family family) throws IOException {
    return List.of("-cp", FlinkHome.here().classPathText());
  }

  @Override
  public void run(Recording recording, Path work) throws Exception {
    Path log = work.resolve("cluster.out");
    try (PrintWriter out =
            new PrintWriter(Files.newBufferedWriter(log, StandardCharsets.UTF_8), true);
        TrainingVenues venues = TrainingVenues.open(work)) {
      ClusterFolder folder = folder(work);
      ClusterProcesses processes = new ClusterProcesses(folder);
      processes.killAtExit(out);
      try {
        collect(recording, venues, folder, out);
        for (Member member : processes.all()) {
          member.process().end();
        }
        // they write their archives when they end, longer than `cluster stop` waits
        processes.ended(ENDED_WITHIN);
      } finally {
        processes.killAll();
      }
    }
  }

  /**
   * Ends what a training has left running that was killed itself.
   *
   * @param work its folder
   * @throws RefusedException if a pid file does not tell which process of this machine it is
   */
  public static void endLeft(Path work) throws IOException, RefusedException, InterruptedException {
    ClusterProcesses processes = new ClusterProcesses(folder(work));
    processes.killAll();
    if (!processes.ended(KILLED_WITHIN)) {
      throw new IOException("processes of an earlier training do not end: " + work);
    }
  }

  private static ClusterFolder folder(Path work) throws RefusedException {
    return new ClusterFolder(work.resolve("cluster"));
  }

  private static void collect(
      Recording recording, TrainingVenues venues, ClusterFolder folder, PrintWriter out)
      throws Exception {
    FlinkHome home = FlinkHome.here();
    Map<String, String> settings = new TreeMap<>(ANY_PORTS);
    settings.put("env.java.opts.jobmanager", String.join(" ", recording.flags(Family.JOBMANAGER)));
    settings.put(
        "env.java.opts.taskmanager", String.join(" ", recording.flags(Family.TASKMANAGER)));
    ClusterPlan plan = ClusterPlan.of(home.conf(), settings, 1, false);
    if (new ClusterStart(plan, folder, out).run(home) != 0) {
      throw new IOException("the cluster of the training did not start");
    }
    CollectorConfig config = CollectorMain.configuration(venues.config(), warning -> {});
    Target target = Target.of(null, Optional.empty(), folder, home.conf());
    if (new Submission(config, out).run(target, Submission.NEWEST, 1) != 0) {
      throw new IOException("the collector of the training does not collect");
    }
    TimeUnit.MILLISECONDS.sleep(COLLECTS.toMillis());
    if (new JobStop(config, out).run(target, false) != 0) {
      throw new IOException("the collector of the training did not stop");
    }
  }
}
