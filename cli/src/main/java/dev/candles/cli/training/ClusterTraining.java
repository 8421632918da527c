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
  private static final long LOOK_MS = 200;
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
        Venues venues = Venues.open(work)) {
      ClusterFolder folder = new ClusterFolder(work.resolve("cluster"));
      ClusterProcesses processes = new ClusterProcesses(folder);
      try {
        collect(recording, venues, folder, out);
        for (Member member : processes.all()) {
          member.process().end();
        }
        await(processes);
      } finally {
        for (Member member : processes.all()) {
          member.process().kill();
        }
      }
    }
  }

  private static void collect(
      Recording recording, Venues venues, ClusterFolder folder, PrintWriter out) throws Exception {
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

  /**
   * They write their archives when they end, which takes longer than {@code cluster stop} waits.
   */
  private static void await(ClusterProcesses processes) throws Exception {
    long deadline = System.nanoTime() + ENDED_WITHIN.toNanos();
    while (processes.all().stream().anyMatch(Member::isAlive) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
  }
}
