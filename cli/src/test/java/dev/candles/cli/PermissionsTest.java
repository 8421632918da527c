package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.candles.cli.cluster.PidFile;
import dev.candles.lake.disk.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Commands in processes of their own to which files are denied, also where root runs the tests. */
@Execution(ExecutionMode.CONCURRENT)
class PermissionsTest {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final String DAY = "candles/venue=okx/symbol=BTC-USDT/timeframe=1m/date=2026-01-0";
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  @TempDir private Path temporary;
  private Path lake;
  private Path config;

  private record Said(int code, String text) {}

  @BeforeEach
  void make() throws IOException {
    assumeTrue(!ROOT || Files.exists(SETPRIV), "skipped: nothing is denied to root here");
    lake = Files.createDirectories(temporary.resolve("data"));
    config =
        Files.writeString(
            temporary.resolve("c.yaml"), "venues: [okx]\nsymbols: [BTC-USDT]\nui_port: 0\n");
  }

  /** Or nobody could delete them. */
  @AfterEach
  void allow() throws IOException {
    if (lake != null && Files.exists(lake)) {
      try (var all = Files.walk(temporary)) {
        for (Path path : all.toList()) {
          allow(path, Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--");
        }
      }
      Trees.delete(lake);
    }
  }

  private static void allow(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private Said run(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    if (ROOT) {
      command.add(SETPRIV.toString());
      command.add("--bounding-set=-dac_override,-dac_read_search");
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-cp", System.getProperty("java.class.path")));
    command.add(Candles.class.getName());
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(temporary.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  private static void refused(Said said, String what, Path denied) {
    assertThat(said.code()).as(said.text()).isEqualTo(2);
    assertThat(said.text())
        .contains(what, "no permission for " + denied + " (owner ", "this is user ", "chown -R ")
        .doesNotContain("\tat ");
  }

  @Test
  void aLakeThatCannotBeWrittenIsRefusedBeforeAnythingStarts() throws Exception {
    Path older = Files.createDirectories(lake.resolve(DAY + "8"));
    Path newest = Files.createDirectories(lake.resolve(DAY + "9"));
    allow(older, "r-xr-xr-x");
    assertThat(run("compact", "--all", "--data-dir", lake.toString()).code()).isZero();

    Path foreign = Files.createDirectories(lake.resolve("candles/venue=okx/lost+found"));
    allow(foreign, "r-xr-xr-x");
    Path byHand = Files.createDirectories(lake.resolve("reports/by-hand"));
    allow(byHand, "r-xr-xr-x");
    assertThat(run("compact", "--all", "--data-dir", lake.toString()).text())
        .doesNotContain("no permission");

    allow(newest, "r-xr-xr-x");
    String what = "cannot write the lake " + lake + ": ";
    refused(run("compact", "--all", "--data-dir", lake.toString()), what, newest);
    refused(run("run", "--config", config.toString()), what, newest);
    assertThat(lake.resolve(".state/lock")).doesNotExist();
  }

  /** What is told could not be noted: it would be told again every day, and its end never. */
  @Test
  void checksThatTellPeopleAreRefusedWhereTheLakeCannotBeWritten() throws Exception {
    Path newest = Files.createDirectories(lake.resolve(DAY + "9"));
    allow(newest, "r-xr-xr-x");
    Said said = run("qa", "--alert", "--config", config.toString(), "--report", "r.json");
    refused(said, "cannot write the lake " + lake + ": ", newest);
    assertThat(run("qa", "--data-dir", lake.toString(), "--report", "r.json").text())
        .contains("WARNING: nothing will be sealed: no permission for " + newest);
    assertThat(lake.resolve(".state/qa_whole.json")).doesNotExist();
  }

  /** A report is replaced as a whole: whose it was keeps nobody away. */
  @Test
  void theReportOfAnotherUserKeepsNoCollectorAway() throws Exception {
    Path day = Files.createDirectories(lake.resolve(DAY + "9"));
    Path state = Files.createDirectories(lake.resolve(".state"));
    allow(Files.writeString(state.resolve("qa_whole.json"), ""), "r--r--r--");
    assertThat(run("compact", "--all", "--data-dir", lake.toString()).code()).isZero();
    allow(Files.writeString(state.resolve("lock"), ""), "r--r--r--");
    assertThat(day).exists();
    refused(
        run("compact", "--all", "--data-dir", lake.toString()),
        "cannot write",
        state.resolve("lock"));
  }

  @Test
  void aStreamThatIsNotCollectedKeepsNoCollectorAway() throws Exception {
    Path other = Files.createDirectories(lake.resolve(DAY.replace("BTC", "ETH") + "9"));
    allow(other, "r-xr-xr-x");
    Path state = Files.createDirectories(lake.resolve(".state"));
    Files.writeString(state.resolve("forget.json"), "{"); // refused, but only after that
    Said said = run("run", "--config", config.toString());
    assertThat(said.text()).contains("a forgetting was begun whose note cannot be read");
    Files.delete(state.resolve("forget.json"));
    refused(run("compact", "--all", "--data-dir", lake.toString()), "cannot write", other);
  }

  @Test
  void aReportThatIsThereIsWrittenOver() throws Exception {
    Files.createDirectories(lake.resolve(DAY + "9"));
    Path reports = Files.createDirectories(temporary.resolve("reports"));
    Path file = Files.writeString(reports.resolve("x.json"), "");
    allow(reports, "r-xr-xr-x");
    String[] qa = {"qa", "--data-dir", lake.toString(), "--report", file.toString()};
    assertThat(run(qa).text()).contains("Report: " + file);
    allow(file, "r--r--r--");
    refused(run(qa), "cannot write --report: ", file);
  }

  /** What would end it half-way is said before it begins. */
  @Test
  void whatCannotBeMovedIsNotBegun() throws Exception {
    Path other = Files.createDirectories(lake.resolve(DAY.replace("BTC", "ETH") + "8"));
    Path older = Files.createDirectories(lake.resolve("coverage/date=2026-01-08"));
    Files.createDirectories(lake.resolve("coverage/date=2026-01-09"));
    allow(older, "r-xr-xr-x");
    String[] show = {"forget", "okx/ETH-USDT", "--config", config.toString()};
    String[] forget = {"forget", "okx/ETH-USDT", "--config", config.toString(), "--yes"};
    refused(run(forget), "cannot forget: ", older);
    assertThat(lake.resolve(".state/forget.json")).doesNotExist();
    assertThat(other).exists();
    allow(lake, "r-xr-xr-x");
    assertThat(run(show).text()).endsWith("Nothing was changed; --yes does it.\n");
    allow(lake, "rwxr-xr-x");
    allow(older, "rwxr-xr-x");
    assertThat(run(forget).code()).isZero();
  }

  @Test
  void aLockOfAnotherUserIsNamed() throws Exception {
    Path lock = Files.createDirectories(lake.resolve(".state")).resolve("lock");
    Files.writeString(lock, "");
    allow(lock, "r--r--r--");
    refused(run("run", "--config", config.toString()), "cannot write the lake " + lake, lock);
  }

  @Test
  void aLakeAndLogsThatCannotBeMadeAreRefused() throws Exception {
    allow(temporary, "r-xr-xr-x");
    refused(
        run("run", "--config", config.toString()), "cannot write the folder of logs ", temporary);
    assertThat(lake).isEmptyDirectory();
  }

  /** What a start would refuse, its check does not find good. */
  @Test
  void theCheckOfAStartLooksAtTheLogToo() throws Exception {
    Path logs = Files.createDirectories(temporary.resolve("logs"));
    Path log = Files.writeString(logs.resolve("collector-c.log"), "");
    String[] check = {"run", "--check", "--config", config.toString()};
    assertThat(run(check).text()).contains("✓ log: " + log);
    allow(log, "r--r--r--");
    Said said = run(check);
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.text()).contains("✗ cannot write the log " + log);
    refused(said, "✗ cannot write the log " + log + ": ", log);
    allow(logs, "r-xr-xr-x");
    assertThat(run(check).text()).contains("✗ cannot write the folder of logs " + logs);
    assertThat(run("run", "--config", config.toString()).text())
        .contains("cannot write the folder of logs " + logs);
  }

  @Test
  void aConfigurationThatCannotBeReadIsNamed() throws Exception {
    allow(config, "-w-------");
    refused(
        run("run", "--config", config.toString()),
        "cannot read the configuration " + config,
        config);
  }

  /** It is there, and to say that it is not would have somebody begin another. */
  @Test
  void aLakeThatCannotBeSeenIsNotSaidToBeAbsent() throws Exception {
    Path day = Files.createDirectories(lake.resolve(DAY + "9"));
    for (Path closed : List.of(lake, lake.resolve("candles"))) {
      allow(closed, "-wx------");
      refused(
          run("coverage", "--data-dir", lake.toString()), "cannot read the lake " + lake, closed);
      allow(closed, "rwxr-xr-x");
    }
    Path state = Files.createDirectories(lake.resolve(".state"));
    allow(state, "-wx------");
    refused(
        run("status", "--data-dir", lake.toString()), "cannot read the state of the lake ", state);
    allow(state, "rwxr-xr-x");
    assertThat(day).exists();
  }

  @Test
  void aFolderThatCannotBeMadeIsNamedByWhoeverWouldMakeIt() throws Exception {
    Files.createDirectories(lake.resolve(DAY + "9"));
    Path closed = Files.createDirectories(temporary.resolve("closed"));
    allow(closed, "r-xr-xr-x");
    String in = closed.resolve("x").toString();
    String data = lake.toString();
    String[] archive = {"archive", "--before=2026-02-01", "--to", in, "--data-dir", data};
    refused(run(archive), "cannot write the archive ", closed);
    refused(run("demo", "--data-dir", in), "cannot write the lake of the demo ", closed);
    refused(run("drill", "--data-dir", in), "cannot write the lake of the drill ", closed);
    refused(run("sim", "--config", in + ".yaml"), "cannot write the folder of --config ", closed);
    refused(
        run("cluster", "start", "--cluster-dir", in),
        "cannot write the folder of the cluster ",
        closed);
  }

  /** Its settings are for its owner only. */
  @Test
  void aClusterOfAnotherUserIsNotSaidToLackItsSettings() throws Exception {
    Path cluster = temporary.resolve("cluster");
    Process member = new ProcessBuilder("sleep", "600").start();
    try {
      PidFile.write(cluster, "jobmanager-1", member);
      Path conf = cluster.resolve("conf");
      allow(conf, "---------");
      String[] status = {"cluster", "status", "--cluster-dir", cluster.toString()};
      Said said = run(status);
      assertThat(said.code()).isEqualTo(1);
      assertThat(said.text())
          .contains("jobmanager-1 ", " alive")
          .contains("cannot read the configuration of Flink ", "no permission for " + conf)
          .doesNotContain("--flink-conf", "\tat ");
      allow(conf, "rwx------");
      assertThat(run(status).text())
          .contains("no configuration of Flink at ", "./candles cluster stop --force")
          .doesNotContain("--flink-conf");
      Path pids = cluster.resolve("pid");
      allow(pids, "---------");
      refused(run(status), "cannot read the folder of the cluster ", pids);
      allow(pids, "r-xr-xr-x");
      String[] stop = {"cluster", "stop", "--force", "--cluster-dir", cluster.toString()};
      refused(run(stop), "cannot write the folder of the cluster ", pids);
    } finally {
      member.destroyForcibly();
    }
  }

  @Test
  void theChecksSayThatTheyCannotSealAndRefuseAReportThatCannotBeWritten() throws Exception {
    Path day = Files.createDirectories(lake.resolve(DAY + "9"));
    Path reports = Files.createDirectories(temporary.resolve("reports"));
    allow(day, "r-xr-xr-x");
    allow(reports, "r-xr-xr-x");
    Said said = run("qa", "--data-dir", lake.toString(), "--report", reports + "/x.json");
    refused(said, "cannot write --report: ", reports);
    assertThat(said.text()).contains("WARNING: nothing will be sealed: no permission for " + day);
  }
}
