package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.Commands;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Somebody fills the disk of the lake while three venues are collected. Flink's working files take
 * 62 MB of it, so there are some 64 MB for the lake.
 */
@Order(2)
@Execution(ExecutionMode.CONCURRENT)
class DiskDrillTest {
  private static final long START_MS = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final double SPEED = 30;
  private static final long MB = 1_000_000;

  /** Market time for which the disk is full: some fifteen checkpoints. */
  private static final long FULL_MS = Duration.ofMinutes(15).toMillis();

  private static final Scope SCOPE = Drill.bitcoin(Timeframe.M1, Timeframe.M5);

  @Test
  void aDiskThatFillsIsToldAboutInTimeAndNothingIsLost(@TempDir Path secrets) throws Exception {
    try (AlertReceiver receiver = new AlertReceiver()) {
      String settings =
          "disk: {reserve_mb: 4}\ncompaction_interval: 5m\n" + receiver.config(secrets);
      Drill.Plan plan = new Drill.Plan(SCOPE, Duration.ofHours(1), settings);
      SimulatorConfig venues = SimulatorConfig.defaults().withTradesPerMinute(20);
      try (Drill drill = Drill.open("disk", plan, START_MS, SPEED, venues);
          SmallDisk disk = SmallDisk.mount(drill.lake, 128 << 10)) {
        drill.start();
        drill.awaitWork();
        assertThat(disk(receiver.json)).as("%d MB are free", disk.free() / MB).isEmpty();

        disk.leave(18 * MB); // so that it stays above the next step while the lake grows
        told(drill, receiver, "[WARNING] disk_nearly_full: ");
        shown(drill, "SHORT", "disk nearly full: ");

        disk.leave(3 * MB);
        told(drill, receiver, "[CRITICAL] disk_full: ");
        shown(drill, "NO_CHECKPOINTS", "disk full: ");
        malformed(drill);
        List<String> before = whenNoneIsUnderWay(drill);
        int merges = merges(drill);
        long rejected = bytes(drill.lake.resolve("rejects"));
        drill.awaitMarket(drill.simulator.now() + FULL_MS);
        assertThat(checkpoints(drill)).as("while it is full").isEqualTo(before);
        assertThat(bytes(drill.lake.resolve("rejects"))).isEqualTo(rejected);
        assertThat(merges(drill)).isEqualTo(merges);

        disk.leave(40 * MB);
        told(drill, receiver, "[INFO] disk_well: ");
        shown(drill, "ROOMY", "");
        drill.await("checkpoints go on", () -> !checkpoints(drill).equals(before));
        drill.awaitMarket(drill.simulator.now() + Duration.ofMinutes(2).toMillis());
        drill.await("compaction goes on", () -> merges(drill) > merges);
        drill.equalsTruth();
        each(drill, receiver);
        disk.leave(30 * MB);
        assertThat(level(drill, "--config")).as("after its end").isEqualTo("ROOMY");
        assertThat(level(drill, "--data-dir")).as("by other bounds").isNotEqualTo("ROOMY");
      }
    }
  }

  /** Waits until the status says what was told; the collector's word, and not its own bounds. */
  private static void shown(Drill drill, String level, String what) throws Exception {
    drill.await("status says " + level, () -> level(drill, "--data-dir").equals(level));
    String page = status(drill, "--data-dir");
    assertThat(page.contains("\"what\":\"disk ")).as(page).isEqualTo(!what.isEmpty());
    assertThat(page).contains(what.isEmpty() ? "" : "\"what\":\"" + what);
  }

  private static String level(Drill drill, String by) {
    return status(drill, by).replaceFirst(".*\"level\":\"([A-Z_]+)\",\"free_bytes.*", "$1").strip();
  }

  /** Of the lake alone, where the usual bounds hold, or of the collector's configuration. */
  private static String status(Drill drill, String by) {
    Path of = by.equals("--config") ? drill.config : drill.lake;
    return Commands.run("status", "--json", by, of.toString()).out();
  }

  /** The checkpoints once they stay the same for minutes: what was begun with room has ended. */
  private static List<String> whenNoneIsUnderWay(Drill drill) throws Exception {
    List<String> last = new ArrayList<>();
    drill.await(
        "no checkpoint is under way",
        () -> {
          List<String> before = checkpoints(drill);
          drill.awaitMarket(drill.simulator.now() + Duration.ofMinutes(5).toMillis());
          last.clear();
          last.addAll(checkpoints(drill));
          return last.equals(before);
        });
    return last;
  }

  /** Passes of compaction that merged something. */
  private static int merges(Drill drill) throws IOException {
    List<String> passes = drill.printed("event=compaction_done");
    return (int) passes.stream().filter(line -> !line.contains(" compacted=0 ")).count();
  }

  private static void malformed(Drill drill) {
    drill.simulator.faults().add(Fault.chance(FaultKind.MALFORMED, "okx", 0.3));
  }

  /** Waits until both webhooks were told. */
  private static void told(Drill drill, AlertReceiver receiver, String start) throws Exception {
    drill.await(
        start,
        () ->
            Stream.of(receiver.json, receiver.slack)
                .allMatch(all -> all.stream().anyMatch(a -> a.startsWith("ALERT " + start))));
    drill.say("told: %s", receiver.json.get(receiver.json.size() - 1));
  }

  /** The checkpoints that are there. */
  private static List<String> checkpoints(Drill drill) throws IOException {
    try (Stream<Path> files = Files.walk(drill.lake.resolve(".state/checkpoints"), 2)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith("chk-"))
          .sorted()
          .toList();
    }
  }

  private static long bytes(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    long sum = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  private static void each(Drill drill, AlertReceiver receiver) throws IOException {
    List<String> kinds =
        List.of("[WARNING] disk_nearly_full", "[CRITICAL] disk_full", "[INFO] disk_well");
    assertThat(disk(receiver.json)).isEqualTo(kinds);
    assertThat(disk(receiver.slack)).isEqualTo(kinds);
    assertThat(disk(drill.printed("ALERT ["))).isEqualTo(kinds);
    assertThat(words(drill.printed("event=disk_short "), "stops"))
        .as("each once: a job that began anew would say them again")
        .containsExactly("nothing", "reports", "compaction", "rejects", "checkpoints");
    assertThat(words(drill.printed("event=disk_roomier "), "resumes"))
        .containsExactly("checkpoints", "rejects", "compaction", "reports", "nothing");
  }

  private static List<String> disk(List<String> alerts) {
    return alerts.stream()
        .map(line -> line.replaceFirst(".*ALERT (\\[[A-Z]+] [a-z_]+): .*", "$1"))
        .filter(kind -> kind.contains("disk"))
        .toList();
  }

  private static List<String> words(List<String> lines, String key) {
    return lines.stream().map(l -> l.replaceFirst(".*" + key + "=(\\w+).*", "$1")).toList();
  }
}
