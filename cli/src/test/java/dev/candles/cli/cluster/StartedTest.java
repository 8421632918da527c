package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The processes of a cluster that is being started. */
@Timeout(600)
class StartedTest {
  private static final Path CONF =
      Path.of(System.getProperty("repository.root")).resolve("flink-conf");
  private static final List<String> FOR_LONG = List.of("sleep", "600");

  @TempDir private Path temporary;
  private final StringWriter out = new StringWriter();
  private ClusterFolder folder;
  private JavaCommand java;
  private Started started;

  @BeforeEach
  void prepare() throws Exception {
    folder = new ClusterFolder(temporary.resolve("cluster"));
    folder.prepare();
    Map<String, String> ports = Map.of("rest.port", "0", "jobmanager.rpc.port", "0");
    ClusterPlan plan = ClusterPlan.of(CONF, ports, 1, false);
    java = new JavaCommand(ClusterSettings.of(plan, folder), folder, List.of());
    started = new Started(folder, new PrintWriter(out, true));
  }

  /** Ctrl-C comes between two of them. */
  @Test
  void afterTheEndOfAllNoneIsStarted() throws Exception {
    started.start(java, new JavaCommand.Planned("jobmanager-1", 4711, FOR_LONG));
    Member first = folder.members().get(0);
    assertThat(first.isAlive()).isTrue();

    assertThat(started.end()).isEmpty();
    assertThat(first.isAlive()).isFalse();
    assertThatThrownBy(
            () -> started.start(java, new JavaCommand.Planned("taskmanager-1", 0, FOR_LONG)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("all are being ended, taskmanager-1 was not started");
    assertThat(folder.members()).isEmpty();
    assertThat(folder.out("taskmanager-1")).doesNotExist();
  }

  /** A killed TaskManager leaves 100 MB: the job's jar, RocksDB's library, its state. */
  @Test
  void whatAKilledOneHasLeftGoesWhenTheNextOfItsRoleStarts() throws Exception {
    assertThat(java.taskManager("taskmanager-1"))
        .contains(
            "io.tmp.dirs=" + folder.temporary("taskmanager-1"),
            "-Djava.io.tmpdir=" + folder.temporary("taskmanager-1"));
    folder.emptyTemporary("taskmanager-1");
    folder.emptyTemporary("taskmanager-2");
    Path left = Files.writeString(folder.temporary("taskmanager-1").resolve("left"), "x");
    Path others = Files.writeString(folder.temporary("taskmanager-2").resolve("used"), "x");
    started.start(java, new JavaCommand.Planned("taskmanager-1", 0, FOR_LONG));
    assertThat(left).doesNotExist();
    assertThat(folder.temporary("taskmanager-1")).isEmptyDirectory();
    assertThat(others).exists();
    assertThat(started.end()).isEmpty();
  }

  @Test
  void readyAreOnlyItsOwnTaskManagers() throws Exception {
    AtomicReference<String> last = new AtomicReference<>("");
    try (FakeCluster cluster = new FakeCluster();
        FlinkRest rest = cluster.rest()) {
      Set<String> own = Set.of("taskmanager-1-aa", "taskmanager-2-aa");
      cluster.taskManagers("taskmanager-1-aa", "taskmanager-2-old", "taskmanager-1-old");
      assertThat(Launch.registered(own, rest, last)).isFalse();
      assertThat(last).hasValue("1 of 2 TaskManagers");
      cluster.taskManagers("taskmanager-1-aa", "taskmanager-2-aa", "taskmanager-1-old");
      assertThat(Launch.registered(own, rest, last)).isTrue();
    }
  }
}
