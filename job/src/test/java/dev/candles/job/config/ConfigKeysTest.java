package dev.candles.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.candles.core.health.HealthRules;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.Venues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/CONFIGURATION.md and the default file say what the keys are. */
class ConfigKeysTest {
  private static final Path PAGE =
      Path.of(System.getProperty("repository.root", ".."), "docs", "CONFIGURATION.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([^`|]+)`[^|]* \\| ([^|]+) \\| ([^|]+) \\| [^|]+ \\|");
  private static final String VENUE = "venues[].";
  private static final String LIMIT = "venues[].limits.";
  private static final String BUDGET = "venues[].limits.<budget>";

  /** Keys whose default stands in no first file: a cluster's, simulations', and who is told. */
  private static final List<String> NOT_FOR_A_START = List.of("checkpoint_dir", "alerts", "clock");

  private record Row(String values, String byDefault) {}

  private static Map<String, Row> rows() throws IOException {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(row.group(1), new Row(plain(row.group(2)), plain(row.group(3))));
      }
    }
    return rows;
  }

  private static String plain(String cell) {
    return cell.replace("`", "").strip();
  }

  private static Map<String, Key> keys() {
    Map<String, Key> keys = new LinkedHashMap<>();
    ConfigParser.keys().forEach(key -> keys.put(key.name(), key));
    VenueParser.KEYS.forEach(key -> keys.put(VENUE + key.name(), key));
    VenueLimits.KEYS.forEach(key -> keys.put(LIMIT + key.name(), key));
    DiskConfig.PARTS.forEach(key -> keys.put("disk." + key.name(), key));
    QualityConfig.PARTS.forEach(key -> keys.put("qa." + key.name(), key));
    HealthConfig.PARTS.forEach(key -> keys.put("health." + key.name(), key));
    AlertConfig.PARTS.forEach(key -> keys.put("alerts." + key.name(), key));
    AlertConfig.OF_WEBHOOK.forEach(key -> keys.put("alerts.webhooks[]." + key.name(), key));
    keys.remove(VENUE + "key"); // stands beside name
    keys.remove(VENUE + "limits"); // has a row for each of its keys
    return keys;
  }

  @Test
  void thePageHasARowForEveryKeyAndNoOther() throws IOException {
    assertThat(rows().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(keys().keySet().stream(), Stream.of(BUDGET)).toList());
  }

  @Test
  void thePageSaysWhatAKeyMayBeAndWhatHoldsWithoutIt() throws IOException {
    Map<String, Row> rows = rows();

    assertThat(keys())
        .allSatisfy(
            (name, key) -> {
              assertThat(rows.get(name).values()).as(name).startsWith(key.values());
              assertThat(rows.get(name).byDefault()).as(name).isEqualTo(key.byDefault());
            });
  }

  @Test
  void theFirstFileShowsEveryKeyThatAStartMayNeedWithItsDefault() {
    assertThat(ConfigParser.keys())
        .filteredOn(key -> !NOT_FOR_A_START.contains(key.name()))
        .allSatisfy(
            key ->
                assertThat(DefaultConfig.text())
                    .containsPattern("(?m)^(# )?" + key.name() + ":" + shown(key)));
  }

  private static String shown(Key key) {
    boolean own = List.of("venues", "symbols").contains(key.name());
    String value = key.name().equals("timeframes") ? "[1m, 5m, 1h]" : key.byDefault();
    return own ? "" : " " + Pattern.quote(value) + "$";
  }

  static Stream<Setting<Duration>> durations() {
    return Stream.of(
        CheckpointConfig.INTERVAL, CompactionConfig.INTERVAL, CompactionConfig.KEPT_REJECTS);
  }

  @ParameterizedTest
  @MethodSource("durations")
  void aDurationMayBeItsLeastAndItsMostAndNoMore(Setting<Duration> setting) throws Exception {
    String[] bounds = setting.key().values().split(" to ");
    Duration most = Durations.parse(bounds[1]).orElseThrow();
    String key = setting.key().name() + ": ";

    assertThat(setting.byDefault()).hasValue(Durations.parse(setting.key().byDefault()).get());
    parse(key + bounds[0]);
    parse(key + bounds[1]);
    assertThat(problems(key + Durations.text(most.plusMillis(1))))
        .containsExactly(
            "line 3: %sfound '%s', expected %s from %s"
                .formatted(
                    key,
                    Durations.text(most.plusMillis(1)),
                    Durations.FORM,
                    setting.key().values()));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "65535, 65535", "off, -1"})
  void thePageHasAPortOrIsOff(String text, int port) throws Exception {
    assertThat(parse("page_port: " + text).webUi().pagePort()).isEqualTo(port);
    assertThat(problems("page_port: 65536"))
        .containsExactly(
            "line 3: page_port: found '65536', expected a port from 0 to 65535, or off");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "9249, 9249", "off, -1"})
  void theMetricsHaveAPortOrNone(String text, int port) throws Exception {
    assertThat(parse("prometheus_port: " + text).webUi().prometheusPort()).isEqualTo(port);
    assertThat(problems("prometheus_port: 65536"))
        .containsExactly(
            "line 3: prometheus_port: found '65536', expected a port from 0 to 65535, or off");
    assertThat(problems("prometheus_port: 8082"))
        .containsExactly(
            "line 3: prometheus_port: found '8082', expected another port than page_port has");
    assertThat(problems("prometheus_port: 8081"))
        .containsExactly(
            "line 3: prometheus_port: found '8081', expected another port than ui_port has");
  }

  /** Also where one of them is what is taken by default. */
  @Test
  void thePageAndTheWebUiHaveTwoPorts() throws Exception {
    assertThat(problems("ui_port: 8082"))
        .containsExactly("line 3: ui_port: found '8082', expected another port than page_port has");
    assertThat(problems("page_port: 8081"))
        .containsExactly("line 3: page_port: found '8081', expected another port than ui_port has");
    assertThat(problems("ui_port: 9000\npage_port: 9000"))
        .containsExactly("line 4: page_port: found '9000', expected another port than ui_port has");
    assertThat(parse("ui_port: 0\npage_port: 0").webUi().pagePort()).isZero();
    assertThat(parse("ui_port: 8082\npage_port: off").webUi().port()).isEqualTo(8082);
  }

  @ParameterizedTest
  @CsvSource({"keep_savepoints, 1, 1000", "ui_port, 0, 65535"})
  void aNumberMayBeItsLeastAndItsMostAndNoMore(String key, int least, int most) throws Exception {
    parse(key + ": " + least);
    parse(key + ": " + most);
    for (int wrong : List.of(least - 1, most + 1)) {
      assertThat(problems(key + ": " + wrong))
          .containsExactly(
              "line 3: %s: found '%d', expected a whole number from %d to %d"
                  .formatted(key, wrong, least, most));
    }
  }

  @Test
  void theDefaultsOfAConcernAreThoseOfAConfigurationThatSaysNothing() throws Exception {
    CollectorConfig config = parse("");

    assertThat(config.checkpoints()).isEqualTo(CheckpointConfig.defaults());
    assertThat(config.compaction()).isEqualTo(CompactionConfig.defaults());
    assertThat(config.health().rules()).isEqualTo(HealthRules.RUNBOOK);
    assertThat(config.alerts()).isEqualTo(AlertConfig.none());
  }

  private static final String START = "venues: [okx]\nsymbols: [BTC-USDT]\n";

  private static CollectorConfig parse(String line) throws ConfigException {
    Map<String, VenueProfile> profiles = new TreeMap<>();
    Venues.names().forEach(name -> profiles.put(name, Venues.byName(name).orElseThrow().profile()));
    return new ConfigParser(profiles, () -> 0).parse("x", START + line, Path.of("/"));
  }

  private static List<String> problems(String line) {
    return catchThrowableOfType(ConfigException.class, () -> parse(line)).problems();
  }
}
