package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.job.config.CollectorConfig;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.FaultsFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sim --config FILE}: from simulated venues to a collector without typing an address. */
@Timeout(600)
class SimCommandTest {
  private static final Pattern ADDRESS = Pattern.compile("\"((?:ws|http)://127[^\"]+)\"");

  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  @Test
  void theFileIsTheConfigurationOfACollectorOfTheVenuesThatRun() throws Exception {
    Path file = folder.resolve("sim.yaml");
    String line =
        simulate(
            "--venues=okx,kraken", "--speed=60", "--from=2026-01-09T17:20:00Z", "--config=" + file);

    CollectorConfig config = load(file);
    Map<String, List<String>> symbols =
        config.streams().stream()
            .collect(
                Collectors.groupingBy(
                    stream -> stream.venue(),
                    Collectors.mapping(stream -> stream.symbol(), Collectors.toList())));
    assertThat(symbols).containsOnlyKeys("kraken", "okx");
    assertThat(symbols.get("okx")).contains("BTC-USDT", "DOGE-USDT").hasSize(15);
    assertThat(symbols.get("kraken")).contains("BTC-USD").hasSize(15);
    assertThat(line).contains("\"real_ms\":" + config.clock().realMs(), "\"speed\":60.0");
    assertThat(config.clock().speed()).isEqualTo(60);
    assertThat(config.lake().directory())
        .isEqualTo(
            folder
                .toAbsolutePath()
                .normalize()
                .resolve("sim-data-seed1-20260109T172000Z")
                .toString());
    assertThat(Files.readString(file))
        .contains(
            "history: 2026-01-09T11:00:00Z", "checkpoint_interval: 5000ms", "run --config sim.yaml")
        .contains(addresses(line).subList(0, 4));
    assertThat(err.toString()).contains("Wrote " + file, "./candles run --config " + file);
  }

  @Test
  void inRealTimeTheLakeGoesOnFromOneStartToTheNext() throws Exception {
    Path file = folder.resolve("new folder/it's.yaml");
    simulate("--venues=coinbase", "--symbols=BTC-USD", "--seed=7", "--config=" + file);
    String first = load(file).lake().directory();
    String addresses = Files.readString(file);
    simulate("--venues=coinbase", "--symbols=BTC-USD", "--seed=7", "--config=" + file);

    assertThat(load(file).lake().directory()).isEqualTo(first).endsWith("/it's-data-seed7");
    assertThat(load(file).streams()).hasSize(3);
    assertThat(Files.readString(file)).isNotEqualTo(addresses);
    assertThat(file.resolveSibling("").toFile().list()).containsExactly("it's.yaml");
  }

  /** Its rows of minutes without a trade, or none; a hundred rows reach so much further back. */
  @Test
  void okxSendsNoFlatRowsIfToldTo() throws Exception {
    String[] words = {"--venues=okx", "--silence=0.5", "--from=2026-01-09T12:00:00Z"};
    String[] without = {words[0], words[1], words[2], "--no-flat-rows"};

    assertThat(whileSimulating(SimCommandTest::minutesOf100Rows, words)).isEqualTo(99);
    assertThat(whileSimulating(SimCommandTest::minutesOf100Rows, without)).isGreaterThan(120);
  }

  private static long minutesOf100Rows(String line) throws Exception {
    String rest = ADDRESS.matcher(line).results().skip(1).findFirst().orElseThrow().group(1);
    URI page = URI.create(rest + "/api/v5/market/history-candles?instId=BTC-USDT&bar=1m&limit=100");
    String rows =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    long[] times =
        Pattern.compile("\\[\"(\\d{13})\"")
            .matcher(rows)
            .results()
            .mapToLong(row -> Long.parseLong(row.group(1)))
            .toArray();
    assertThat(times).as(rows).hasSize(100);
    return (times[0] - times[99]) / 60_000;
  }

  /** A lake holds one truth. */
  @Test
  void anotherKindOfMarketHasAnotherLake() throws Exception {
    Path file = folder.resolve("sim.yaml");
    Set<String> lakes = new TreeSet<>();
    for (List<String> more :
        List.of(
            List.<String>of(),
            List.of("--silence=0.5"),
            List.of("--silence=0.25"),
            List.of("--trades-per-minute=7"),
            List.of("--listed=2020-01-01"),
            List.of("--tape=okx/BTC-USDT=" + tape(1)),
            List.of("--tape=okx/BTC-USDT=" + tape(2)))) {
      List<String> words =
          new ArrayList<>(
              List.of("--venues=okx", "--from=2026-01-09T12:00:00Z", "--config=" + file));
      words.addAll(more);
      assertThat(lakes.add(lakeOf(file, words))).as("%s has a lake of its own", more).isTrue();
    }
    assertThat(lakes)
        .allMatch(lake -> lake.matches(".*/sim-data-seed1(-[0-9a-f]{8})?-20260109T120000Z"));
  }

  private Path tape(int price) throws IOException {
    long at = Instant.parse("2026-01-09T10:00:00Z").toEpochMilli();
    return Files.writeString(
        folder.resolve("tape" + price + ".csv"),
        "timestamp,open,high,low,close,volume\n" + row(at, price) + row(at + 60_000, price));
  }

  private static String row(long at, int price) {
    return at + ("," + price).repeat(4) + ",1\n";
  }

  private String lakeOf(Path file, List<String> words) throws Exception {
    simulate(words.toArray(new String[0]));
    return load(file).lake().directory();
  }

  @Test
  void aFileOfSomebodyElseIsRefusedBeforeAnythingStarts() throws Exception {
    Path file = Files.writeString(folder.resolve("config.yaml"), "venues: [okx]\n");

    assertThat(candles(new StringWriter(), "--config=" + file)).isEqualTo(2);
    assertThat(err.toString()).contains(file + " is there", "name another file");
    assertThat(candles(new StringWriter(), "--config=" + folder)).isEqualTo(2);
    assertThat(Files.readString(file)).isEqualTo("venues: [okx]\n");
  }

  @Test
  void whatItPrintsIsWhereItListens() throws Exception {
    String line = simulate("--venues=okx", "--bind=127.0.0.2");

    assertThat(addresses(line)).hasSize(3).allMatch(text -> text.contains("://127.0.0.2:"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "8.8.8.8", "2001:db8::1"})
  void anAddressThatTheWorldReachesIsRefused(String address) {
    assertThat(candles(new StringWriter(), "--bind=" + address)).isEqualTo(2);
    assertThat(err.toString()).contains("not an address of a private network");
  }

  @Test
  void aListOfFaultsThatIsWrongIsToldWithFileAndLine() throws Exception {
    Path away =
        Files.writeString(
            folder.resolve("away.yaml"),
            "# away\n- {kind: refuse, venue: okx, at: +1m, rest: true}\n"
                + "- {kind: cut, venue: kraken, at: +1m}\n");

    assertThat(candles(new StringWriter(), "--venues=okx", "--faults=" + away)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "cannot simulate: "
                + away
                + ": line 2, fault 1: rest: true is for kind cut alone: found=refuse; line 3, fault"
                + " 2: venue is not simulated, these are okx: found=kraken\n");
  }

  /** Whoever copies it has a venue that is away, not a message. */
  @Test
  void theExampleOfTheHelpIsAVenueThatIsAwayForFiveMinutes() throws Exception {
    String help = Candles.commandLine().getSubcommands().get("sim").getUsageMessage();
    String example =
        help.lines().filter(l -> l.strip().startsWith("- {kind")).findFirst().orElseThrow();
    assertThat(faults(example))
        .containsExactly(
            Fault.at(FaultKind.CUT, "kraken", 600_000).lasting(Duration.ofMinutes(5)).withRest());
    assertThat(help).contains("--faults away.yaml");
    for (FaultKind kind : FaultKind.values()) {
      assertThat(help).containsPattern("\\b" + kind.label() + "\\b");
    }
    Path away = Files.writeString(folder.resolve("away.yaml"), example + "\n");
    Path file = folder.resolve("sim.yaml");
    assertThat(simulate("--config=" + file, "--faults=" + away)).contains("\"truth\"");
  }

  @Test
  void everyListOfFaultsOfTheDocumentsIsOneAndEveryKindIsThere() throws Exception {
    Path page = Path.of(System.getProperty("repository.root"), "docs", "CONFIGURATION.md");
    String text = Files.readString(page);
    List<String> lists =
        Pattern.compile("(?s)```yaml\n(- \\{kind.*?)```")
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(lists).hasSize(2);
    for (String list : lists) {
      assertThat(faults(list)).isNotEmpty();
    }
    for (FaultKind kind : FaultKind.values()) {
      assertThat(text).containsPattern("\n\\| [^|]*`" + kind.label() + "`");
    }
  }

  @Test
  void theFaultsOfTheSoakAreOnes() throws Exception {
    Path file = Path.of(System.getProperty("repository.root"), "bench", "soak-faults.yaml");
    assertThat(faults(Files.readString(file))).hasSizeGreaterThan(10);
  }

  private static List<Fault> faults(String yaml) throws Exception {
    return FaultsFile.parse("faults.yaml", yaml, 0, Simulator.faultKinds(Simulator.VENUES));
  }

  @Test
  void theVenuesOfTheCommandAreThoseOfTheSimulator() {
    assertThat(SimulatorConfig.defaults().venues()).containsExactly("coinbase", "kraken", "okx");
  }

  @Test
  void aClockThatNoCollectorTakesIsRefused() {
    Path file = folder.resolve("sim.yaml");

    assertThat(candles(new StringWriter(), "--speed=20000", "--config=" + file)).isEqualTo(2);
    assertThat(err.toString()).contains("clock.speed: found '20000.0'");
  }

  private interface Asked<T> {
    T of(String line) throws Exception;
  }

  /** What one start says; it is stopped afterwards. */
  private String simulate(String... words) throws Exception {
    return whileSimulating(line -> line, words);
  }

  private <T> T whileSimulating(Asked<T> asked, String... words) throws Exception {
    try (PipedWriter out = new PipedWriter();
        BufferedReader lines = new BufferedReader(new PipedReader(out))) {
      Thread command = new Thread(() -> closing(out, words));
      command.start();
      String line = lines.readLine();
      assertThat(line).as("%s", err).isNotNull();
      try {
        return asked.of(line);
      } finally {
        command.interrupt();
        command.join();
      }
    }
  }

  /** Who reads what it prints waits for ever where it refuses and the end stays open. */
  private void closing(Writer out, String... words) {
    try (out) {
      candles(out, words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> addresses(String line) {
    Matcher matcher = ADDRESS.matcher(line);
    return matcher.results().map(found -> found.group(1)).toList();
  }

  private CollectorConfig load(Path file) throws Exception {
    return ConfigFile.load(file, null, new PrintWriter(Writer.nullWriter()));
  }

  private int candles(Writer out, String... words) {
    String[] args = new String[words.length + 1];
    args[0] = "sim";
    System.arraycopy(words, 0, args, 1, words.length);
    return Candles.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
