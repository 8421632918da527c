package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.candles.cli.embedded.LakeHold;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.state.HolderName;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code cluster}, {@code submit} and {@code stop} refuse, each with exit code 2. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class ClusterCommandsTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @AutoClose private final Socket nobody = new Socket();

  @ParameterizedTest
  @ValueSource(strings = {"start", "stop", "status"})
  void everyCommandOfAClusterHasAnExample(String name) {
    assertThat(execute("cluster", name, "--help")).isZero();
    assertThat(out.toString()).contains("Example:", "./candles cluster", "Exit codes:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "qa", "compact"})
  void everythingThatIsSubmittedHasAnExample(String name) {
    assertThat(execute("submit", name, "--help")).isZero();
    assertThat(out.toString()).contains("Example:", "./candles submit " + name, "--parallelism");
  }

  @Test
  void aCommandMustBeGiven() {
    assertThat(execute("cluster")).isEqualTo(2);
    assertThat(execute("submit")).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: candles cluster", "Usage: candles submit");
  }

  @Test
  void aTakenPortIsNamedAndNothingIsStarted() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(candles("cluster", "start", "-Drest.port=" + taken.getLocalPort())).isEqualTo(2);
      assertThat(err.toString()).contains("port " + taken.getLocalPort() + " of rest.port");
      assertThat(folder.resolve("cluster/pid")).doesNotExist();
    }
  }

  @Test
  void aMissingOrBrokenConfigurationOfFlinkIsNamed() throws Exception {
    assertThat(candles("cluster", "start", "--flink-conf=" + folder)).isEqualTo(2);
    assertThat(err.toString()).contains("no configuration of Flink at " + folder);
    Files.writeString(folder.resolve("config.yaml"), "a: [b\n");
    assertThat(candles("cluster", "start", "--flink-conf=" + folder)).isEqualTo(2);
    assertThat(err.toString()).contains("cannot read the configuration of Flink");
  }

  @Test
  void aNumberOfTaskManagersThatIsNoneIsRefused() {
    assertThat(candles("cluster", "start", "--taskmanagers=0")).isEqualTo(2);
    assertThat(err.toString()).contains("--taskmanagers: found '0'");
  }

  @Test
  void withoutAClusterThereIsNothingToShowOrStop() {
    assertThat(candles("cluster", "status")).isEqualTo(2);
    assertThat(candles("cluster", "stop")).isEqualTo(2);
    assertThat(err.toString()).contains("no cluster was started in " + folder);
  }

  /** What lives has other settings than what would be started. */
  @ParameterizedTest
  @CsvSource({
    "--ha,--ha and --missing",
    "--taskmanagers=3,--taskmanagers and --missing",
    "-Drest.port=0,-D and --missing"
  })
  void whatIsMissingIsStartedWithTheClustersOwnSettingsOnly(String option, String message) {
    assertThat(candles("cluster", "start", "--missing", option)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(candles("cluster", "start", "--missing")).isEqualTo(2);
    assertThat(err.toString()).contains("no cluster was started in " + folder);
  }

  /** The number is this process's own. */
  @Test
  void aPidFileOfAReusedNumberEndsNobody() throws Exception {
    Path pids = Files.createDirectories(folder.resolve("cluster/pid"));
    Path file = pids.resolve("taskmanager-1.pid");
    Files.writeString(
        file,
        String.format(
            Locale.ROOT,
            "pid=%d\nstarted=boot:1\nhost=%s\nrest_port=0\n",
            ProcessHandle.current().pid(),
            HolderName.host()));

    assertThat(candles("cluster", "status")).isEqualTo(1);
    assertThat(out.toString()).containsPattern("taskmanager-1 +pid \\d+ +dead");
    assertThat(candles("cluster", "stop")).isZero();
    assertThat(file).doesNotExist();
  }

  /** One cluster would be asked and the processes of another one ended. */
  @ParameterizedTest
  @ValueSource(strings = {"stop", "status"})
  void stopAndStatusAreAboutTheirFolderAndTakeNoOtherTarget(String name) {
    assertThat(candles("cluster", name, "--target=127.0.0.1:1")).isEqualTo(2);
    assertThat(err.toString()).contains("Unknown option: '--target=127.0.0.1:1'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cluster start -Drest.port=70000", "cluster stop", "cluster status", "submit qa"})
  void aClusterOfAnotherMachineIsRefusedWithItsName(String command) throws Exception {
    Path pids = Files.createDirectories(folder.resolve("cluster/pid"));
    Files.writeString(
        pids.resolve("jobmanager-1.pid"), "pid=1\nstarted=b:1\nhost=elsewhere\nrest_port=8081\n");

    assertThat(candles(command.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains("jobmanager-1 of this cluster runs on elsewhere");
  }

  @Test
  void aSizeThatIsNoneIsRefusedBeforeAnythingIsStarted() {
    assertThat(
            candles(
                "cluster",
                "start",
                "-Drest.port=0",
                "-Djobmanager.rpc.port=0",
                "-Dtaskmanager.memory.process.size=lots"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("'lots' for key 'taskmanager.memory.process.size'");
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(folder.resolve("cluster/pid")).doesNotExist();
  }

  @Test
  void anAddressOfTlsIsRefusedWithTheSettingThatSaysSo() {
    assertThat(candles("submit", "qa", "--target=https://host:8081")).isEqualTo(2);
    assertThat(err.toString()).contains("'https://host:8081'", "security.ssl.rest.enabled");
  }

  @ParameterizedTest
  @CsvSource({"nowhere", "http://:8081", "host:0", "host:70000", "host:8081/path"})
  void aTargetThatIsNoAddressIsRefused(String target) throws Exception {
    assertThat(candles("submit", "qa", "--target=" + target)).isEqualTo(2);
    assertThat(err.toString()).contains("--target: found '" + target + "', expected HOST:PORT");
  }

  @Test
  void aClusterThatCannotBeReachedIsNamedByEveryCommand() throws Exception {
    String config = "--config=" + config("data_dir: " + folder.resolve("lake"));

    for (String command : List.of("submit run", "submit qa", "submit compact", "stop")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(List.of(nobody(), config));
      err.getBuffer().setLength(0);
      assertThat(candles(words.toArray(new String[0]))).as(command).isEqualTo(2);
      assertThat(err.toString()).contains("does not answer", "./candles cluster start");
    }
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void aRelativeLakeIsRefusedBeforeAnybodyIsAsked() throws Exception {
    assertThat(candles("submit", "run", "--config=" + config("data_dir: lake"))).isEqualTo(2);
    assertThat(err.toString()).contains("data_dir: found 'lake'", "absolute path");
    assertThat(candles("submit", "run", "--config=" + folder.resolve("none.yaml"))).isEqualTo(2);
    assertThat(err.toString()).contains("no configuration at");
  }

  /** It listens where a cluster would, and would be started again by whoever watches it. */
  @ParameterizedTest
  @ValueSource(strings = {"--force", "--target=127.0.0.1:1"})
  void aCollectorOfRunIsStoppedByASignalAndByNothingElse(String more) throws Exception {
    Path config = config("data_dir: lake"); // which is fit for no cluster
    CollectorConfig read = ConfigFile.present(config, null);
    assertThat(candles("stop", more, "--config=" + config)).isEqualTo(2);
    assertThat(err.toString()).contains("data_dir: found 'lake'");
    err.getBuffer().setLength(0);
    try (var hold = LakeHold.take(read, "embedded-1", why -> {})) {
      assertThat(candles("stop", more, "--config=" + config)).isEqualTo(2);
    }
    assertThat(err.toString())
        .startsWith("nothing was stopped: a collector of the command run has the lake ")
        .contains("holder=pid=" + ProcessHandle.current().pid(), "; stop it with SIGTERM: ")
        .doesNotContain("data_dir");
  }

  /** Whether such a lake is needed is said later, by whether the stop is forced. */
  @Test
  void aLakeThatCannotBeReadKeepsNoStopFromAskingTheCluster() throws Exception {
    Path lake = folder.resolve("lake");
    Files.createDirectories(lake.resolve(".state/lease")); // reading it is an error
    String config = "--config=" + config("data_dir: " + lake);
    assertThat(candles("stop", config, nobody())).isEqualTo(2);
    assertThat(err.toString()).contains("does not answer").doesNotContain("lease");
    err.getBuffer().setLength(0);
    assertThat(candles("stop", "--force", config, nobody())).isEqualTo(2);
    assertThat(err.toString()).contains("does not answer").doesNotContain("lease");
  }

  @Test
  void anotherFlinkIsRefused() throws Exception {
    String answer =
        "{\"refresh-interval\":3000,\"timezone-name\":\"UTC\",\"timezone-offset\":0,"
            + "\"flink-version\":\"1.20.1\",\"flink-revision\":\"x\",\"features\":{}}";
    assertThat(submitTo(answer)).isEqualTo(2);
    assertThat(err.toString()).contains("runs Flink 1.20.1, this program is built for 2.");
  }

  @Test
  void whatIsNoClusterAtAllIsRefused() throws Exception {
    assertThat(submitTo("<html>" + "x".repeat(2_000) + "</html>")).isEqualTo(2);
    assertThat(err.toString()).contains("does not answer").hasSizeLessThan(1_500);
  }

  /** As a 404 of another program may be. */
  @Test
  void anAnswerWithoutAByteIsThatOfNoCluster() throws Exception {
    assertThat(submitTo("")).isEqualTo(2);
    assertThat(err.toString()).contains("does not answer: an empty answer");
  }

  private int submitTo(String answer) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      return candles("submit", "qa", "--target=127.0.0.1:" + server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private Path config(String line) throws Exception {
    return Files.writeString(
        folder.resolve("c.yaml"), "venues: [okx]\nsymbols: [BTC-USDT]\n" + line + "\n");
  }

  /** Where nobody listens, nor can while the test lasts: the port is taken. */
  private String nobody() throws IOException {
    if (!nobody.isBound()) {
      nobody.bind(new InetSocketAddress("127.0.0.1", 0));
    }
    return "--target=127.0.0.1:" + nobody.getLocalPort();
  }

  /** In a folder of clusters of its own. */
  private int candles(String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.add("--cluster-dir=" + folder.resolve("cluster"));
    return execute(all.toArray(new String[0]));
  }

  private int execute(String... words) {
    return Candles.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }
}
