package dev.candles.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every command of the documents works as it stands there, and every option that they name is one.
 */
class RunbookTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final long DAY = Instant.parse("2026-01-08T00:00:00Z").toEpochMilli();
  private static final int DAYS = 2;
  private static final long CLOCK = Instant.parse("2026-01-10T00:05:00Z").toEpochMilli();

  private static final String OF_A_LAKE =
      "demo/ClusterDrill: all.addAll(List.of('--config', config.toString()))";

  private static final String REPLAY = "ReplayCommandTest: List.of('replay')";

  private static final String FOLDED =
      "'--venue', 'kraken', '--as', 'rest-trades', '--symbol', 'BTC-USD', '--candles', '1m', p1, p2";

  private static final String OF_A_RUN =
      "demo/Drill: CollectorProcess.start(config,"
          + " | ../main/demo/CollectorProcess: List.of('run', '--config', config";

  private static final String OF_A_DRILL =
      "drill/DrillIT: List.of('drill', '--data-dir=' | drill/DrillIT: drill('drill-cluster',"
          + " '--cluster', '--kill=any', '--freeze', '--kills=4', '--seed=7')";

  /**
   * What cannot run within this JVM beside other tests, and where it is played: files, each with
   * what stands there, apostrophes for quotation marks. The first is the test; together they give
   * the command, with every option.
   */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          // run all tests, collect for hours, or serve until they are stopped
          entry("bootstrap", "CandlesTest: candles('bootstrap', '--skip-tests'"),
          entry("run", "demo/KillDrillTest: drill.start() | " + OF_A_RUN),
          entry("run --config sim.yaml", "demo/KillDrillTest: drill.start() | " + OF_A_RUN),
          entry(
              "sim --speed 60 --config sim.yaml",
              "SimCommandTest: args[0] = 'sim'"
                  + " | SimCommandTest: simulate('--venues=okx,kraken', '--speed=60',"
                  + " '--from=2026-01-09T17:20:00Z', '--config='"),
          entry(
              "sim --config sim.yaml --faults away.yaml",
              "SimCommandTest: args[0] = 'sim' | SimCommandTest: simulate('--config=' + file,"
                  + " '--faults=' + away)"),
          entry("demo", "demo/DemoIT: command(output, 'demo', '--minutes=2', '--data-dir='"),
          entry("status --watch", "StatusCommandTest: status(out, 'status', '--watch')"),
          // kill processes for minutes
          entry(
              "drill",
              "drill/DrillIT: List.of('drill', '--data-dir='"
                  + " | drill/DrillIT: drill('drill-collector', '--kill=collector')"),
          entry(
              "drill --kill taskmanager",
              OF_A_DRILL + " | drill/DrillIT: containsPattern('SIGKILL taskmanager-[12], kill')"),
          entry(
              "drill --kill jobmanager --freeze",
              OF_A_DRILL + " | drill/DrillIT: containsPattern('SIGSTOP jobmanager-[12], kill')"),
          entry(
              "drill --kill machine --cluster",
              OF_A_DRILL + " | drill/DrillIT: containsPattern('SIGKILL 5 processes, kill')"),
          entry("drill --kill any --freeze --kills 6 --seed 7", OF_A_DRILL),
          // need a cluster of other JVMs
          entry(
              "cluster start --taskmanagers 2 --ha",
              "demo/RealClusterIT: 'cluster', 'start', '--taskmanagers=2', '--ha', '-Drest.port=0'"),
          entry("cluster status", "demo/RealClusterIT: drill.candles('cluster', 'status').code()"),
          entry("cluster stop", "demo/RealClusterIT: drill.candles('cluster', 'stop').code()"),
          entry(
              "submit run --config collector.yaml",
              "demo/RealClusterIT: drill.ofLake('submit', 'run') | " + OF_A_LAKE),
          entry(
              "submit qa --config collector.yaml",
              "demo/RealClusterIT: drill.ofLake('submit', 'qa') | " + OF_A_LAKE),
          entry(
              "submit compact --all --config collector.yaml",
              "demo/RealClusterIT: drill.ofLake('submit', 'compact', '--all', '--force') | "
                  + OF_A_LAKE),
          entry(
              "stop --config collector.yaml",
              "demo/RealClusterIT: drill.ofLake('stop') | " + OF_A_LAKE),
          // need recordings
          entry(
              "replay --venue V [--as ws|rest-candles|rest-trades] [--symbol S] [--candles 1m] FILE…",
              REPLAY + " | ReplayCommandTest: " + FOLDED),
          entry(
              "replay --venue coinbase recorded.ndjson.gz",
              REPLAY
                  + " | ReplayCommandTest: folder.resolve('recorded.ndjson.gz')"
                  + " | ReplayCommandTest: replay('--venue', 'coinbase', file.toString())"),
          entry(
              "replay --venue kraken --as rest-trades --symbol BTC-USD --candles 1m p1.json p2.json",
              REPLAY + " | ReplayCommandTest: " + FOLDED));

  /** Exit codes other than 0 that the document tells of. */
  private static final Map<String, Integer> CODES =
      Map.of(
          "status", 4,
          "status --check", 4,
          "status --json", 4,
          "status --json --config collector.yaml", 4,
          "forget kraken/DOGE-USD", 2);

  /** Options of programs of others, and of an entry class. */
  private static final Set<String> FOREIGN = Set.of("--job-id", "--profile", "--copy-of");

  private static final Pattern OPTION = Pattern.compile("`(--[a-z-]+)");
  private static final Pattern CALL = Pattern.compile("\\./candles ([^`\\n#|&]+)");
  private static final Pattern LITERAL = Pattern.compile("\"([^\"|]*)[\"|]");
  private static final Pattern WORD = Pattern.compile("(?<![^ \\[])--[a-z-]+");

  private static final Pattern EXIT_CODE = Pattern.compile("[:,] (\\d) ");

  @TempDir private Path folder;

  @Test
  void everyCommandDoesWhatTheDocumentSays() throws Exception {
    try (Simulator simulator =
        Simulator.start(SimulatorConfig.defaults().withVenues(List.of("coinbase")))) {
      configure(simulator);
      for (String lake : List.of("data", "backup")) {
        fill(folder.resolve(lake));
      }
      for (String earlier : List.of("compact --all", "qa")) { // so that days are certified
        assertThat(Commands.run(here(earlier.split(" "))).code()).as(earlier).isZero();
      }
      List<String> ignored = Files.readAllLines(ROOT.resolve(".gitignore"));
      int run = 0;
      for (String command : Documents.commands()) {
        if (!ELSEWHERE.containsKey(command)) {
          Commands.Result result = Commands.run(here(command.split(" +")));
          assertThat(result.code())
              .as("./candles %s\n%s%s", command, result.out(), result.err())
              .isEqualTo(CODES.getOrDefault(command, 0));
          run++;
        }
      }
      assertThat(run).isGreaterThan(20);
      certified(folder.resolve("data"));
      File[] forgotten = folder.resolve("data/forgotten").toFile().listFiles();
      assertThat(forgotten).hasSize(1);
      certified(Objects.requireNonNull(forgotten)[0].toPath());
      assertThat(List.of("qa_report.json", "weekly_qa.json", "report.html", "archive"))
          .allSatisfy(made -> assertThat(folder.resolve(made)).exists())
          .allSatisfy(made -> assertThat(ignored).containsAnyOf("/" + made, "/" + made + "/"));
      try (Stream<Path> archived = Files.walk(folder.resolve("archive"))) {
        assertThat(archived.filter(file -> file.toString().endsWith(".parquet"))).isNotEmpty();
      }
    }
  }

  /** Each day of each venue of a lake is as its certificate says. */
  private static void certified(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("certificates"))) {
      List<Path> certificates = files.filter(file -> file.toString().endsWith(".json")).toList();
      assertThat(certificates).hasSize(DAYS);
      for (Path file : certificates) {
        String[] verify = {"qa", "--data-dir", root + "", "--verify-certificate", file + ""};
        Commands.Result result = Commands.run(verify);
        assertThat(result.code()).as(result.out() + result.err()).isZero();
      }
    }
  }

  /** {@code # 4: nothing runs} behind a command is a promise to who pastes the line. */
  @Test
  void everyExitCodeThatIsNamedBehindACommandIsInItsHelp() throws IOException {
    Map<String, String> named = Documents.exitCodes();
    assertThat(named).hasSizeGreaterThan(2);
    named.forEach(
        (call, code) ->
            assertThat(exitCodes(command(call.split(" +"))))
                .as("./candles " + call)
                .contains(code));
  }

  private static List<String> exitCodes(CommandLine command) {
    String help =
        command.getUsageMessage().replaceAll("\\s+", " ").replaceFirst("^.*Exit codes", "");
    return EXIT_CODE.matcher(help).results().map(code -> code.group(1)).toList();
  }

  @Test
  void whatIsPlayedElsewhereIsInTheDocuments() throws IOException {
    assertThat(Documents.commands()).containsAll(ELSEWHERE.keySet()).containsAll(CODES.keySet());
  }

  static Set<Map.Entry<String, String>> elsewhere() {
    return ELSEWHERE.entrySet();
  }

  /** A test that gave other options, or only parsed them, would play another command, or none. */
  @ParameterizedTest
  @MethodSource("elsewhere")
  void whatIsPlayedElsewhereIsGivenThereWithItsOptions(Map.Entry<String, String> command)
      throws IOException {
    List<String> given = new ArrayList<>();
    for (String place : command.getValue().split(" \\| (?=\\S+: )")) {
      String[] parts = place.split(": ", 2);
      String text = parts[1].replace('\'', '"');
      String source = Files.readString(source(parts[0]));
      assertThat(bare(source)).as(place).contains(bare(text));
      assertThat(source)
          .as("who only parses it plays nothing: %s", place)
          .doesNotContain("parseArgs(");
      LITERAL
          .matcher(text)
          .results()
          .flatMap(literal -> Stream.of(literal.group(1).split("[ =]")))
          .forEach(given::add);
    }
    String[] words = command.getKey().split(" ");
    List<String> verbs =
        Stream.of(command(words).getCommandSpec().qualifiedName().split(" ")).skip(1).toList();
    assertThat(given).containsSubsequence(verbs);
    assertThat(given)
        .containsAll(WORD.matcher(command.getKey()).results().map(MatchResult::group).toList());
  }

  private static Path source(String name) {
    String file =
        name.startsWith("../main/") ? "main/java/dev/candles/cli/" : "test/java/dev/candles/cli/";
    return ROOT.resolve("cli/src").resolve(file + name.replace("../main/", "") + ".java");
  }

  private static String bare(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void everyOptionThatIsNamedIsOne() throws IOException {
    Set<String> wrong = new LinkedHashSet<>();
    Set<String> all = new TreeSet<>(FOREIGN);
    addOptions(Candles.commandLine(), all);
    int calls = 0;
    for (Path document : Documents.pages()) {
      String text = Files.readString(document);
      OPTION
          .matcher(text)
          .results()
          .map(found -> found.group(1))
          .filter(option -> !all.contains(option))
          .forEach(option -> wrong.add(document.getFileName() + ": " + option));
      for (String call : CALL.matcher(text).results().map(r -> r.group(1)).toList()) {
        Set<String> known = options(call.split(" +"));
        calls++;
        WORD.matcher(call)
            .results()
            .map(MatchResult::group)
            .filter(option -> !known.contains(option))
            .forEach(option -> wrong.add(document.getFileName() + ": ./candles " + call));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(calls).isGreaterThan(60);
  }

  /** {@code submit} hands on what it does not know to the command that it submits. */
  private static Set<String> options(String... words) {
    Set<String> known = new TreeSet<>(command(words).getCommandSpec().optionsMap().keySet());
    if (words[0].equals("submit")) {
      addOptions(command("submit"), known);
      addOptions(command(words[words.length > 1 ? 1 : 0]), known);
    }
    return known;
  }

  private static void addOptions(CommandLine command, Set<String> options) {
    options.addAll(command.getCommandSpec().optionsMap().keySet());
    command.getSubcommands().values().forEach(inner -> addOptions(inner, options));
  }

  private static CommandLine command(String... words) {
    CommandLine command = Candles.commandLine();
    for (String word : words) {
      CommandLine inner = command.getSubcommands().get(word.replaceAll("[^a-z]+$", ""));
      if (inner == null) {
        break;
      }
      command = inner;
    }
    return command;
  }

  /** The same in a folder of its own: a JVM cannot change where it is. */
  private String[] here(String... words) {
    CommandLine command = command(words);
    List<String> said = new ArrayList<>(Arrays.asList(words));
    for (int i = 1; i < said.size(); i++) {
      OptionSpec option = command.getCommandSpec().findOption(said.get(i - 1));
      if (option != null && option.type() == Path.class) {
        said.set(i, folder.resolve(said.get(i)).toString());
      }
    }
    boolean named = said.contains("--config") || said.contains("--data-dir");
    if (command.getCommandSpec().findOption("--config") != null && !named) {
      said.addAll(List.of("--config", folder.resolve("config.yaml").toString()));
    }
    if (words[0].equals("qa") && !said.contains("--report")) {
      said.addAll(List.of("--report", folder.resolve("qa_report.json").toString()));
    }
    return said.toArray(String[]::new);
  }

  private void configure(Simulator simulator) throws IOException {
    String config =
        """
        venues:
          - {name: coinbase, symbols: [BTC-USD], ws_url: '%s', rest_url: '%s'}
        timeframes: [1m]
        ui_port: 0
        clock: {real_ms: %d, market_ms: %d, speed: 0.0001}
        """
            .formatted(
                simulator.ws("coinbase"),
                simulator.rest("coinbase"),
                System.currentTimeMillis(),
                CLOCK);
    Files.writeString(folder.resolve("config.yaml"), config);
    Files.writeString(folder.resolve("collector.yaml"), config);
  }

  private static void fill(Path root) throws IOException {
    for (StreamKey stream :
        List.of(
            new StreamKey("coinbase", "BTC-USD", Timeframe.M1),
            new StreamKey("kraken", "DOGE-USD", Timeframe.M1))) {
      for (int day = 0; day < DAYS; day++) {
        List<Candle> candles = new ArrayList<>();
        for (int i = 0; i < 1440; i++) {
          long minute = day * 1440L + i;
          long openMs = DAY + minute * Timeframe.M1.millis();
          candles.add(TestCandle.of(stream, openMs, 100 + i % 7, 10 * minute, 0, openMs + 1));
        }
        Path bucket =
            new LakeLayout(root).folder(Folder.CANDLES).resolve(LakeLayout.bucket(candles.get(0)));
        Files.createDirectories(bucket);
        CandleFiles.write(bucket.resolve("c-1.parquet"), candles.subList(0, 700));
        CandleFiles.write(bucket.resolve("c-2.parquet"), candles.subList(700, 1440));
      }
    }
  }
}
