package dev.candles.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.cluster.PidFile;
import dev.candles.cli.demo.CollectorProcess;
import dev.candles.lake.disk.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The drill as the operator calls it, with the jar that was built. */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class DrillIT {
  private static final Duration DEADLINE = Duration.ofMinutes(20);
  private static final Path DRILLS =
      Path.of(System.getProperty("repository.root"), "cli", "target", "drills");

  @Test
  void aKilledCollectorComesBackAndNothingIsLostOrDoubled() throws Exception {
    String said = drill("drill-collector", "--kill=collector");

    assertThat(said).containsPattern("SIGKILL collector, kill 1").containsPattern("1  collector ");
  }

  /** High availability: each kind is killed, and a leader is frozen while its standby lives. */
  @Test
  void aClusterSurvivesTheLossOfEveryMemberAndOfAll() throws Exception {
    String said =
        drill("drill-cluster", "--cluster", "--kill=any", "--freeze", "--kills=4", "--seed=7");

    assertThat(said)
        .contains("a cluster of separate JVMs with a standby")
        .containsPattern("SIGKILL taskmanager-[12], kill")
        .containsPattern("SIGKILL jobmanager-[12], kill")
        .containsPattern("SIGKILL 5 processes, kill")
        .containsPattern("SIGSTOP jobmanager-[12], kill")
        .containsPattern("SIGCONT jobmanager-[12]: the job has collected without it");
    for (BooleanSupplier ended : members(DRILLS.resolve("drill-cluster/.drill/cluster/pid"))) {
      assertThat(ended.getAsBoolean()).as("no process is left").isTrue();
    }
  }

  private static String drill(String name, String... options) throws Exception {
    Path lake = DRILLS.resolve(name);
    Trees.delete(lake);
    Files.createDirectories(lake);
    List<String> words = new ArrayList<>(List.of("drill", "--data-dir=" + lake));
    words.addAll(List.of(options));
    Path output = DRILLS.resolve(name + ".out");
    CollectorProcess process = CollectorProcess.command(output, words.toArray(new String[0]));
    Optional<Integer> code = process.ended(DEADLINE);
    String said = Files.readString(output);
    System.out.println(said);
    assertThat(code).as(said).contains(0);
    assertThat(said)
        .contains(
            "✓ Gap detector identifies all gaps",
            "Backfill completes within 15 minutes: 0 gaps open",
            "✓ QA checks all PASS",
            "✓ No duplicate PKs",
            "✓ No missing candles in gap window");
    return said;
  }

  private static List<BooleanSupplier> members(Path pids) throws Exception {
    List<BooleanSupplier> members = new ArrayList<>();
    try (var files = Files.list(pids)) {
      for (Path file : files.toList()) {
        String role = String.valueOf(file.getFileName()).replace(".pid", "");
        members.add(PidFile.ended(file, role));
      }
    }
    assertThat(members).hasSize(5);
    return members;
  }
}
