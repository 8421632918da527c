package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.embedded.PassingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CandlesTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  static Stream<String> subcommands() {
    return Candles.commandLine().getSubcommands().keySet().stream()
        .filter(name -> !name.equals("help"));
  }

  @ParameterizedTest
  @MethodSource("subcommands")
  void everySubcommandExplainsItselfWithAnExample(String name) {
    assertThat(candles(name, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: candles " + name, "Example:", "./candles " + name);
    CommandLine command = Candles.commandLine().getSubcommands().get(name);
    assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
    assertThat(command.getCommandSpec().options())
        .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
  }

  @Test
  void theListOfCommandsHasAWholeSentenceForEach() {
    assertThat(candles("--help")).isZero();
    Candles.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              if (!name.equals("help")) {
                String first = command.getCommandSpec().usageMessage().description()[0];
                assertThat(first).as("the only line of %s in the list", name).endsWith(".");
                assertThat(out.toString()).contains(first);
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "coverage --data-dir=s3://b/lake,object stores",
    "run --config=file:config.yaml,without 'file:'",
    "run --restore=${LAKE}/x,variables",
    "qa --report=~joe/x.json,only ~/ is replaced",
    "archive --before=2026-01-01 --to=$DIR/x,variables",
    "sim --tape=okx/BTC-USDT=gs://b/x.csv,object stores",
    "sim --config=s3://b/sim.yaml,object stores",
    "replay --venue=okx s3:/b/x.json,object stores"
  })
  void aPathThatIsNoneOfThisMachineIsRefusedInEveryOption(String words, String reason) {
    assertThat(candles(words.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains("found '", "expected the path of a folder or", reason);
  }

  /** A command that meets what a machine can do to it. */
  @CommandLine.Command(name = "broken")
  static final class Broken implements java.util.concurrent.Callable<Integer> {
    @Override
    public Integer call() {
      throw new UnsatisfiedLinkError("libx.so: failed to map segment\nand more");
    }
  }

  @Test
  void anErrorOfTheMachineIsOneLineAndExitCode2() {
    CommandLine command = Candles.commandLine().addSubcommand(new Broken());
    command.setErr(new PrintWriter(err, true));
    assertThat(Candles.run(command, "broken")).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("libx.so: failed to map segment", "java.io.tmpdir");
  }

  /** A command whose memory does not do, and where the JVM did not end of it. */
  @CommandLine.Command(name = "large")
  static final class Large implements java.util.concurrent.Callable<Integer> {
    @Override
    public Integer call() {
      throw new OutOfMemoryError("Direct buffer memory");
    }
  }

  @Test
  void memoryThatDoesNotDoIsOneLineAndExitCode3() {
    CommandLine command = Candles.commandLine().addSubcommand(new Large());
    command.setErr(new PrintWriter(err, true));
    assertThat(Candles.run(command, "large")).isEqualTo(3);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("out of memory: Direct buffer memory; allow more: ");
  }

  /** A code that says two things says nothing to a script. */
  @Test
  void exitCodesMeanTheSameInEveryHelp() {
    Map<String, List<String>> meanings = new TreeMap<>();
    for (CommandLine command : allCommands(Candles.commandLine())) {
      String footer = String.join(" ", command.getCommandSpec().usageMessage().footer());
      Matcher told = Pattern.compile("[:,;] ([34]) ([a-z ]+)").matcher(footer);
      while (told.find()) {
        String meaning = told.group(2).replaceFirst("^(out of memory|nothing runs).*", "$1");
        meanings.computeIfAbsent(told.group(1), code -> new ArrayList<>()).add(meaning);
      }
    }
    assertThat(meanings).containsOnlyKeys("3", "4");
    assertThat(meanings.get("3")).containsOnly("out of memory").hasSizeGreaterThan(1);
    assertThat(meanings.get("4")).containsOnly("nothing runs").hasSizeGreaterThan(1);
  }

  private static List<CommandLine> allCommands(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(inner -> all.addAll(allCommands(inner)));
    return all;
  }

  /** A command whose file is denied to it in the middle. */
  @CommandLine.Command(name = "denied")
  static final class Denied implements java.util.concurrent.Callable<Integer> {
    @Override
    public Integer call() throws IOException {
      throw new AccessDeniedException("/no/such/file");
    }
  }

  @Test
  void aFileThatIsDeniedInTheMiddleIsOneLine() {
    CommandLine command = Candles.commandLine().addSubcommand(new Denied());
    command.setErr(new PrintWriter(err, true));
    assertThat(Candles.run(command, "denied")).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("cannot use /no/such/file: no permission for /");
  }

  @ParameterizedTest
  @CsvSource({"rnu,run", "bootstrp,bootstrap", "versoin,version"})
  void aMistypedCommandIsAnsweredWithTheNearestOne(String typed, String meant) {
    assertThat(candles(typed)).isEqualTo(2);
    assertThat(err.toString()).contains("'" + typed + "'", "Did you mean '" + meant + "'?");
  }

  @Test
  void aMistypedOptionIsAnsweredWithTheNearestOne() {
    assertThat(candles("run", "--confg=x")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean '--config'?", "./candles run --help");
  }

  @Test
  void aCommandMustBeGiven() {
    assertThat(candles()).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: candles", "demo ", "Exit codes:");
  }

  @Test
  void theVersionNamesFlinkAndJava() {
    assertThat(candles("version")).isZero();
    assertThat(out.toString()).contains("candles ", "flink 2.", "java " + Runtime.version());
  }

  @Test
  void aBrokenConfigurationIsRefusedWithAllItsProblems(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), "venue: [okx]\nui_port: -1\n");

    assertThat(candles("run", "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("3 problems", "did you mean 'venues'?", "line 2: ui_port: found '-1'")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void checkpointsElsewhereAreForAClusterOnly(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            "venues: [okx]\nsymbols: [BTC-USDT]\ncheckpoint_dir: s3://bucket/candles\n");

    assertThat(candles("run", "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(file + ": checkpoint_dir: found 's3://bucket/candles', expected no such key");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void aMistypedConfigurationFileStartsNoOtherLake(@TempDir Path folder) {
    Path file = folder.resolve("confg.yaml");

    assertThat(candles("run", "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no configuration at " + file, "bootstrap");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPortInUseIsRefusedBeforeAnythingIsMade(@TempDir Path folder) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Path file = withPort(folder, port);

      assertThat(candles("run", "--config", file.toString())).isEqualTo(2);
      assertThat(err.toString()).contains("port " + port, "ui_port");
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  /** Two collectors in one folder: the lake is what the second one lacks, whoever has the port. */
  @Test
  void theWriterOfTheLakeIsNamedBeforeThePort(@TempDir Path folder) throws Exception {
    Path state = Files.createDirectories(folder.resolve("data/.state"));
    String held = "candles.lake.lock." + state.toRealPath().resolve("lock");
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Path file = withPort(folder, port);
      System.setProperty(held, "pid=4711 host=x");
      try {
        assertThat(candles("run", "--config", file.toString())).isEqualTo(2);
      } finally {
        System.clearProperty(held);
      }
      assertThat(err.toString())
          .startsWith("cannot collect into the lake " + folder.resolve("data"))
          .contains("lake has a writer already: ", "holder=pid=4711 host=x")
          .endsWith("; stop that one first, or set another data_dir\n")
          .doesNotContain("port");
      err.getBuffer().setLength(0);
      assertThat(candles("run", "--config", file.toString())).isEqualTo(2);
      assertThat(err.toString()).startsWith("port " + port);
    }
  }

  /** Code 2 is for what is refused again: no supervisor starts that again. */
  @Test
  void whatMayPassByItselfIsOneLineAndCodeOne() {
    Exception passing = new PassingException("cannot collect: No space left", new IOException());
    StringWriter said = new StringWriter();
    assertThat(Candles.failed(passing, new PrintWriter(said, true))).isEqualTo(1);
    assertThat(said.toString()).isEqualTo("cannot collect: No space left\n");
  }

  /** In a process of its own, because a JVM cannot change where it is. */
  @Test
  void aConfigurationThatIsNamedAndNotThereIsWrittenByNoCommandThatReadsIt(
      @TempDir Path folder, @TempDir Path other) throws Exception {
    Path text = other.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ConfigReaders.class.getName())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(text.toFile())
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor(); // a collector that was started collects for ever
    String said = Files.readString(text);
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).contains("run", "status", "qa", "submit, run", "stop", "forget", "explain");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void bootstrapWritesTheConfigurationAndEndsAsTheRunbookSays(@TempDir Path folder) {
    Path file = folder.resolve("config.yaml");

    assertThat(candles("bootstrap", "--skip-tests", "--config", file.toString())).isZero();
    assertThat(out.toString()).contains("wrote the default", "45 streams");
    assertThat(List.of(out.toString().split("\n"))).endsWith("✓ Bootstrap complete!");
    assertThat(file).exists();
  }

  private static Path withPort(Path folder, int port) throws IOException {
    return Files.writeString(
        folder.resolve("c.yaml"),
        "venues: [okx]\nsymbols: [BTC-USDT]\nui_port: %d\n".formatted(port));
  }

  private int candles(String... args) {
    return Candles.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
