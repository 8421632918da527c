package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.demo.SmallDisk;
import dev.candles.core.time.MarketClock;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.HolderName;
import dev.candles.lake.state.LakeLease;
import dev.candles.lake.state.LakeLock;
import dev.candles.lake.state.StateFiles;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --check} against simulated venues: what a start would find, and nothing else. */
class RunCheckTest {
  private static final long OFF_MS = 180_000;

  @TempDir private Path folder;

  private Commands.Result check(String... lines) throws IOException {
    Path file = folder.resolve("sim.yaml");
    Files.writeString(file, String.join("\n", lines) + "\nui_port: 0\n");
    Commands.Result result = Commands.run("run", "--check", "--config", file.toString());
    assertThat(folder.toFile().list()).as("nothing is made").containsExactly("sim.yaml");
    return result;
  }

  private static Simulator simulate(MarketClock clock, String... venues) throws IOException {
    return Simulator.start(SimulatorConfig.defaults().withVenues(List.of(venues)).withClock(clock));
  }

  private static String venue(Simulator simulator, String name, String symbols) {
    return "  - {name: %s, symbols: [%s], ws_url: '%s', rest_url: '%s'}"
        .formatted(name, symbols, simulator.ws(name), simulator.rest(name));
  }

  @Test
  void whatIsRightIsSaidOfEachVenue() throws Exception {
    try (Simulator sim = simulate(MarketClock.real(), "kraken", "okx")) {
      Commands.Result said =
          check(
              "venues:",
              venue(sim, "kraken", "BTC-USD, ETH-USD"),
              venue(sim, "okx", "BTC-USDT"),
              "history: 30d");

      assertThat(said.code()).as(said.out() + said.err()).isZero();
      assertThat(said.out())
          .contains("✓ streams: 9 (3 markets × 3 timeframes)", "✓ history: from 20")
          .containsPattern("✓ lake \\S+/data: can be written, [0-9]+ [GM]B of [0-9]+ [GM]B free")
          .contains(
              "✓ files: up to 5,256 a day before they are merged, with a checkpoint every 30s\n")
          .contains(
              "✓ no collector has the lake", "✓ web UI: any port that is free, as ui_port is 0")
          .contains(
              "✓ kraken: lists 2 of 2 configured symbols among ",
              "; 1m 5m 1h; older than 600 minutes")
          .contains("✓ okx: lists 1 of 1 configured symbols among ")
          .containsPattern("✓ kraken: feed ws://\\S+ takes a subscription to BTC-USD\n")
          .containsPattern("✓ okx: feed ws://\\S+ takes a subscription to BTC-USDT\n")
          .containsSubsequence("– is worth knowing", "asking kraken, okx: ", "kraken", "okx: ")
          .endsWith("✓ Nothing is wrong: ./candles run would collect\n")
          .doesNotContain("\n  ✗");
    }
  }

  @Test
  void everyProblemIsSaidAndNoneHidesAnother() throws Exception {
    long nowMs = System.currentTimeMillis();
    try (Simulator sim = simulate(new MarketClock(nowMs, nowMs + OFF_MS, 1), "okx");
        Socket silent = new Socket()) { // bound, so that nobody can listen there meanwhile
      silent.bind(new InetSocketAddress("127.0.0.1", 0));
      int port = silent.getLocalPort();
      Commands.Result said =
          check(
              "venues:",
              "  - {name: coinbase, symbols: [BTC-USD], ws_url: 'ws://127.0.0.1:"
                  + port
                  + "', rest_url: 'http://127.0.0.1:"
                  + port
                  + "'}",
              venue(sim, "okx", "BTC-USDT, ETH-USTD"));

      assertThat(said.code()).isEqualTo(2);
      assertThat(said.out())
          .contains("✗ coinbase: its catalogue cannot be had from http://127.0.0.1:" + port)
          .contains(": cannot connect\n", "✗ coinbase: feed ws://127.0.0.1:" + port)
          .doesNotContain("Exception")
          .contains("✗ okx: does not list ETH-USTD; nearest: ETH-USDT")
          .contains("✓ okx: lists 1 of 2 configured symbols")
          .containsPattern("✗ okx, clock of this machine off: okx is 1(7\\d|80) s ahead of it")
          .endsWith("✗ 4 problems; see above\n");
    }
  }

  @Test
  void aPortInUseIsAProblemUnlessACollectorHasTheLake() throws Exception {
    Path file = folder.resolve("c.yaml");
    try (Simulator sim = simulate(MarketClock.real(), "okx");
        Simulator another = simulate(MarketClock.real(), "okx"); // which counts links of its own
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "\nui_port: %d\n".formatted(taken.getLocalPort());
      Files.writeString(file, "venues:\n" + venue(sim, "okx", "BTC-USDT") + port);
      Commands.Result free = Commands.run("run", "--check", "--config", file.toString());
      assertThat(free.code()).isEqualTo(2);
      assertThat(free.out())
          .contains(
              "✗ port " + taken.getLocalPort() + " of the web UI is in use on 127.0.0.1; set");

      try (var lock = new LakeLock(folder.resolve("data").toString()).acquire()) {
        StateFiles state = new StateFiles(new LakeLayout(folder.resolve("data")));
        for (int other : new int[] {0, 1}) { // none noted, and another
          if (other > 0) {
            state.webUi(other);
          }
          assertThat(Commands.run("run", "--check", "--config", file.toString()).out())
              .contains("✗ port " + taken.getLocalPort() + " of the web UI is in use");
        }
        state.webUi(taken.getLocalPort());
        Files.writeString(file, "venues:\n" + venue(another, "okx", "BTC-USDT") + port);
        Commands.Result held = Commands.run("run", "--check", "--config", file.toString());
        assertThat(held.code()).as(held.out()).isZero();
        assertThat(held.out())
            .contains("– lake has a writer already: holder=pid=" + ProcessHandle.current().pid())
            .contains("– port " + taken.getLocalPort() + " of the web UI is that of the collector")
            .endsWith(
                "✓ Nothing is wrong: ./candles run would collect once the writer has stopped\n");
      }
    }
  }

  /** Without its page a collector collects all the same. */
  @Test
  void thePortOfThePageIsLookedAtTooAndIsNoProblem() throws Exception {
    Path file = folder.resolve("c.yaml");
    try (Simulator sim = simulate(MarketClock.real(), "okx");
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      String of = "port " + port + " of the page ";
      String start = "venues:\n" + venue(sim, "okx", "BTC-USDT") + "\nui_port: 0\npage_port: ";
      Files.writeString(file, start + port);
      Commands.Result said = Commands.run("run", "--check", "--config", file.toString());
      assertThat(said.code()).as(said.out()).isZero();
      assertThat(said.out())
          .contains("– " + of + "is in use on 127.0.0.1; a start would go on without");
      try (var lock = new LakeLock(folder.resolve("data").toString()).acquire()) {
        new StateFiles(new LakeLayout(folder.resolve("data"))).webUi(1);
        Files.writeString(file, start.replace("ui_port: 0", "ui_port: 1") + port);
        assertThat(Commands.run("run", "--check", "--config", file.toString()).out())
            .contains("– " + of + "is in use on 127.0.0.1, by the collector as it seems");
      }
      taken.close();
      Files.writeString(file, start + port);
      assertThat(Commands.run("run", "--check", "--config", file.toString()).out())
          .contains("✓ " + of + "is free");
      Files.writeString(file, start + "off");
      assertThat(Commands.run("run", "--check", "--config", file.toString()).out())
          .contains("✓ no page to be served: page_port is off", "✓ no metrics to be served");
    }
  }

  /** One on a cluster, or on another machine, has only the lease. */
  @Test
  void aJobThatGivesSignsOfLifeIsAWriter() throws Exception {
    Path file = folder.resolve("c.yaml");
    Path data = folder.resolve("data");
    LakeLease lease = new LakeLease(data, System::nanoTime, System::currentTimeMillis);
    try (Simulator sim = simulate(MarketClock.real(), "okx");
        var held = lease.take("job-1", false, why -> {})) {
      Files.writeString(file, "venues:\n" + venue(sim, "okx", "BTC-USDT") + "\nui_port: 0\n");
      assertThat(Commands.run("run", "--check", "--config", file.toString()).out())
          .contains("– lake has a writer already: another job writes into this lake")
          .endsWith(" once the writer has stopped\n");
    }
  }

  @Test
  void aStreamThatIsHalfForgottenIsCollectedByNobody() throws Exception {
    Path file = folder.resolve("c.yaml");
    Path note = folder.resolve("data/.state/forget.json");
    Files.createDirectories(note.resolveSibling(""));
    Files.writeString(
        note,
        "{\"format\":\"candles-forget-1\",\"to\":\"2026-02-01-1\",\"streams\":[\"okx/BTC-USDT/1m\"]}");
    String told = "the forgetting of okx/BTC-USDT/1m was begun and not finished";
    try (Simulator sim = simulate(MarketClock.real(), "okx")) {
      Files.writeString(file, "venues:\n" + venue(sim, "okx", "BTC-USDT") + "\nui_port: 0\n");
      Commands.Result said = Commands.run("run", "--check", "--config", file.toString());
      assertThat(said.out()).contains("✗ " + told).endsWith("✗ 1 problem; see above\n");
    }
    Commands.Result refused = Commands.run("run", "--config", file.toString());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .startsWith(told)
        .contains("./candles forget --config ", " okx/BTC-USDT/1m --yes");
    Files.createDirectories(folder.resolve("data/candles"));
    assertThat(Commands.run("status", "--config", file.toString()).out())
        .contains("TO DO       " + told);
    assertThat(Commands.run("status", "--json", "--config", file.toString()).out())
        .contains("{\"level\":\"ACT\",\"what\":\"" + told);
    Path report = folder.resolve("r.json");
    assertThat(Commands.run("qa", "--config", file.toString(), "--report", report.toString()).out())
        .contains("WARNING: " + told);
  }

  @Test
  void whatCannotBeRestoredIsAProblem() throws Exception {
    Path file = folder.resolve("c.yaml");
    try (Simulator sim = simulate(MarketClock.real(), "okx")) {
      Files.writeString(file, "venues:\n" + venue(sim, "okx", "BTC-USDT") + "\nui_port: 0\n");
      String[] check = {"run", "--check", "--config", file.toString(), "--restore"};
      Commands.Result said = restoring(check, folder.toString());
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.out())
          .contains("✗ no checkpoint or savepoint, it has no _metadata: " + folder)
          .endsWith("✗ 1 problem; see above\n");
      Commands.Result none = restoring(check, "none");
      assertThat(none.code()).isZero();
      assertThat(none.out()).contains("✓ starts without state\n").doesNotContain("restored");
    }
  }

  private static Commands.Result restoring(String[] check, String what) {
    String[] words = Arrays.copyOf(check, check.length + 1);
    words[check.length] = what;
    return Commands.run(words);
  }

  /** A name in a lock that nobody holds any more tells of nobody. */
  @Test
  void aDeadHolderIsNone() throws Exception {
    Path lock = folder.resolve("data/.state/lock");
    Files.createDirectories(lock.resolveSibling(""));
    String host = HolderName.host();
    long dead = new ProcessBuilder("true").start().onExit().get().pid();
    Files.writeString(lock, "pid=" + dead + " host=" + host + " started=x command=y");
    LakeLock lake = new LakeLock(folder.resolve("data").toString());
    assertThat(lake.holder()).isPresent();
    assertThat(lake.liveHolder()).isEmpty();
    String mine = "pid=" + ProcessHandle.current().pid() + " host=" + host + " started=";
    Files.writeString(lock, mine + "2001-01-01T00:00:00Z command=y");
    assertThat(lake.liveHolder()).as("another process has its id now").isEmpty();
    Files.writeString(lock, mine + "unknown command=y");
    assertThat(lake.liveHolder()).isPresent();
    Files.writeString(lock, mine.replace(host, "elsewhere") + "unknown command=y");
    assertThat(lake.liveHolder()).as("nobody can tell; its lease does").isEmpty();
  }

  @Test
  void theDiskIsJudgedAsACollectorThatStartsWould() throws Exception {
    Path file = folder.resolve("c.yaml");
    Path data = Files.createDirectories(folder.resolve("data"));
    try (Simulator sim = simulate(MarketClock.real(), "okx");
        SmallDisk disk = SmallDisk.mount(data, 64 << 10)) {
      Files.writeString(
          file,
          "venues:\n" + venue(sim, "okx", "BTC-USDT") + "\nui_port: 0\ndisk: {reserve_mb: 4}\n");
      String[] check = {"run", "--check", "--config", file.toString()};
      disk.leave(30_500_000);
      assertThat(Commands.run(check).out()).contains("✓ lake " + data + ": can be written, 30 MB");
      disk.leave(15_500_000);
      Commands.Result low = Commands.run(check);
      assertThat(low.code()).as(low.out()).isZero();
      assertThat(low.out()).contains("– lake " + data, "its disk is nearly full: 15 MB of 67 MB");
      disk.leave(3_500_000);
      Commands.Result full = Commands.run(check);
      assertThat(full.code()).isEqualTo(2);
      assertThat(full.out())
          .contains("✗ lake " + data)
          .containsPattern("its disk is full: 3\\d{3} kB of 67 MB free, no checkpoint")
          .endsWith("✗ 1 problem; see above\n");
    }
  }

  @Test
  void noConfigurationIsWrittenByALook() {
    Path file = folder.resolve("config.yaml");
    Commands.Result said = Commands.run("run", "--check", "--config", file.toString());
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).startsWith("no configuration at " + file);
    assertThat(folder).isEmptyDirectory();
  }
}
