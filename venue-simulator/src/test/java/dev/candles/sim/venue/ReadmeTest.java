package dev.candles.sim.venue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each README's table, item of the checklist to test, may not rot. */
class ReadmeTest {
  private static final Path MODULE =
      Path.of(System.getProperty("repository.root"), "venue-simulator");

  @ParameterizedTest
  @ValueSource(strings = {"coinbase", "kraken", "okx"})
  void everyTestThatTheReadmeNamesExists(String venue) throws IOException {
    Path readme = MODULE.resolve("src/main/java/dev/candles/sim/venue/" + venue + "/README.md");
    StringBuilder tests = new StringBuilder();
    try (Stream<Path> files = Files.walk(MODULE.resolve("src/test/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
        tests.append(Files.readString(file));
      }
    }
    Matcher named = Pattern.compile("`(?:\\w+Test\\.|…)(\\w+)`").matcher(Files.readString(readme));
    int count = 0;
    while (named.find()) {
      count++;
      assertThat(tests.toString()).contains("void " + named.group(1) + "(");
    }
    assertThat(count).isGreaterThan(25);
  }
}
