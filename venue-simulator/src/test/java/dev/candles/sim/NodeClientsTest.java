package dev.candles.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clients that are not ours, made for the real venues, are told the truth by every simulated one.
 * Their programs and versions are in {@code src/test/clients}; skipped where there is no Node, or
 * no registry to have them from.
 */
@Execution(ExecutionMode.CONCURRENT)
class NodeClientsTest {
  private static final Path PROGRAMS = Path.of("src", "test", "clients").toAbsolutePath();
  private static final Path INSTALLED = Path.of("target", "clients").toAbsolutePath();
  private static final int OLDEST_NODE = 20;

  /** Market time goes from an hour ago on, so that it does not pass the client's own clock. */
  private static final long BEHIND_MS = 3_600_000;

  private static final double SPEED = 20;
  private static final int INSTALL_MINUTES = 4;
  private static final int CLIENT_MINUTES = 4;

  /** How a program ended; its output says why if it could not begin. */
  private record Ended(int code, String output) {}

  @BeforeAll
  static void needsNodeAndTheClients() throws IOException, InterruptedException {
    String node = run(INSTALLED.getParent(), 1, "node", "--version").output().strip();
    String major = node.replaceFirst("^v(\\d+)\\..*", "$1");
    assumeThat(major).as("Node is not here: node --version says '%s'", node).matches("\\d+");
    assumeThat(Integer.parseInt(major))
        .as("too old: Node %s", node)
        .isGreaterThanOrEqualTo(OLDEST_NODE);
    String wanted = Files.readString(PROGRAMS.resolve("package.json"));
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
    assumeThat(npm.code()).as("npm cannot install the clients:%n%s", npm.output()).isZero();
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

  private static Ended client(String line, String program, String venue, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("node", PROGRAMS.resolve(program + ".js").toString(), line, venue));
    command.addAll(List.of(words));
    return run(INSTALLED, CLIENT_MINUTES, command.toArray(String[]::new));
  }

  /** The last number says how many kinds of calls are compared. */
  @ParameterizedTest
  @CsvSource({
    "ccxt, okx, BTC-USDT, okx, 7",
    "ccxt, kraken, BTC-USD, kraken, 8",
    "ccxt, coinbase, BTC-USD, coinbaseexchange, 7",
    "node-kraken-api, kraken, BTC-USD, '', 11",
    "coinbase-api, coinbase, BTC-USD, '', 8",
    "okx-api, okx, BTC-USDT, '', 10"
  })
  void everythingThatTheClientIsToldEqualsTheTruth(
      String program, String venue, String symbol, String id, int calls)
      throws IOException, InterruptedException {
    try (Simulator simulator = Simulator.start(config(venue))) {
      Ended client = client(simulator.toJson(), program, venue, symbol, id);

      System.out.println(program + " at " + venue + ":\n" + client.output());
      assertThat(client.code()).as(client.output()).isZero();
      assertThat(client.output().lines().filter(line -> line.contains(": equal,"))).hasSize(calls);
    }
  }

  /** The programs can tell: against the truth about another seed they fail. */
  @ParameterizedTest
  @CsvSource({
    "ccxt, okx, BTC-USDT, okx",
    "node-kraken-api, kraken, BTC-USD, ''",
    "coinbase-api, coinbase, BTC-USD, ''",
    "okx-api, okx, BTC-USDT, ''"
  })
  void anotherTruthIsNotEqual(String program, String venue, String symbol, String id)
      throws IOException, InterruptedException {
    try (Simulator simulator = Simulator.start(config(venue));
        Simulator other = Simulator.start(config(venue).withSeed(2))) {
      String lie =
          simulator
              .toJson()
              .replace(simulator.truthAddress().toString(), other.truthAddress().toString());
      Ended client = client(lie, program, venue, symbol, id);

      assertThat(client.code()).isEqualTo(1);
      assertThat(client.output()).contains("was never paid");
    }
  }
}
