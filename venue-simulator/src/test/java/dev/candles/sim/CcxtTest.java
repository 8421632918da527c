package dev.candles.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A client that is not ours: ccxt, a library of exchanges, is told the truth by every simulated
 * venue. Its program is {@code src/test/ccxt/client.js}; skipped where there is no Node, or no
 * registry to have ccxt from.
 */
class CcxtTest {
  private static final Path PROGRAM = Path.of("src", "test", "ccxt").toAbsolutePath();
  private static final Path INSTALLED = Path.of("target", "ccxt").toAbsolutePath();
  private static final int OLDEST_NODE = 18;

  /** Market time goes from an hour ago on, so that it does not pass the client's own clock. */
  private static final long BEHIND_MS = 3_600_000;

  private static final double SPEED = 20;
  private static final int INSTALL_MINUTES = 4;
  private static final int CLIENT_MINUTES = 2;

  /** How a program ended; empty output if there is none of this name. */
  private record Ended(int code, String output) {}

  @BeforeAll
  static void needsCcxt() throws IOException, InterruptedException {
    String node = run(INSTALLED.getParent(), 1, "node", "--version").output().strip();
    String major = node.replaceFirst("^v(\\d+)\\..*", "$1");
    assumeThat(major).as("Node is not here: node --version says '%s'", node).matches("\\d+");
    assumeThat(Integer.parseInt(major))
        .as("too old: Node %s", node)
        .isGreaterThanOrEqualTo(OLDEST_NODE);
    String wanted = Files.readString(PROGRAM.resolve("package.json"));
    Path mark = INSTALLED.resolve("installed.json");
    if (Files.exists(mark) && Files.readString(mark).equals(wanted)) {
      return;
    }
    Files.createDirectories(INSTALLED);
    Files.writeString(INSTALLED.resolve("package.json"), wanted);
    Ended npm =
        run(
            INSTALLED,
            INSTALL_MINUTES,
            npm(),
            "install",
            "--no-audit",
            "--no-fund",
            "--no-package-lock",
            "--ignore-scripts");
    assumeThat(npm.code()).as("npm cannot install ccxt:%n%s", npm.output()).isZero();
    Files.writeString(mark, wanted);
  }

  private static String npm() {
    return System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";
  }

  private static Ended run(Path folder, int minutes, String... command)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path output = Files.createTempFile(folder, "output", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
        return new Ended(-1, Files.readString(output) + "not done after minutes: " + minutes);
      }
      return new Ended(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      return new Ended(-1, String.valueOf(e.getMessage())); // the program is not there
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static SimulatorConfig config(String venue) {
    return SimulatorConfig.defaults()
        .withVenues(List.of(venue))
        .startingAt(System.currentTimeMillis() - BEHIND_MS, SPEED);
  }

  private static Ended client(String line, String venue, String id, String symbol)
      throws IOException, InterruptedException {
    String program = PROGRAM.resolve("client.js").toString();
    return run(INSTALLED, CLIENT_MINUTES, "node", program, line, venue, id, symbol);
  }

  @ParameterizedTest
  @CsvSource({
    "okx, okx, BTC/USDT, 5",
    "kraken, kraken, BTC/USD, 5",
    "coinbase, coinbaseexchange, BTC/USD, 4"
  })
  void everythingThatCcxtIsToldEqualsTheTruth(String venue, String id, String symbol, int checks)
      throws IOException, InterruptedException {
    try (Simulator simulator = Simulator.start(config(venue))) {
      Ended client = client(simulator.toJson(), venue, id, symbol);

      System.out.println(client.output());
      assertThat(client.code()).as(client.output()).isZero();
      assertThat(client.output().lines())
          .hasSize(checks)
          .allMatch(line -> line.contains(": equal,"));
    }
  }

  /** The program can tell: against the truth about another seed it fails. */
  @Test
  void anotherTruthIsNotEqual() throws IOException, InterruptedException {
    try (Simulator simulator = Simulator.start(config("okx"));
        Simulator other = Simulator.start(config("okx").withSeed(2))) {
      String lie =
          simulator
              .toJson()
              .replace(simulator.truthAddress().toString(), other.truthAddress().toString());
      Ended client = client(lie, "okx", "okx", "BTC/USDT");

      assertThat(client.code()).isEqualTo(1);
      assertThat(client.output()).contains("REST candle ", "told ", "true ");
    }
  }
}
