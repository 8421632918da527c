package dev.candles.cli.drill;

import dev.candles.cli.cluster.ClusterFolder;
import dev.candles.cli.cluster.ClusterPlan;
import dev.candles.cli.cluster.ClusterProcesses;
import dev.candles.cli.cluster.ClusterRevival;
import dev.candles.cli.cluster.ClusterStart;
import dev.candles.cli.cluster.FlinkHome;
import dev.candles.cli.cluster.JobObserver;
import dev.candles.cli.cluster.JobStop;
import dev.candles.cli.cluster.Member;
import dev.candles.cli.cluster.OsProcess;
import dev.candles.cli.cluster.Submission;
import dev.candles.cli.cluster.Target;
import dev.candles.cli.drill.DrillPlan.Kill;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.job.CollectorMain;
import dev.candles.job.config.CollectorConfig;
import dev.candles.text.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A cluster of separate JVMs with two TaskManagers, a standby JobManager and ZooKeeper if a
 * JobManager may be killed, and the collector on it. What a dead process leaves is started by the
 * same code as {@code ./candles cluster start --missing}.
 */
final class ClusterSubject implements Subject {
  private static final int TASK_MANAGERS = 2;
  private static final int PARALLELISM = 2;
  private static final Duration GONE_WITHIN = Duration.ofSeconds(10);
  private static final Map<String, String> ANY_PORTS =
      Map.of("rest.port", "0", "rest.bind-port", "0", "jobmanager.rpc.port", "0");
  private static final Map<String, String> ANY_PORT_OF_ZOOKEEPER =
      Map.of("high-availability.zookeeper.quorum", "127.0.0.1:0");

  private final CollectorConfig config;
  private final ClusterFolder folder;
  private final ClusterProcesses processes;
  private final boolean standby;
  private final PrintWriter log;
  private final List<OsProcess> frozen = new ArrayList<>();

  /**
   * @param config of the collector
   * @param log gets what the commands of the cluster say
   */
  ClusterSubject(Path config, Path folder, boolean standby, PrintWriter log) throws Exception {
    this.config = CollectorMain.configuration(config, warning -> {});
    this.folder = new ClusterFolder(folder);
    this.processes = new ClusterProcesses(this.folder);
    this.standby = standby;
    this.log = log;
  }

  @Override
  public void start() throws Exception {
    processes.killAtExit(log);
    FlinkHome home = FlinkHome.here();
    Map<String, String> settings = new TreeMap<>(ANY_PORTS);
    if (standby) {
      settings.putAll(ANY_PORT_OF_ZOOKEEPER);
    }
    ClusterPlan plan = ClusterPlan.of(home.conf(), settings, TASK_MANAGERS, standby);
    if (new ClusterStart(plan, folder, log).run(home) != 0) {
      throw new DrillFailedException("the cluster did not start");
    }
    if (new Submission(config, log).run(target(), Submission.NEWEST, PARALLELISM) != 0) {
      throw new DrillFailedException("the collector does not collect on the cluster");
    }
  }

  private Target target() throws Exception {
    return Target.of(null, Optional.empty(), folder, FlinkHome.here().conf());
  }

  @Override
  public String strike(Kill kill) throws Exception {
    List<Member> victims = victims(kill);
    for (Member victim : victims) {
      if (kill.freeze()) {
        frozen.add(victim.process());
        victim.process().freeze();
      } else {
        victim.process().kill();
      }
    }
    return kill.kind() == KillKind.MACHINE
        ? Counted.of(victims.size(), "process", "processes")
        : victims.stream().map(Member::role).collect(Collectors.joining(" "));
  }

  private List<Member> victims(Kill kill) throws Exception {
    return switch (kill.kind()) {
      case MACHINE -> processes.all();
      case JOBMANAGER ->
          List.of(
              processes
                  .leader()
                  .orElseThrow(() -> new DrillFailedException("no JobManager leads")));
      case TASKMANAGER -> {
        List<Member> busy = processes.busyTaskManagers();
        if (busy.isEmpty()) {
          throw new DrillFailedException("no TaskManager has a part of the job");
        }
        yield List.of(busy.get(kill.pick() % busy.size()));
      }
      case COLLECTOR, ANY -> throw new IllegalArgumentException("not of a cluster: " + kill);
    };
  }

  @Override
  public void wake() throws IOException, InterruptedException {
    for (OsProcess process : frozen) {
      process.wake();
    }
    frozen.clear();
  }

  @Override
  public void revive() throws Exception {
    if (new ClusterRevival(folder, log).run(FlinkHome.here()) != 0) {
      throw new DrillFailedException("what died of the cluster could not be started again");
    }
  }

  @Override
  public JobObserver observer() {
    return JobObserver.ofFolder(folder);
  }

  @Override
  public Optional<String> fault() {
    return Optional.empty(); // whoever is missing is started again
  }

  @Override
  public SortedMap<String, Long> memory() throws IOException, RefusedException {
    TreeMap<String, Long> memory = new TreeMap<>();
    for (Member member : processes.all()) {
      if (member.isJobManager() || member.isTaskManager()) {
        member.process().memory().ifPresent(bytes -> memory.put(member.role(), bytes));
      }
    }
    return memory;
  }

  @Override
  public boolean stop() throws Exception {
    return new JobStop(config, log).run(target(), false) == 0;
  }

  /** Waits too: what they hold in the lake's folder is deleted next. */
  @Override
  public void close() throws IOException, InterruptedException, RefusedException {
    processes.killAll();
    processes.ended(GONE_WITHIN);
  }
}
