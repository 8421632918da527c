package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.job.CollectorMain;
import dev.candles.job.config.CollectorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docker-compose.yml and what it mounts, without a container. */
class ComposeTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final Path FILE = ROOT.resolve("docker-compose.yml");
  private static final Path MOUNTED = ROOT.resolve("deploy/compose");

  @Test
  void everyServiceKeepsTheRules() throws Exception {
    assertThat(ComposeRules.problems(ROOT, Files.readString(FILE))).isEmpty();
  }

  /** The file, broken once for each rule. */
  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "version: \"3.8\" | version: \"2\" | version",
        "mem_limit: 768m | deploy: {replicas: 1} | jobmanager: unknown to docker-compose 1.29:"
            + " deploy",
        "image: zookeeper:3.9.3 | image: zookeeper:latest | zookeeper: image is not pinned",
        "image: prom/ | image: registry.test/prom/ | prometheus: image is not pinned",
        "restart: unless-stopped | restart: 'no' | qa: is not restarted",
        "mem_limit: 320m | stop_grace_period: 5s | zookeeper: memory has no limit",
        "cpus: 1.5 | cpus: none | taskmanager-1: cpus have no limit",
        "{max-size: 20m, | {| compaction: log has no limit",
        "user: \"65534:65534\" | user: \"0:0\" | prometheus: runs as root",
        "[ALL] | [NET_RAW] | jobmanager: keeps rights of root",
        "[\"no-new-privileges:true\"] | [] | jobmanager: may gain rights",
        "test: [CMD, wget | tests: [CMD, wget | prometheus: says nothing of its health",
        "\"127.0.0.1:${CANDLES_UI | \"${CANDLES_UI | jobmanager: published beyond loopback:"
            + " 8081:8081",
        "zookeeper: {condition | simulator: {condition | taskmanager-2: depends on what is not"
            + " always there: simulator",
        "user: \"9999:9999\" | user: \"1000:1000\" | qa: is not the user of the image",
        "- lake:/lake | - lake:/data | compaction: does not see the lake",
        "[/opt/candles/repeat, /lake/.repeat-qa | [/opt/candles/daily, /lake/.repeat-qa | qa: no"
            + " such script: /opt/candles/daily",
        "[candles, compact, --all | [candles, compact, --every | compaction: no such command",
        "[candles, qa, --alert, | [candles, qa, | qa: tells nobody what it finds",
        "[candles, sim] | [candles, simulate] | simulator: no such command",
        "./deploy/compose/collector.yaml | ./config.yaml | qa: ./config.yaml is not in the"
            + " repository",
        "collector.yaml:ro | collector.yaml | jobmanager: ./deploy/compose/collector.yaml may be"
            + " written",
        "- zookeeper-log:/datalog | - zookeeper-logs:/datalog | zookeeper: no volume"
            + " zookeeper-logs",
        "- zookeeper-log:/datalog | | a volume that nobody uses",
        "dev.candles.job.CollectorMain | dev.candles.job.Collector | jobmanager: no such entry"
            + " class: 'dev.candles.job.Collector'",
        "CollectorMain, --, | CollectorMain, | jobmanager: --config would be taken for --configDir",
        "/opt/candles/own-job, /ha, /docker | /docker | jobmanager: two stacks, one job",
        "/opt/candles/own-job, /ha, | /opt/candles/own-job, /tmp, | jobmanager: two stacks, one job",
        "[standalone-job, | [standalone-job, --job-id, 01, | jobmanager: two stacks, one job",
        "CollectorMain, --, --config, | CollectorMain, --, --config, x, --more, | jobmanager: its"
            + " configuration is not the last word",
        "high-availability.storageDir: file:///ha | | taskmanager-1: not set:"
            + " high-availability.storageDir",
        "jobmanager.bind-host: 0.0.0.0 | | jobmanager: others do not reach it:"
            + " jobmanager.bind-host",
        "JOB_MANAGER_RPC_ADDRESS: jobmanager | A: b | jobmanager: others do not reach it:"
            + " jobmanager.rpc.address",
        "taskmanager.host=taskmanager-2 | rest.port=8081 | taskmanager-2: others do not reach it:"
            + " taskmanager.host",
        "mem_limit: 1200m | mem_limit: 1024m | taskmanager-1: no room beside Flink's",
        "- ha:/ha | | taskmanager-1: does not see the jar of the job",
      })
  void everyRuleIsSeenToFail(String kept, String broken, String problem) throws Exception {
    fails(kept, broken == null ? "" : broken, problem);
  }

  /** The same of what is run again and again. */
  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/lake/.repeat-qa | /tmp/.repeat-qa | qa: forgets how its last run ended",
        "/lake/.repeat-qa | /lake/.repeat-compaction | compaction: notes how it ended where another"
            + " does",
        "--check, /lake/.repeat-qa | --check, /lake/.repeat-compaction | qa: its health is not how"
            + " its last run ended",
      })
  void everyRuleOfARepeatedRunIsSeenToFail(String kept, String broken, String problem)
      throws Exception {
    fails(kept, broken, problem);
  }

  private static void fails(String kept, String instead, String problem) throws IOException {
    String text = Files.readString(FILE);
    assertThat(text).contains(kept);
    List<String> problems = ComposeRules.problems(ROOT, text.replace(kept, instead));
    assertThat(problems).anyMatch(found -> found.startsWith(problem));
  }

  @Test
  void theMountedConfigurationIsOneOfACluster() throws Exception {
    List<String> warnings = new ArrayList<>();
    CollectorConfig config =
        CollectorMain.configuration(MOUNTED.resolve("collector.yaml"), warnings::add);
    assertThat(warnings).isEmpty();
    assertThat(config.lake().directory()).isEqualTo("/lake/data");
  }

  private static Map<String, String> variables(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
  }

  /** Else they have the name of whichever folder holds the checkout. */
  @Test
  void theVolumesThatTheDocumentDeletesAreThoseOfTheProject() throws Exception {
    String project = variables(ROOT.resolve(".env")).get("COMPOSE_PROJECT_NAME");
    String document = Files.readString(ROOT.resolve("docs/CLUSTER.md"));
    Matcher line = Pattern.compile("(?m)^docker volume rm ([^#\n]+)").matcher(document);
    assertThat(line.find()).isTrue();
    List<String> volumes =
        new ComposeFile(Files.readString(FILE))
            .volumes().stream().map(v -> project + "_" + v).toList();
    assertThat(volumes).contains(project + "_lake").contains(line.group(1).strip().split(" "));
    assertThat(line.group(1)).doesNotContain("lake");
  }

  @Test
  void theSimulatedProfileIsAProjectOfItsOwn() throws Exception {
    Map<String, String> variables = variables(MOUNTED.resolve("simulated.env"));
    ComposeFile.Service simulator = new ComposeFile(Files.readString(FILE)).service("simulator");
    assertThat(simulator.words("profiles"))
        .containsExactly(String.valueOf(variables.get("COMPOSE_PROFILES")));
    assertThat(variables.get("COMPOSE_PROJECT_NAME")).isNotBlank();
    List<String> program = simulator.program();
    assertThat(program.get(program.indexOf("--config") + 1))
        .startsWith("/lake/")
        .isEqualTo(variables.get("CANDLES_CONFIG"));
  }

  @Test
  void prometheusAsksEveryProcessOfFlink() throws Exception {
    ComposeFile file = new ComposeFile(Files.readString(FILE));
    String properties =
        String.valueOf(
            file.service("jobmanager").section("environment").getOrDefault("FLINK_PROPERTIES", ""));
    String key = "metrics.reporter.prom.port: ";
    String port =
        properties
            .lines()
            .filter(line -> line.startsWith(key))
            .findFirst()
            .orElse(key)
            .split(" ")[1];
    List<String> expected =
        file.services().stream()
            .filter(
                service ->
                    !service.section("environment").getOrDefault("FLINK_PROPERTIES", "").equals(""))
            .map(service -> service.name() + ":" + port)
            .toList();
    Object scraped =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(MOUNTED.resolve("prometheus.yml")));
    assertThat(expected).hasSize(3);
    assertThat(String.valueOf(scraped)).contains("targets=" + expected);
  }
}
