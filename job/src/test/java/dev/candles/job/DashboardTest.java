package dev.candles.job;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.candles.sources.metrics.CollectorMetric;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What Prometheus and Grafana are given, as far as can be told without them. */
class DashboardTest {
  private static final Path DEPLOYED =
      Path.of(System.getProperty("repository.root", ".."), "deploy", "compose");

  private static final Path TRIED =
      DEPLOYED.resolve("../../job/src/test/resources/alerts-test.yml");

  /** Columns of a dashboard. */
  private static final int WIDTH = 24;

  private static Map<?, ?> read(String file) throws IOException {
    return (Map<?, ?>)
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(DEPLOYED.resolve(file)));
  }

  private static List<Map<?, ?>> maps(Object list) {
    List<Map<?, ?>> maps = new ArrayList<>();
    ((List<?>) list).forEach(each -> maps.add((Map<?, ?>) each));
    return maps;
  }

  private static int number(Map<?, ?> map, String key) {
    return ((Number) map.get(key)).intValue();
  }

  @Test
  void panelsHaveNumbersOfTheirOwnAndPlacesOfTheirOwn() throws Exception {
    Set<Integer> numbers = new HashSet<>();
    Set<String> cells = new HashSet<>();
    for (Map<?, ?> panel : maps(read("grafana/candles.json").get("panels"))) {
      Map<?, ?> place = (Map<?, ?>) panel.get("gridPos");
      String title = String.valueOf(panel.get("title"));
      assertThat(numbers.add(number(panel, "id"))).as(title).isTrue();
      assertThat(number(place, "x") + number(place, "w")).as(title).isLessThanOrEqualTo(WIDTH);
      for (int x = 0; x < number(place, "w"); x++) {
        for (int y = 0; y < number(place, "h"); y++) {
          String cell = (number(place, "x") + x) + " " + (number(place, "y") + y);
          assertThat(cells.add(cell)).as(title + " covers another one").isTrue();
        }
      }
    }
    assertThat(numbers).hasSizeGreaterThan(10);
  }

  @Test
  void everyPanelAsksTheSourceThatIsProvisioned() throws Exception {
    Object source = maps(read("grafana/datasources.yml").get("datasources")).get(0).get("uid");
    for (Map<?, ?> panel : maps(read("grafana/candles.json").get("panels"))) {
      List<Map<?, ?>> targets = maps(panel.get("targets"));
      assertThat(targets).as(String.valueOf(panel.get("title"))).isNotEmpty();
      for (Map<?, ?> asking : targets) {
        assertThat(((Map<?, ?>) asking.get("datasource")).get("uid")).isEqualTo(source);
        assertThat(String.valueOf(asking.get("expr"))).isNotBlank();
      }
    }
  }

  /** With the name in backticks, as the tables have it. */
  @ParameterizedTest
  @EnumSource
  void isOnThePageOfMonitoring(CollectorMetric metric) throws Exception {
    Path page = Path.of(System.getProperty("repository.root", ".."), "docs", "MONITORING.md");
    assertThat(Files.readString(page)).contains("`" + metric.label() + "`");
  }

  @Test
  void everyAlertSaysHowBadItIsAndWhatIsWrong() throws Exception {
    Set<Object> names = new HashSet<>();
    for (Map<?, ?> rule : maps(maps(read("alerts.yml").get("groups")).get(0).get("rules"))) {
      Object name = rule.get("alert");
      assertThat(names.add(name)).as("twice: " + name).isTrue();
      assertThat(((Map<?, ?>) rule.get("labels")).get("severity")).isIn("warning", "critical");
      assertThat(String.valueOf(((Map<?, ?>) rule.get("annotations")).get("summary"))).isNotBlank();
    }
    assertThat(names).hasSizeGreaterThan(8);
  }

  /** It may be an hour: a fixed age would be late at each, or never. */
  @Test
  void howOldACheckpointMayBeFollowsTheInterval() throws Exception {
    String interval = CollectorMetric.CHECKPOINT_INTERVAL_MS.prometheusEnd();
    List<Map<?, ?>> rules =
        maps(maps(read("alerts.yml").get("groups")).get(0).get("rules")).stream()
            .filter(rule -> String.valueOf(rule.get("expr")).matches("(?s).*(?i)checkpoint.*"))
            .toList();
    assertThat(rules).hasSize(2);
    assertThat(rules).allSatisfy(r -> assertThat((String) r.get("expr")).contains(interval));
    List<Map<?, ?>> ages =
        maps(read("grafana/candles.json").get("panels")).stream()
            .filter(panel -> panel.get("title").equals("Last checkpoint"))
            .flatMap(panel -> maps(panel.get("targets")).stream())
            .toList();
    assertThat(ages).isNotEmpty();
    assertThat(ages).allSatisfy(a -> assertThat((String) a.get("expr")).contains(interval));
  }

  /** A reader without a connection reports 0, which is more than a clock that is ahead. */
  @Test
  void theClockThatIsFurthestOffIsShown() throws Exception {
    String offset = CollectorMetric.CLOCK_OFFSET_MS.prometheusEnd();
    List<String> shown =
        maps(read("grafana/candles.json").get("panels")).stream()
            .flatMap(panel -> maps(panel.get("targets")).stream())
            .map(asking -> String.valueOf(asking.get("expr")))
            .filter(expression -> expression.contains(offset))
            .map(expression -> expression.replaceAll("\\{[^}]*}", ""))
            .toList();
    assertThat(shown)
        .singleElement(as(STRING))
        .matches(
            "max by \\(venue\\) (\\(\\w+\\)) > -min by \\(venue\\) \\1 or min by \\(venue\\) \\1");
    String tried = Files.readString(TRIED).replaceAll("\\n +", " ");
    assertThat(tried).as("what promtool tries").contains(shown.get(0));
    assertThat(Files.readString(DEPLOYED.resolve("alerts.yml")))
        .containsPattern("max by \\(venue\\) \\(abs\\(\\w+" + offset + "\\)\\)");
  }

  /** Three that fail are told as such, however long an interval is; two an hour apart are not. */
  @ParameterizedTest
  @ValueSource(ints = {1, 30, 180, 181, 360, 361, 720, 721, 1800, 1801, 3600})
  void howManyCheckpointsMayFailFollowsTheInterval(int seconds) throws Exception {
    String rule =
        maps(maps(read("alerts.yml").get("groups")).get(0).get("rules")).stream()
            .filter(each -> "CheckpointsFail".equals(each.get("alert")))
            .map(each -> String.valueOf(each.get("expr")))
            .findFirst()
            .orElseThrow();
    Pattern failed = Pattern.compile("increase\\(\\w+\\[(\\d+)([mh])]\\) > ([0-9.]+)");
    Pattern interval = Pattern.compile("\\w+_checkpointIntervalMs\\) > (\\d+)");
    Duration longest = Duration.ZERO;
    for (String step : rule.split(" or ")) {
      Matcher window = failed.matcher(step);
      assertThat(window.find()).as(step).isTrue();
      assertThat(window.group(3)).as("more than what increase() makes of two").isEqualTo("2.5");
      Matcher bound = interval.matcher(step);
      if (step.contains(" unless ")) {
        continue; // none succeeds meanwhile, whatever the interval
      }
      if (!bound.find() || seconds * 1000L > Long.parseLong(bound.group(1))) {
        longest = Duration.parse("PT" + window.group(1) + window.group(2));
      }
    }
    Duration five = Duration.ofSeconds(seconds).multipliedBy(5);
    Duration most = five.multipliedBy(5).dividedBy(2);
    Duration quarter = Duration.ofMinutes(15);
    assertThat(longest).isBetween(five, most.compareTo(quarter) < 0 ? quarter : most);
  }

  @Test
  void prometheusOwnToolTakesTheAlerts() throws Exception {
    promtool("check", "rules", DEPLOYED.resolve("alerts.yml"));
  }

  @Test
  void aCheckpointIsLateByItsInterval(@TempDir Path folder) throws Exception {
    Files.copy(DEPLOYED.resolve("alerts.yml"), folder.resolve("alerts.yml"));
    promtool("test", "rules", Files.copy(TRIED, folder.resolve("alerts-test.yml")));
  }

  private static void promtool(String verb, String what, Path file) throws Exception {
    assumeTrue(hasTool(), "promtool is not on the PATH; Debian's package prometheus has it");
    Process tool =
        new ProcessBuilder("promtool", verb, what, file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(tool.exitValue()).as(said).isZero();
  }

  private static boolean hasTool() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
  }
}
