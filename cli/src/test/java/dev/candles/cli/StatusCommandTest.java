package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.candles.cli.demo.Demo;
import dev.candles.cli.demo.FollowUp;
import dev.candles.cli.demo.SimulatedConfig;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LakeLock;
import dev.candles.lake.state.StateFiles;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What {@code status} does besides what it shows. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class StatusCommandTest {
  private static final int NOT_RUNNING = 4;

  @TempDir private Path folder;

  /** Without the option it would have ended with what it saw. */
  @Test
  void watchingGoesOnUntilItIsTold() throws Exception {
    Files.createDirectories(folder.resolve("candles"));
    AtomicInteger code = new AtomicInteger(-1);
    try (PipedReader pages = new PipedReader();
        PrintWriter out = new PrintWriter(new PipedWriter(pages));
        Scanner lines = new Scanner(pages)) {
      Thread watch = new Thread(() -> code.set(status(out, "status", "--watch")));
      watch.start();
      assertThat(lines.findWithinHorizon("No open gaps", 0)).isNotNull();
      watch.interrupt();
      watch.join();
    }
    assertThat(code).doesNotHaveValue(NOT_RUNNING).doesNotHaveValue(-1);
    assertThat(Commands.run("status", "--data-dir", folder.toString()).code())
        .isEqualTo(NOT_RUNNING)
        .isEqualTo(FollowUp.STATUS.code());
  }

  /**
   * It noted a port, died, and somebody else has that now: or nobody would be told that it died.
   */
  @Test
  void anotherProgramAtThePortOfADeadCollectorIsNoCollector() throws Exception {
    Files.createDirectories(folder.resolve("candles"));
    StateFiles state = new StateFiles(new LakeLayout(folder));
    Files.createDirectories(state.folder());
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    other.start();
    try {
      int port = other.getAddress().getPort();
      state.webUi(port);
      String lake = folder.toString();
      Commands.Result said = Commands.run("status", "--data-dir", lake);
      assertThat(said.code()).as(said.out() + said.err()).isEqualTo(NOT_RUNNING);
      assertThat(said.out()).contains("NOT RUNNING").doesNotContain("does not answer");
      try (var held = new LakeLock(lake).acquire()) {
        assertThat(Commands.run("status", "--data-dir", lake).out())
            .contains("127.0.0.1:" + port + " does not answer", "holder=pid=");
      }
      String named = "127.0.0.1:" + port;
      assertThat(Commands.run("status", "--data-dir", lake, "--target", named).code())
          .as("whoever names it knows that a cluster is there")
          .isEqualTo(1);
    } finally {
      other.stop(0);
    }
  }

  /** A proxy that is down after a reboot, a simulator in real time that is started again. */
  @Test
  void venuesOfThisMachineThatAreDownAreAskedAgain() throws Exception {
    Path mine = writeDown("config.yaml", "");
    assertThat(statusOf(mine)).contains("TO DO       no collector runs", "Data lost   not yet");
    Path simulated = writeDown("sim.yaml", SimulatedConfig.MARK + "\n");
    assertThat(statusOf(simulated))
        .contains("TO DO       no collector runs", "Data lost   not yet")
        .doesNotContain("over: never");
    Path inLake =
        writeDown(
            ".demo.yaml",
            "clock: {real_ms: 1780000000000, market_ms: 1780000000000, speed: 60.0}\n");
    assertThat(statusOf(inLake)).as("by hand").contains("TO DO       no collector runs");
  }

  /** Another simulation begins at another time, and makes a lake of its own. */
  @Test
  void whatASimulatedClockHadIsOver() throws Exception {
    String clock = "clock: {real_ms: 1780000000000, market_ms: 1780000000000, speed: 60.0}\n";
    assertThat(statusOf(writeDown("sim.yaml", SimulatedConfig.MARK + "\n" + clock)))
        .contains("Data lost   no\n", "the simulated venues of this lake are gone");
  }

  @Test
  void aDemoThatHasEndedIsOverWhicheverWayItsLakeIsNamed() throws Exception {
    Path lake = folder.resolve("lake");
    Files.createDirectories(Demo.configuration(lake).getParent());
    Path config = writeDown("lake/.demo/config.yaml", "");
    assertThat(statusOf(config)).contains("the simulated venues of this lake are gone");
    assertThat(Commands.run("status", "--data-dir", lake.toString()).out())
        .contains("the simulated venues of this lake are gone");
  }

  private static String statusOf(Path config) {
    return Commands.run("status", "--config", config.toString()).out();
  }

  /** A configuration of the lake {@code lake}, whose venue nobody serves. */
  private Path writeDown(String name, String begin) throws IOException {
    Files.createDirectories(folder.resolve("lake/candles"));
    int port = FreePort.any();
    return Files.writeString(
        folder.resolve(name),
        String.format(
            Locale.ROOT,
            "%svenues: [{name: okx, symbols: [BTC-USDT], ws_url: 'ws://127.0.0.1:%d', rest_url:"
                + " 'http://127.0.0.1:%d'}]%ndata_dir: '%s'%n",
            begin,
            port,
            port,
            folder.resolve("lake")));
  }

  private int status(PrintWriter out, String... words) {
    return Candles.commandLine()
        .setOut(out)
        .setErr(new PrintWriter(PrintWriter.nullWriter()))
        .execute(words[0], words[1], "--data-dir", folder.toString());
  }
}
