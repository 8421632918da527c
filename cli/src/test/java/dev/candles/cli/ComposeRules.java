package dev.candles.cli;

import dev.candles.cli.ComposeFile.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import picocli.CommandLine.ParameterException;

/** What docker-compose.yml must keep; each rule says what breaks it. */
final class ComposeRules {
  /** Our own image is built here, the others come from their makers. */
  private static final String OURS = "candles:";

  private static final String REPEAT = "/opt/candles/repeat";

  private static final String PINNED = "[a-z]+(/[a-z]+)?:v?\\d+\\.\\d+\\.\\d+";

  /** Of docker-compose 1.29 and of its successor alike. */
  private static final Set<String> KEYS =
      Set.of(
          "build",
          "cap_drop",
          "command",
          "cpus",
          "depends_on",
          "entrypoint",
          "environment",
          "healthcheck",
          "image",
          "logging",
          "mem_limit",
          "ports",
          "profiles",
          "restart",
          "security_opt",
          "stop_grace_period",
          "user",
          "volumes");

  private final Path root;
  private final ComposeFile file;
  private final Configuration flink;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> notes = new HashSet<>();

  private ComposeRules(Path root, String text) {
    this.root = root;
    this.file = new ComposeFile(text);
    this.flink =
        GlobalConfiguration.loadConfiguration(
            root.resolve("flink-conf").toString(), new Configuration());
  }

  /** What is wrong with a file of the repository at {@code root}. */
  static List<String> problems(Path root, String text) {
    ComposeRules rules = new ComposeRules(root, text);
    rules.require(rules.file.version().equals("3.8"), "version");
    rules.file.services().forEach(rules::service);
    rules.volumes();
    rules.flink();
    return rules.problems;
  }

  private void require(boolean kept, String rule) {
    if (!kept) {
      problems.add(rule);
    }
  }

  private void service(Service service) {
    String name = service.name();
    service.settings().keySet().stream()
        .filter(key -> !KEYS.contains(key))
        .forEach(key -> problems.add(name + ": unknown to docker-compose 1.29: " + key));
    require(service.text("image").matches(PINNED), name + ": image is not pinned");
    require(service.text("restart").equals("unless-stopped"), name + ": is not restarted");
    require(service.text("mem_limit").matches("\\d+m"), name + ": memory has no limit");
    require(service.settings().get("cpus") instanceof Number, name + ": cpus have no limit");
    require(
        ComposeFile.map(service.section("logging").get("options")).containsKey("max-size"),
        name + ": log has no limit");
    require(service.text("user").matches("[1-9]\\d*:[1-9]\\d*"), name + ": runs as root");
    require(service.words("cap_drop").equals(List.of("ALL")), name + ": keeps rights of root");
    require(
        service.words("security_opt").contains("no-new-privileges:true"),
        name + ": may gain rights");
    require(isHealthTold(service.section("healthcheck")), name + ": says nothing of its health");
    for (String port : service.words("ports")) {
      require(port.startsWith("127.0.0.1:"), name + ": published beyond loopback: " + port);
    }
    for (String other : service.section("depends_on").keySet()) {
      Service needed = file.service(other);
      boolean always = !needed.settings().isEmpty() && needed.words("profiles").isEmpty();
      require(always, name + ": depends on what is not always there: " + other);
    }
    if (service.text("image").startsWith(OURS)) {
      ours(service);
    }
  }

  private static boolean isHealthTold(Map<String, Object> health) {
    return ComposeFile.words(health.get("test")).size() > 1
        && health.keySet().containsAll(Set.of("interval", "timeout", "retries"));
  }

  private void ours(Service service) {
    String name = service.name();
    require(service.text("user").equals("9999:9999"), name + ": is not the user of the image");
    require(service.words("volumes").contains("lake:/lake"), name + ": does not see the lake");
    List<String> words = new ArrayList<>(service.program());
    words.addAll(ComposeFile.words(service.section("healthcheck").get("test")));
    for (String word : words) {
      if (word.startsWith("/opt/candles/")) {
        Path script = root.resolve("deploy/compose").resolve(word.substring(13));
        require(Files.isExecutable(script), name + ": no such script: " + word);
      }
    }
    repeated(service);
    int command = service.program().indexOf("candles");
    if (command >= 0) {
      List<String> line = service.program().subList(command + 1, service.program().size());
      require(isUnderstood(line), name + ": no such command: " + line);
      require(tells(line), name + ": tells nobody what it finds");
    }
  }

  /** How a run ended must outlive its container, and be told by its own service alone. */
  private void repeated(Service service) {
    int at = service.program().indexOf(REPEAT);
    if (at < 0) {
      return;
    }
    String name = service.name();
    String note = service.program().get(at + 1);
    require(note.startsWith("/lake/"), name + ": forgets how its last run ended");
    require(notes.add(note), name + ": notes how it ended where another does");
    require(
        ComposeFile.words(service.section("healthcheck").get("test"))
            .equals(List.of("CMD", REPEAT, "--check", note)),
        name + ": its health is not how its last run ended");
  }

  /** Whether the program takes a command line; it is not run. */
  static boolean isUnderstood(List<String> line) {
    try {
      return Candles.commandLine().parseArgs(line.toArray(new String[0])).hasSubcommand();
    } catch (ParameterException e) {
      return false;
    }
  }

  /** Whether people hear of what the daily checks find. */
  static boolean tells(List<String> line) {
    return !line.contains("qa") || line.contains("--alert");
  }

  private void volumes() {
    Set<String> used = new HashSet<>();
    for (Service service : file.services()) {
      for (String[] mount : service.mounts()) {
        boolean ofTheRepository = mount[0].startsWith("./");
        if (ofTheRepository) {
          String what = service.name() + ": " + mount[0];
          require(Files.isRegularFile(root.resolve(mount[0])), what + " is not in the repository");
          require(mount[mount.length - 1].equals("ro"), what + " may be written");
        } else {
          require(file.volumes().contains(mount[0]), service.name() + ": no volume " + mount[0]);
          used.add(mount[0]);
        }
      }
    }
    require(used.containsAll(file.volumes()), "a volume that nobody uses");
  }

  private void flink() {
    Service jobManager = file.service("jobmanager");
    entryClass(jobManager.program());
    ownJob(jobManager.program());
    process(jobManager, flink.get(JobManagerOptions.TOTAL_PROCESS_MEMORY));
    List<Service> taskManagers =
        file.services().stream().filter(s -> s.program().contains("taskmanager")).toList();
    require(taskManagers.size() >= 2, "one TaskManager is none when it is lost");
    for (Service taskManager : taskManagers) {
      process(taskManager, flink.get(TaskManagerOptions.TOTAL_PROCESS_MEMORY));
    }
  }

  private void entryClass(List<String> program) {
    int at = program.indexOf("--job-classname");
    String name = at < 0 ? "" : program.get(at + 1);
    try {
      Class.forName(name).getMethod("main", String[].class);
    } catch (ReflectiveOperationException e) {
      problems.add("jobmanager: no such entry class: '" + name + "'");
    }
    int options = program.indexOf("--");
    require(
        options > at && options < program.indexOf("--config"),
        "jobmanager: --config would be taken for --configDir");
  }

  /** The lake's lease is a job id's; of the cluster id alone Flink makes one id for every stack. */
  private void ownJob(List<String> program) {
    int script = program.indexOf("/opt/candles/own-job");
    require(
        script == 0 && program.get(1).equals("/ha") && !program.contains("--job-id"),
        "jobmanager: two stacks, one job");
    require(
        program.indexOf("--config") == program.size() - 2,
        "jobmanager: its configuration is not the last word, which is copied");
  }

  /** A process of Flink: it must be reached, and fit into its container. */
  private void process(Service service, MemorySize memory) {
    String name = service.name();
    Map<String, String> settings = settings(service);
    for (ConfigOption<?> option :
        List.of(
            HighAvailabilityOptions.HA_MODE,
            HighAvailabilityOptions.HA_STORAGE_PATH,
            HighAvailabilityOptions.HA_CLUSTER_ID,
            HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM,
            HighAvailabilityOptions.HA_JOB_MANAGER_PORT_RANGE,
            RestOptions.BIND_PORT)) {
      require(settings.containsKey(option.key()), name + ": not set: " + option.key());
    }
    flink
        .toMap()
        .forEach(
            (key, value) -> {
              boolean loopback = settings.getOrDefault(key, value).contains("127.0.0.1");
              boolean ofOthers = key.equals(TaskManagerOptions.HOST.key()) && isJobManager(service);
              require(!loopback || ofOthers, name + ": others do not reach it: " + key);
            });
    String told = service.text("mem_limit");
    long limit = told.isEmpty() ? 0 : MemorySize.parse(told).getMebiBytes();
    require(
        limit * 100 >= memory.getMebiBytes() * 115, name + ": no room beside Flink's " + memory);
    require(
        service.words("volumes").contains("ha:/ha"), name + ": does not see the jar of the job");
  }

  private static boolean isJobManager(Service service) {
    return service.program().contains("standalone-job");
  }

  /** What the image's entrypoint, and then the command, put over flink-conf. */
  private static Map<String, String> settings(Service service) {
    Map<String, Object> environment = service.section("environment");
    Map<String, String> settings = new HashMap<>();
    settings.put(
        JobManagerOptions.ADDRESS.key(),
        String.valueOf(environment.getOrDefault("JOB_MANAGER_RPC_ADDRESS", "127.0.0.1")));
    String.valueOf(environment.getOrDefault("FLINK_PROPERTIES", ""))
        .lines()
        .filter(line -> line.contains(": "))
        .forEach(line -> put(settings, line.split(": ", 2)));
    List<String> program = service.program();
    for (int i = 0; i + 1 < program.size(); i++) {
      if (program.get(i).equals("-D")) {
        put(settings, program.get(i + 1).split("=", 2));
      }
    }
    return settings;
  }

  private static void put(Map<String, String> settings, String[] setting) {
    settings.put(setting[0].strip(), setting[1].strip());
  }
}
