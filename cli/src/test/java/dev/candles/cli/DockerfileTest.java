package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The image's recipe, without an image, and the scripts in it. */
class DockerfileTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final Path FILE = ROOT.resolve("Dockerfile");

  @TempDir private Path folder = Path.of("");

  @Test
  void theRecipeKeepsTheRules() throws Exception {
    assertThat(DockerfileRules.problems(ROOT, Files.readString(FILE))).isEmpty();
  }

  /** The last line that fits counts. */
  @Test
  void archivesOfClassesAreNotSentToTheBuild() throws Exception {
    assertThat(Files.readAllLines(ROOT.resolve(".dockerignore")))
        .containsSubsequence("!cli/target/candles", "cli/target/candles/classes");
  }

  /** The recipe, broken once for each rule. */
  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FROM flink:2.3.0-java17 | FROM flink:latest | not the Flink of this program: flink:latest",
        "USER 9999:9999 | USER root | its user is root",
        "RUN mkdir | RUN apt-get install curl; mkdir | takes from the network",
        "COPY flink-conf/log4j.p | ADD flink-conf/log4j.p | not one of the words that are used here: ADD",
        "deploy/compose/repeat | deploy/compose/daily | not in the repository: deploy/compose/daily",
        "deploy/compose/repeat | docs/LAKE.md | kept out by .dockerignore: docs/LAKE.md",
        "deploy/compose/answers deploy/compose/own-job | deploy/compose/answers | not copied:"
            + " deploy/compose/own-job",
        "plugins/metrics-prometheus /opt | plugins /opt | not copied: cli/target/candles/plugins/metrics-prometheus",
      })
  void everyRuleIsSeenToFail(String kept, String broken, String problem) throws Exception {
    String text = Files.readString(FILE);
    assertThat(text).contains(kept);
    assertThat(DockerfileRules.problems(ROOT, text.replace(kept, broken)))
        .anyMatch(found -> found.startsWith(problem));
  }

  @Test
  void theBuildMakesTheReporterThatIsCopied() throws Exception {
    assertThat(Files.readString(ROOT.resolve("cli/pom.xml")))
        .contains(
            "<artifactId>flink-metrics-prometheus</artifactId>",
            "<outputDirectory>${candles.dist}/plugins/metrics-prometheus</outputDirectory>");
  }

  @Test
  void healthIsWhatTheAnswerSays() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/jobs",
        exchange -> {
          byte[] body = "{\"state\":\"RUNNING\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String port = String.valueOf(server.getAddress().getPort());
    try {
      assertThat(exit("answers", "127.0.0.1", port, "/jobs", "\"state\":\"RUNNING\"")).isZero();
      assertThat(exit("answers", "127.0.0.1", port, "/jobs", "FAILED")).isEqualTo(1);
    } finally {
      server.stop(0);
    }
    assertThat(exit("answers", "127.0.0.1", port, "/jobs", "RUNNING")).isEqualTo(1);
  }

  /** Also after the container was started again, or made anew: the note is in a volume. */
  @Test
  void healthIsHowTheLastRunEnded() throws Exception {
    String note = folder.resolve("note").toString();
    assertThat(exit("repeat", "--check", note)).as("before the first run").isZero();
    for (String last : List.of("1", "0")) {
      said("run_ended exit_code=" + last, "repeat", note, "1", "0", "bash", "-c", "exit " + last);
      assertThat(exit("repeat", "--check", note)).isEqualTo(Integer.parseInt(last));
      said("next_run in_s=", "repeat", note, "86400", laterToday(), "true");
      assertThat(exit("repeat", "--check", note))
          .as("after a restart")
          .isEqualTo(Integer.parseInt(last));
    }
    Files.writeString(Path.of(note), "");
    assertThat(exit("repeat", "--check", note)).as("a note that could not be written").isOne();
  }

  /** As a timer of systemd and the collector do; an hour later, when the rest is repaired. */
  @Test
  void aRunThatWasMissedIsMadeUpFor() throws Exception {
    Path note = folder.resolve("note");
    String[] repeat = {"repeat", note.toString(), "86400", laterToday(), "true"};
    String regular = "next_run in_s=4[23]\\d\\d\\d .*";
    assertThat(said("next_run", repeat)).as("there never was one").matches(".*" + regular);
    long nowS = Instant.now().getEpochSecond();
    Files.writeString(note, "0 " + (nowS - 40_000) + "\n");
    assertThat(said("next_run", repeat)).as("the last one was made").matches(".*" + regular);
    for (String missed : List.of("1 " + (nowS - 100_000) + "\n", "", "garbage\n")) {
      Files.writeString(note, missed);
      assertThat(said("next_run", repeat)).contains("next_run in_s=3600 ");
    }
  }

  /** An offset by which the next daily run is twelve hours away. */
  private static String laterToday() {
    return String.valueOf((Instant.now().getEpochSecond() + 43_200) % 86_400);
  }

  /** The first line with this text of a process that goes on, which is ended then. */
  private String said(String text, String... words) throws Exception {
    Process process = start(words);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.lines().filter(each -> each.contains(text)).findFirst().orElse("");
      assertThat(line).contains(text);
      process.destroy();
      assertThat(process.waitFor()).as("SIGTERM ends it").isZero();
      return line;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Of one stack the same at each start, of two stacks never. */
  @Test
  void theJobHasAnIdOfItsStack() throws Exception {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    configured("");
    String told = jobManager(first);
    assertThat(told)
        .matches("standalone-job --job-id [0-9a-f]{32} --job-classname Main -- --config .*");
    assertThat(jobManager(first)).as("started again").isEqualTo(told);
    assertThat(jobManager(second)).isNotEqualTo(told);
  }

  /** High availability goes on with the job that it remembers: another id were a second job. */
  @Test
  void aJobThatIsRememberedKeepsTheIdItHas() throws Exception {
    Files.writeString(
        Files.createDirectories(folder.resolve("candles/blob")).resolve("executionPlan"), "");
    configured("");
    String kept = "standalone-job --job-classname Main -- --config ";
    assertThat(jobManager(folder)).startsWith(kept);
    assertThat(jobManager(folder)).as("started again").startsWith(kept);
    assertThat(folder.resolve("job-id")).doesNotExist();
  }

  /** Else a mistake in the file would end, at the next start, a job that ran well. */
  @Test
  void aJobThatIsRememberedKeepsItsConfigurationToo() throws Exception {
    Path ha = Files.createDirectory(folder.resolve("ha"));
    Path file = configured("a mistake");
    assertThat(config(ha)).hasContent("a mistake");
    configured("the first");
    assertThat(config(ha)).as("nothing was submitted yet").hasContent("the first");
    Path plan =
        Files.writeString(
            Files.createDirectories(ha.resolve("candles")).resolve("submittedExecutionPlan1"), "");
    assertThat(config(ha)).hasContent("the first");
    assertThat(warning()).as("nothing is another one").isEmpty();
    configured("a mistake");
    assertThat(config(ha)).hasContent("the first");
    String used =
        "WARNING: " + ha + " has a job's plan, so the configuration that it began with is used; ";
    assertThat(warning()).startsWith(used + file + " is another one; ");
    Files.delete(file);
    assertThat(config(ha)).hasContent("the first");
    assertThat(warning()).isEqualTo(used + file + " cannot be read");
    configured("the second");
    Files.delete(plan);
    assertThat(config(ha)).as("the job has ended").hasContent("the second");
  }

  /** The file that the main program is told to read, whose paths are those of the one given. */
  private Path config(Path ha) throws Exception {
    String[] words = jobManager(ha).split(" ");
    int at = List.of(words).indexOf("--config");
    assertThat(words).endsWith("--copy-of", folder.resolve("given.yaml").toString());
    return Path.of(words[at + 1]);
  }

  private Path configured(String text) throws IOException {
    return Files.writeString(folder.resolve("given.yaml"), text);
  }

  /** As that of simulated venues, which the simulator writes. */
  @Test
  void aConfigurationThatIsNotThereYetStartsNothing() throws Exception {
    Path ha = Files.createDirectory(folder.resolve("ha"));
    String file = folder.resolve("none.yaml").toString();
    assertThat(exit("own-job", ha.toString(), "true", "standalone-job", "--config", file))
        .isEqualTo(2);
    assertThat(ha).isDirectoryNotContaining("glob:**/*collector.yaml*");
  }

  @Test
  void anIdThatIsNoneStartsNothing() throws Exception {
    Files.writeString(folder.resolve("job-id"), "");
    String file = configured("").toString();
    assertThat(exit("own-job", folder.toString(), "true", "standalone-job", "--config", file))
        .isEqualTo(2);
  }

  /** What the image's entrypoint would be told; {@code echo} is in its place. */
  private String jobManager(Path ha) throws Exception {
    Process process =
        start(
            "own-job",
            ha.toString(),
            "echo",
            "standalone-job",
            "--job-classname",
            "Main",
            "--",
            "--config",
            folder.resolve("given.yaml").toString());
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return text.strip();
  }

  private int exit(String... words) throws Exception {
    return start(words).waitFor();
  }

  private Process start(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(words));
    command.set(0, ROOT.resolve("deploy/compose").resolve(words[0]).toString());
    return new ProcessBuilder(command).redirectError(errors().toFile()).start();
  }

  /** What the last one that was started said beside its answer. */
  private String warning() throws IOException {
    return Files.readString(errors()).strip();
  }

  private Path errors() {
    return folder.resolve("errors");
  }
}
