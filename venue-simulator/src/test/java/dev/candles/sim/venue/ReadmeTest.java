package dev.candles.sim.venue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each README's table, item of the checklist to test, may not rot. */
class ReadmeTest {
  private static final Path MODULE =
      Path.of(System.getProperty("repository.root"), "venue-simulator");

  /** A test with its class; a dot-dot-dot stands for the class before it in the row. */
  private static final Pattern NAMED = Pattern.compile("`(?:(\\w+Test)\\.|…)(\\w+)`");

  @ParameterizedTest
  @ValueSource(strings = {"coinbase", "kraken", "okx"})
  void everyTestThatTheReadmeNamesExists(String venue) throws IOException {
    Path readme = MODULE.resolve("src/main/java/dev/candles/sim/venue/" + venue + "/README.md");
    Map<String, String> tests = tests();
    int count = 0;
    for (String row : Files.readAllLines(readme)) {
      String last = "";
      Matcher named = NAMED.matcher(row);
      while (named.find()) {
        count++;
        last = Optional.ofNullable(named.group(1)).orElse(last);
        String test = "void " + named.group(2) + "(";
        assertThat(tests.getOrDefault(last, "").contains(test))
            .as("%s is in %s", test, last)
            .isTrue();
      }
    }
    assertThat(count).isGreaterThan(25);
  }

  /** The text of each class of tests by its name. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> files = Files.walk(MODULE.resolve("src/test/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
        String name = String.valueOf(file.getFileName());
        tests.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
      }
    }
    return tests;
  }
}
