package dev.candles.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.Venues;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small configurations that users had trouble with, and what is said of each. */
class SmallConfigsTest {
  private static final long NOW_MS = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();
  private static final Path SHARED =
      Path.of(System.getProperty("repository.root", ".."), "..", "shared", "cases", "config");

  private static final String ONE = "venues: [kraken]\nsymbols: [ETH-USD]\n";

  @TempDir private Path folder;

  private static ConfigParser parser() {
    Map<String, VenueProfile> profiles = new TreeMap<>();
    Venues.names().forEach(name -> profiles.put(name, Venues.byName(name).orElseThrow().profile()));
    return new ConfigParser(profiles, () -> NOW_MS);
  }

  private CollectorConfig load(String text, Charset charset) throws Exception {
    return parser().load(Files.write(folder.resolve("x.yaml"), text.getBytes(charset)));
  }

  private List<String> problems(String text) {
    return catchThrowableOfType(ConfigException.class, () -> parser().parse("x.yaml", text, folder))
        .problems();
  }

  @Test
  void everyTimeframeThatIsNoneIsRefusedAtOnceByWhatItIs() {
    String start =
        "line 3: timeframes: found '%s', expected one of 1m 3m 5m 15m 30m 1h 2h 4h 6h 12h 1d";

    assertThat(problems(ONE + "timeframes: [1m, 2w, 1M, 30, 1D, 24h, 60m]\n"))
        .containsExactly(
            start.formatted("2w") + "; that is longer than the largest timeframe, 1d",
            start.formatted("1M") + "; 1M is a month, longer than the largest timeframe, 1d",
            start.formatted("30") + "; it has no unit: m, h or d",
            start.formatted("1D") + "; did you mean '1d'?",
            start.formatted("24h") + "; did you mean '1d'?",
            start.formatted("60m") + "; did you mean '1h'?");
  }

  @Test
  void symbolsInTheFormsOfOthersAreRefusedWithTheRightOne() {
    String venue = "venues: [{name: kraken, symbols: [%s]}]\n";

    assertThat(problems(venue.formatted("ETH/USD, ETHUSD, ETH_USD, eth-usd")))
        .hasSize(4)
        .allMatch(problem -> problem.startsWith("line 1: venues.symbols: found '"))
        .allMatch(problem -> problem.endsWith("; did you mean 'ETH-USD'?"));
    assertThat(problems(venue.formatted("XBT-EUR")))
        .singleElement()
        .asString()
        .endsWith("; did you mean 'BTC-EUR'?");
    assertThat(problems(venue.formatted("TSLAx-USD")))
        .singleElement()
        .asString()
        .contains("; it has lower case, which no symbol here may have")
        .doesNotContain("did you mean");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2031-02-03           | ; that is in the future",
        "2026-06-01T00:00:01Z | ; that is in the future",
        "2025-03-04 05:06     | ; it has no zone: did you mean '2025-03-04T05:06Z'?",
        "2025-04-31           | ; there is no such day: 2025-04 has 30"
      })
  void aHistoryThatCannotBeIsRefusedWithTheReason(String history, String reason) {
    assertThat(problems(ONE + "history: " + history + "\n"))
        .singleElement()
        .asString()
        .startsWith("line 3: history: found '" + history + "', expected a duration like")
        .endsWith(reason);
  }

  @Test
  void historyIsOfTheMarketsTimeWhereThatIsSimulated() throws Exception {
    String clock = "clock: {real_ms: " + NOW_MS + ", market_ms: 1900000000000, speed: 1}\n";

    assertThat(load(ONE + "history: 2030-01-01\n" + clock, StandardCharsets.UTF_8).history())
        .isEqualTo(HistoryConfig.since(Instant.parse("2030-01-01T00:00:00Z")));
  }

  @Test
  void textInUtf16IsRefusedByThatNameAndAByteOrderMarkIsNot() throws Exception {
    assertThatThrownBy(() -> load(ONE, StandardCharsets.UTF_16))
        .hasMessageContaining("UTF-16 text: save it as UTF-8");
    assertThatThrownBy(() -> load("\uFEFF" + ONE, StandardCharsets.UTF_16LE))
        .hasMessageContaining("UTF-16 text: save it as UTF-8");
    assertThat(load("\uFEFF" + ONE, StandardCharsets.UTF_8).markets().venues()).hasSize(1);
  }

  /** The small inputs that lie beside the repository, which holds none of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "weeks: ; 1M is a month",
        "weeks: found '60m'.*; did you mean '1h'",
        "weeks: found '24h'.*; did you mean '1d'",
        "weeks: found '1D'.*; did you mean '1d'",
        "slash: found 'BTC/USD'.*; did you mean 'BTC-USD'",
        "slash: found 'BTCUSD'.*; did you mean 'BTC-USD'",
        "slash: found 'BTC_USD'.*; did you mean 'BTC-USD'",
        "slash: found 'XBT-USD'.*; did you mean 'BTC-USD'",
        "lower: ; did you mean 'BTC-USD'",
        "xstocks: ; it has lower case",
        "history-future: ; that is in the future",
        "history-naive: ; it has no zone",
        "history-odd: ; there is no such day",
        "utf16: UTF-16 text"
      })
  void whatIsRightForEachSharedCase(String caseAndWords) throws IOException {
    assumeThat(SHARED).as("the small inputs are not here: skipped").isDirectory();
    String[] parts = caseAndWords.split(": ", 2);
    Path file = SHARED.resolve(parts[0] + ".yaml");

    assertThat(catchThrowableOfType(ConfigException.class, () -> parser().load(file)).problems())
        .anySatisfy(problem -> assertThat(problem).containsPattern(parts[1]));
  }
}
