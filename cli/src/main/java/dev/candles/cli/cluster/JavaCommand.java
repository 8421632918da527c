package dev.candles.cli.cluster;

import dev.candles.cli.classes.ClassArchives;
import dev.candles.cli.classes.Family;
import dev.candles.cli.embedded.Detached;
import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** The command line of each process of a cluster; the sizes come from Flink's configuration. */
final class JavaCommand {
  /** Before the folder of temporary files, by which a process is known. */
  static final String TEMPORARY = "-Djava.io.tmpdir=";

  /** For a server that is alone too: the other main class heeds no autopurge. */
  private static final String ZOOKEEPER_MAIN =
      "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.quorum.QuorumPeerMain";

  private static final Pattern OWN_ARCHIVE =
      Pattern.compile("-XX:(SharedArchiveFile|ArchiveClassesAtExit|AOT\\w+)=.*");

  private final ClusterSettings settings;
  private final ClusterFolder folder;
  private final String classPath;

  /** A TaskManager of a start is no other start's, though it has the same role. */
  private final String start = UUID.randomUUID().toString().substring(0, 8);

  JavaCommand(ClusterSettings settings, ClusterFolder folder, List<Path> jars) {
    this.settings = settings;
    this.folder = folder;
    this.classPath = FlinkHome.text(jars);
  }

  /**
   * A process to start.
   *
   * @param restPort where a JobManager answers; 0 for others
   */
  record Planned(String role, int restPort, List<String> command) {}

  /**
   * All processes of a cluster, in the order of their start.
   *
   * @throws RefusedException if a setting or sizes of the configuration cannot be used
   */
  List<Planned> all(ClusterPlan plan) throws RefusedException {
    List<Planned> all = new ArrayList<>();
    try {
      if (settings.hasZookeeper()) {
        all.add(new Planned(Member.ZOOKEEPER, 0, zookeeper(Member.ZOOKEEPER)));
      }
      int number = 0;
      for (int port : settings.restPorts()) {
        String role = Member.JOB_MANAGER + ++number;
        all.add(new Planned(role, port, jobManager(role, port)));
      }
      for (String role : taskManagers(plan)) {
        all.add(new Planned(role, 0, taskManager(role)));
      }
      return all;
    } catch (IllegalConfigurationException | IllegalArgumentException e) {
      throw FlinkConf.refused(plan.conf(), e);
    }
  }

  /**
   * Members that were started before, as they were, in the order of their start.
   *
   * @throws RefusedException if a setting or sizes of the configuration cannot be used
   */
  List<Planned> again(List<Member> members) throws RefusedException {
    List<Planned> planned = new ArrayList<>();
    try {
      for (Member member : members) {
        if (member.role().equals(Member.ZOOKEEPER)) {
          planned.add(0, new Planned(member.role(), 0, zookeeper(member.role())));
        } else if (member.isJobManager()) {
          List<String> command = jobManager(member.role(), member.restPort());
          planned.add(new Planned(member.role(), member.restPort(), command));
        } else {
          planned.add(new Planned(member.role(), 0, taskManager(member.role())));
        }
      }
      return planned;
    } catch (IllegalConfigurationException | IllegalArgumentException e) {
      throw FlinkConf.refused(folder.conf(), e);
    }
  }

  /** By which names the JobManager knows those of them that are TaskManagers. */
  Set<String> resourceIds(List<Planned> planned) {
    return planned.stream()
        .map(Planned::role)
        .filter(role -> role.startsWith(Member.TASK_MANAGER))
        .map(this::resourceId)
        .collect(Collectors.toSet());
  }

  private static List<String> taskManagers(ClusterPlan plan) {
    return IntStream.rangeClosed(1, plan.taskManagers())
        .mapToObj(number -> Member.TASK_MANAGER + number)
        .toList();
  }

  private String resourceId(String role) {
    return role + "-" + start;
  }

  List<String> jobManager(String role, int restPort) {
    JobManagerProcessSpec spec = JobManagerProcessUtils.processSpecFromConfig(settings.flink());
    List<String> command = java(role);
    command.addAll(words(JobManagerProcessUtils.generateJvmParametersStr(spec, settings.flink())));
    command.addAll(options(CoreOptions.FLINK_DEFAULT_JM_JVM_OPTIONS.key()));
    command.addAll(options(CoreOptions.FLINK_JM_JVM_OPTIONS.key()));
    command.addAll(archive(Family.JOBMANAGER, command));
    command.addAll(main(StandaloneSessionClusterEntrypoint.class.getName()));
    command.addAll(temporary(role));
    command.addAll(setting("rest.port", restPort));
    command.addAll(setting("rest.bind-port", restPort));
    command.addAll(setting(WebOptions.LOG_PATH.key(), folder.log(role)));
    command.addAll(words(JobManagerProcessUtils.generateDynamicConfigsStr(spec)));
    return command;
  }

  List<String> taskManager(String role) {
    TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(settings.flink());
    List<String> command = java(role);
    command.addAll(words(ProcessMemoryUtils.generateJvmParametersStr(spec)));
    command.addAll(options(CoreOptions.FLINK_DEFAULT_TM_JVM_OPTIONS.key()));
    command.addAll(options(CoreOptions.FLINK_TM_JVM_OPTIONS.key()));
    command.addAll(archive(Family.TASKMANAGER, command));
    command.addAll(main(TaskManagerRunner.class.getName()));
    command.addAll(temporary(role));
    command.addAll(setting("taskmanager.resource-id", resourceId(role)));
    command.addAll(setting(TaskManagerOptions.TASK_MANAGER_LOG_PATH.key(), folder.log(role)));
    command.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(spec)));
    return command;
  }

  List<String> zookeeper(String role) {
    List<String> command = java(role);
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dzookeeper.preAllocSize=1024"); // KB at a time for its log, not 64 MB
    command.addAll(List.of("-cp", classPath, ZOOKEEPER_MAIN));
    command.add(relative(settings.zookeeperConfiguration()));
    return command;
  }

  /**
   * Names within the cluster's folder are relative: what is odd in its own is nobody's trouble.
   * Where the log is, is not told by {@code log.file}, the property that the web UI looks at first:
   * there RocksDB would keep a log for each operator and each start, for ever.
   */
  private List<String> java(String role) {
    List<String> command = new ArrayList<>(Detached.words());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dcandles.log.file=" + relative(folder.log(role)));
    command.add("-Dlog4j2.configurationFile=" + relative(settings.logConfiguration()));
    command.add(TEMPORARY + folder.temporary(role));
    command.add("-Duser.timezone=UTC");
    command.addAll(options(CoreOptions.FLINK_DEFAULT_JVM_OPTIONS.key()));
    command.addAll(options(CoreOptions.FLINK_JVM_OPTIONS.key()));
    return command;
  }

  private static List<String> archive(Family family, List<String> command) {
    return namesAnArchive(command) ? List.of() : ClassArchives.flagsOf(family);
  }

  /** A JVM has one archive: its own, or the one that it writes, is what Flink's options say. */
  static boolean namesAnArchive(List<String> command) {
    return command.stream().anyMatch(word -> OWN_ARCHIVE.matcher(word).matches());
  }

  /** What the JVM forbids is said here too: the folder's configuration may be of an older one. */
  private List<String> main(String name) {
    List<String> main =
        new ArrayList<>(List.of("-cp", classPath, name, "--configDir", relative(folder.conf())));
    ConfigOption<?> exit = ClusterOptions.INTERCEPT_USER_SYSTEM_EXIT;
    settings.flink().getOptional(exit).ifPresent(mode -> main.addAll(setting(exit.key(), mode)));
    return main;
  }

  private String relative(Path file) {
    return folder.root().relativize(file).toString();
  }

  private List<String> options(String key) {
    Configuration flink = settings.flink();
    return words(flink.getString(key, ""));
  }

  /** Each has its own, so that the next of its role can delete what a killed one has left. */
  private List<String> temporary(String role) {
    boolean ours = settings.flink().get(CoreOptions.TMP_DIRS).equals(folder.temporary().toString());
    return ours ? setting(CoreOptions.TMP_DIRS.key(), folder.temporary(role)) : List.of();
  }

  private static List<String> setting(String key, Object value) {
    return List.of("-D", key + "=" + value);
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  /** Starts it, in the cluster's folder. */
  Process start(String role, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.root().toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Detached.NOTHING))
        .redirectErrorStream(true)
        .redirectOutput(folder.out(role).toFile())
        .start();
  }
}
