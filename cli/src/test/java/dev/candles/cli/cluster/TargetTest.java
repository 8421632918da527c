package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.cli.embedded.RefusedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which cluster is asked, and whose processes are ended. */
@Timeout(600)
class TargetTest {
  @TempDir private Path temporary;
  private FakeCluster cluster;
  private ClusterFolder folder;
  private Process child;
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void startOne() throws Exception {
    cluster = new FakeCluster();
    folder = new ClusterFolder(temporary.resolve("cluster"));
    folder.prepare();
    folder.write(folder.conf().resolve("config.yaml"), "of: the-folder\nrest.port: 1\n");
    child = new ProcessBuilder("sleep", "600").start();
    folder.add(
        Member.here("jobmanager-1", OsProcess.of(child.pid()).orElseThrow(), cluster.port()));
  }

  @AfterEach
  void endAll() {
    child.destroyForcibly();
    cluster.close();
  }

  @Test
  void theClusterThatRunsInTheFolderIsMeant() throws Exception {
    assertThat(asked(null, Optional.empty())).hasToString("http://" + cluster.address());
    assertThat(target(null, Optional.empty()).flink().getString("of", "")).isEqualTo("the-folder");
  }

  @Test
  void theConfigurationThatIsGivenWins() throws Exception {
    Path given = conf("given", "of: the-given\nrest.port: " + cluster.port() + "\n");
    folder.add(Member.here("jobmanager-1", OsProcess.of(child.pid()).orElseThrow(), 1));

    assertThat(asked(null, Optional.of(given))).hasToString("http://" + cluster.address());
    assertThat(target(null, Optional.of(given)).flink().getString("of", "")).isEqualTo("the-given");
  }

  @Test
  void whatIsNamedIsAskedWithTheProgramsOwnConfiguration() throws Exception {
    assertThat(target(cluster.address(), Optional.empty()).flink().getString("of", ""))
        .isEqualTo("the-program");
  }

  @Test
  void thePortOfADeadOneIsNoAddressAndItsConfigurationIsNobodys() throws Exception {
    folder.add(Member.here("jobmanager-1", dead(), cluster.port()));

    Target target = target(null, Optional.empty());
    assertThat(target.flink().getString("of", "")).isEqualTo("the-program");
    assertThatThrownBy(target::connect).hasMessageContaining("127.0.0.1:2 ");
    assertThat(cluster.asked()).isEmpty();
    assertThatThrownBy(() -> Target.ofFolder(folder))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no JobManager of the cluster in " + folder.root() + " is alive");
  }

  @Test
  void aPortThatIsNoneIsNamedWithItsKey() throws Exception {
    Path many = conf("many", "rest.port: many\n");
    assertThatThrownBy(() -> target(null, Optional.of(many)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("'many'")
        .hasMessageContaining("'rest.port'");
    Path any = conf("any", "rest.port: 0\n");
    assertThatThrownBy(() -> target(null, Optional.of(any)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("rest.port in " + any + ": found '0'");
  }

  @Test
  void theProcessesThatEndAreThoseOfTheClusterThatWasAsked() throws Exception {
    cluster.runs("candles of some lake");

    assertThatThrownBy(() -> stop(false))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("'candles of some lake' is RUNNING");
    assertThat(child.isAlive()).isTrue();
    assertThat(stop(true)).isZero();
    assertThat(child.waitFor()).isNotZero();
    assertThat(folder.members()).isEmpty();
  }

  private int stop(boolean force) throws Exception {
    return new ClusterStop(folder, new PrintWriter(out, true)).run(force);
  }

  private static OsProcess dead() {
    return new OsProcess(ProcessHandle.current().pid(), "boot:1");
  }

  private Address asked(@Nullable String named, Optional<Path> given) throws Exception {
    try (FlinkRest rest = target(named, given).connect()) {
      return rest.address();
    }
  }

  private Target target(@Nullable String named, Optional<Path> given) throws Exception {
    return Target.of(named, given, folder, conf("own", "of: the-program\nrest.port: 2\n"));
  }

  private Path conf(String name, String text) throws Exception {
    Path made = Files.createDirectories(temporary.resolve(name));
    Files.writeString(made.resolve("config.yaml"), text);
    return made;
  }
}
