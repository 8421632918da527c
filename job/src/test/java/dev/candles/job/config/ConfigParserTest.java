package dev.candles.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.proof.Silence;
import dev.candles.core.time.MarketClock;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueProfile.Budget;
import dev.candles.sources.venue.VenueProfile.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigParserTest {
  private static final long NOW_MS = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();
  private static final Path FOLDER = Path.of("/etc/candles");
  private static final Limits LIMITS =
      new Limits(
          100,
          Duration.ofMillis(400),
          Duration.ofMillis(250),
          Duration.ofSeconds(75),
          Duration.ofSeconds(25),
          Duration.ofSeconds(10),
          "ping",
          1 << 20);
  private static final VenueProfile OKX = profile("okx");
  private static final VenueProfile KRAKEN = profile("kraken");
  private static final ConfigParser PARSER =
      new ConfigParser(Map.of("okx", OKX, "kraken", KRAKEN), () -> NOW_MS);

  private static final String EVERY_KEY =
      """
      symbols: [BTC-USD, ETH-USD]
      venues:
        - kraken
        - name: okx
          symbols: [BTC-USDT]
          ws_url: ws://127.0.0.1:1234/x
          rest_url: http://127.0.0.1:1235/okx
          finality: rest
          settle: 8s
          audit: 9m
          limits:
            close_grace: 7s
            trade_grace: 3s
            trade_patience: 5s
            trade_hole: 1500ms
            silence_proof: absent_rows
            first_trade_id: 9
            history_depth: 12h
            markets_per_connection: 7
            connect_interval: 1s
            message_interval: 20ms
            silence: 90s
            ping_after: 0s
            pong_within: 5s
            max_frame_bytes: 65536
            candles: 10/1s
      timeframes: [1d, 5m]
      data_dir: /srv/lake
      log_level: WARNING
      history: 2026-01-31
      checkpoint_interval: 5s
      compaction_interval: 0s
      keep_rejects: 7d
      keep_savepoints: 3
      ui_port: 0
      page_port: off
      prometheus_port: 9249
      clock: {real_ms: 1000, market_ms: 2000, speed: 60.5}
      """;

  private static final String EVERY_RULE_BROKEN =
      """
      venues:
        - okx
        - okx
        - okxx
        - key: kraken
          symbols: []
          ws_url: http://x
          rest_url: nowhere
          settle: 2d
          audit: never
          limits: {silense: 5s, candles: many, history: 0/2s, ping_after: fast}
      symbols: [BTC-USDT, ../etc, BTC-USDT, [x]]
      timeframes: [1m, 7m]
      timeframe: [1m]
      data_dir: true
      log_level: LOUD
      history: yesterday
      history: 1d
      checkpoint_interval: 30
      compaction_interval: 2d
      keep_rejects: 1h
      keep_savepoints: 0
      ui_port: 70000
      page_port: none
      clock: {real_ms: -1, speed: 0}
      """;

  private static VenueProfile profile(String name) {
    return new VenueProfile(
        name,
        URI.create("wss://ws." + name + ".test/v5"),
        URI.create("https://rest." + name + ".test"),
        new VenueProfile.Waits(
            Duration.ofSeconds(6),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            new VenueProfile.TradeWaits(
                Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(1))),
        VenueProfile.Finality.VENUE_FLAG,
        new VenueProfile.Proofs(Silence.ZERO_ROWS, -1, Duration.ofHours(6)),
        300,
        Map.of(
            "candles", new Budget(40, Duration.ofSeconds(2), Duration.ofSeconds(3)),
            "history", new Budget(20, Duration.ofSeconds(2), Duration.ofSeconds(3))),
        LIMITS);
  }

  @Test
  void whatIsNotSaidHasItsDefault() throws ConfigException {
    CollectorConfig config = parse("venues: [okx]\nsymbols: [BTC-USDT]\n");

    assertThat(config.markets().venues()).hasSize(1);
    assertThat(config.markets().venues().get(0).profile()).isEqualTo(OKX);
    assertThat(config.markets().venues().get(0).symbols()).containsExactly("BTC-USDT");
    assertThat(config.markets().timeframes())
        .containsExactly(Timeframe.M1, Timeframe.M5, Timeframe.H1);
    assertThat(config.lake().directory()).isEqualTo("/etc/candles/data");
    assertThat(config.logging().level()).isEqualTo("INFO");
    assertThat(config.history()).isEqualTo(HistoryConfig.back(Duration.ofDays(1)));
    assertThat(config.checkpoints().interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.compaction().interval()).isEqualTo(Duration.ofHours(1));
    assertThat(config.compaction().keptRejects()).isEqualTo(Duration.ofDays(30));
    assertThat(config.checkpoints().keptSavepoints()).isEqualTo(10);
    assertThat(config.webUi()).isEqualTo(new WebUiConfig(8081, 8082, WebUiConfig.NONE));
    assertThat(config.clock()).isEqualTo(MarketClock.real());
  }

  @Test
  void whereRestConfirmsHistoryIsAsDeepAsWithoutIt() throws ConfigException {
    String rest = "venues: [{name: okx, finality: rest, symbols: [BTC-USDT]}]\n";
    VenueProfile okx = parse(rest).markets().venues().get(0).profile();
    assertThat(okx.proofs().depth()).isEqualTo(Duration.ofHours(6));
  }

  @Test
  void everyKeyIsHeard() throws ConfigException {
    CollectorConfig config = parse(EVERY_KEY);

    assertThat(config.markets().venues().get(0).profile()).isEqualTo(KRAKEN);
    assertThat(config.markets().venues().get(0).symbols()).containsExactly("BTC-USD", "ETH-USD");
    assertThat(config.markets().venues().get(1).symbols()).containsExactly("BTC-USDT");
    assertThat(config.markets().venues().get(1).profile())
        .isEqualTo(
            new VenueProfile(
                "okx",
                URI.create("ws://127.0.0.1:1234/x"),
                URI.create("http://127.0.0.1:1235/okx"),
                new VenueProfile.Waits(
                    Duration.ofSeconds(7),
                    Duration.ofSeconds(8),
                    Duration.ofMinutes(9),
                    new VenueProfile.TradeWaits(
                        Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofMillis(1_500))),
                VenueProfile.Finality.REST_CONFIRMED,
                new VenueProfile.Proofs(Silence.ABSENT_ROWS, 9, Duration.ofHours(12)),
                300,
                Map.of(
                    "candles", new Budget(10, Duration.ofSeconds(1), Duration.ofSeconds(3)),
                    "history", new Budget(20, Duration.ofSeconds(2), Duration.ofSeconds(3))),
                new Limits(
                    7,
                    Duration.ofSeconds(1),
                    Duration.ofMillis(20),
                    Duration.ofSeconds(90),
                    Duration.ZERO,
                    Duration.ofSeconds(5),
                    "ping",
                    65_536)));
    assertThat(config.markets().timeframes())
        .containsExactly(Timeframe.M1, Timeframe.M5, Timeframe.D1);
    assertThat(config.lake().directory()).isEqualTo("/srv/lake");
    assertThat(config.logging().level()).isEqualTo("WARN");
    assertThat(config.history())
        .isEqualTo(HistoryConfig.since(Instant.parse("2026-01-31T00:00:00Z")));
    assertThat(config.checkpoints().interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.compaction().interval()).isZero();
    assertThat(config.compaction().keptRejects()).isEqualTo(Duration.ofDays(7));
    assertThat(config.checkpoints().keptSavepoints()).isEqualTo(3);
    assertThat(config.webUi()).isEqualTo(new WebUiConfig(0, WebUiConfig.NONE, 9249));
    assertThat(config.clock()).isEqualTo(new MarketClock(1_000, 2_000, 60.5));
  }

  @Test
  void aMistypedKeyOfAVenueHidesNoOtherProblemOfIt() {
    ConfigException error = broken("venues: [{nme: okx, settle: 2d, ws_url: x, symbols: [a]}]\n");

    assertThat(error.problems())
        .anyMatch(p -> p.contains("unknown key 'nme'") && p.contains("did you mean 'name'?"))
        .anyMatch(p -> p.contains("venues.settle: found '2d'"))
        .anyMatch(p -> p.contains("venues.ws_url: found 'x'"))
        .anyMatch(p -> p.contains("venues.symbols: found 'a'"));
  }

  @Test
  void onlyRestIsAnotherFinalityAndItNeedsAProofOfSilenceWithoutIdsAndASecondRead() {
    String venue =
        "symbols: [BTC-USDT]\nvenues: [{name: okx, audit: 10m, finality: %s, limits: {%s}}]\n";

    assertThat(broken(venue.formatted("flag", "")).problems())
        .containsExactly("line 2: venues.finality: found 'flag', expected rest");
    assertThat(broken(venue.formatted("rest", "silence_proof: trade_ids")).problems())
        .containsExactly(
            "line 2: venues: okx with 'finality: rest' proves silence by rows: expected"
                + " limits.silence_proof of zero_rows or absent_rows");
    assertThat(broken(venue.formatted("rest", "").replace("10m", "0s")).problems())
        .containsExactly(
            "line 2: venues: okx with 'finality: rest' reads each candle a second time:"
                + " expected 'audit' of more than 0s");
  }

  @Test
  void everyBrokenRuleIsNamedAtOnceWithItsLine() {
    ConfigException error = broken(EVERY_RULE_BROKEN);

    assertThat(error.problems())
        .containsExactlyInAnyOrder(
            "line 3: venues: 'okx' given twice",
            "line 4: venues: unknown venue 'okxx'; did you mean 'okx'?",
            "line 6: venues.symbols: found an empty list, expected a list of symbols like BTC-USDT",
            "line 7: venues.ws_url: found 'http://x', expected an address like wss://host:port",
            "line 8: venues.rest_url: found 'nowhere', expected an address like https://host:port",
            "line 9: venues.settle: found '2d', expected " + duration("0s to 1h"),
            "line 10: venues.audit: found 'never', expected " + duration("0s to 1h"),
            "line 11: venues.limits: unknown key 'silense'; did you mean 'silence'?",
            "line 11: venues.limits.candles: found 'many', expected requests per duration,"
                + " like 40/2s",
            "line 11: venues.limits.history: found '0/2s', expected requests per duration,"
                + " like 20/2s",
            "line 11: venues.limits.ping_after: found 'fast', expected " + duration("0s to 1h"),
            "line 12: symbols: found '../etc', expected a symbol like BTC-USDT",
            "line 12: symbols: 'BTC-USDT' given twice",
            "line 12: symbols: found a list, expected symbols like BTC-USDT",
            "line 13: timeframes: found '7m', expected one of " + Timeframe.labels(),
            "line 14: configuration: unknown key 'timeframe'; did you mean 'timeframes'?",
            "line 15: data_dir: found 'true', expected text; put it in quotes if it is meant so",
            "line 16: log_level: unknown level 'LOUD', expected one of TRACE DEBUG INFO WARNING"
                + " WARN ERROR",
            "line 17: history: found 'yesterday', expected a duration like 500ms, 30s, 5m, 1h or"
                + " 1d up to 7300d, or a UTC date or time like 2026-01-31 or 2026-01-31T06:00:00Z",
            "line 18: history: given twice, first in line 17",
            "line 19: checkpoint_interval: found '30', expected "
                + duration("1s to 1h")
                + "; did you mean '30s'?",
            "line 20: compaction_interval: found '2d', expected " + duration("0s to 1d"),
            "line 21: keep_rejects: found '1h', expected " + duration("1d to 3650d"),
            "line 22: keep_savepoints: found '0', expected a whole number from 1 to 1000",
            "line 23: ui_port: found '70000', expected a whole number from 0 to 65535",
            "line 24: page_port: found 'none', expected a port from 0 to 65535, or off",
            "line 25: clock.market_ms: is missing; a clock needs all three",
            "line 25: clock.real_ms: found '-1', expected a whole number from 0 to 7258118400000",
            "line 25: clock.speed: found '0', expected a number above 0, at most 10000.0");
  }

  private static String duration(String range) {
    return "a duration like 500ms, 30s, 5m, 1h or 1d from " + range;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                             | line 1: is empty; expected at least the keys
          just a word                    | line 1: configuration: found 'just a word', expected keys: venues
          venues: [okx                   | line 1: not YAML
          'venues: []'                   | line 1: venues: found an empty list
          symbols: [BTC-USDT]            | line 1: venues: is missing
          venues: [okx]                  | line 1: venues: 'okx' has no symbols
          venues: [{symbols: [BTC-USDT]}]| line 1: venues: expected one of the keys name and key
          'venues: &a [okx, *a]'         | line 1: anchors and aliases (& and *) are not allowed
          venues: [[[[[[[[[[okx]]]]]]]]]]| line 1: nested deeper than 8 levels
          'venues:'                      | line 1: venues: found nothing
          """)
  void aTextThatIsNoConfigurationIsRefused(String text, String problem) {
    assertThat(broken(text).getMessage()).contains(problem);
  }

  @Test
  void historyMayStartAtAnInstant() throws ConfigException {
    CollectorConfig config =
        parse("venues: [okx]\nsymbols: [BTC-USDT]\nhistory: 2026-01-31T06:15:00Z\n");
    assertThat(config.history())
        .isEqualTo(HistoryConfig.since(Instant.parse("2026-01-31T06:15:00Z")));
  }

  @Test
  void anAddressWithoutAPathGetsTheVenuesOwn() throws ConfigException {
    CollectorConfig config =
        parse(
            """
            venues:
              - {name: okx, symbols: [BTC-USDT], ws_url: 'ws://127.0.0.1:80', rest_url: 'http://h/x'}
            """);
    assertThat(config.markets().venues().get(0).webSocket())
        .isEqualTo(URI.create("ws://127.0.0.1:80/v5"));
    assertThat(config.markets().venues().get(0).rest()).isEqualTo(URI.create("http://h/x"));
  }

  @Test
  void aBombOfAliasesIsRefusedBeforeItGrows() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x]\n");
    for (int i = 1; i < 40; i++) {
      String last = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s,%s]\n".formatted(i, i, last, last));
    }
    assertThat(broken(bomb.toString()).problems())
        .hasSize(51)
        .startsWith("line 1: anchors and aliases (& and *) are not allowed")
        .endsWith("and more; only the first 50 are shown");
  }

  @Test
  void aFileThatIsHugeOrAbsentOrNoTextIsRefused(@TempDir Path folder) throws IOException {
    Path huge = Files.writeString(folder.resolve("huge.yaml"), "#".repeat(300_000));
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xc3, 0x28});
    assertThatThrownBy(() -> PARSER.load(huge)).hasMessageContaining("at most 262144 bytes");
    assertThatThrownBy(() -> PARSER.load(binary)).hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> PARSER.load(folder.resolve("absent.yaml")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void theDefaultFileIsWrittenOnceAndParses(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("new/config.yaml");
    assertThat(DefaultConfig.writeIfMissing(file)).isTrue();
    assertThat(DefaultConfig.writeIfMissing(file)).isFalse();
    Map<String, VenueProfile> all =
        Map.of("okx", OKX, "kraken", KRAKEN, "coinbase", profile("coinbase"));
    CollectorConfig config = new ConfigParser(all, () -> NOW_MS).load(file);
    assertThat(config.lake().directory()).isEqualTo(folder.resolve("new/data").toString());
    assertThat(config.markets().venues())
        .extracting(v -> v.name())
        .containsExactly("coinbase", "kraken", "okx");
    assertThat(config.markets().venues().get(2).symbols())
        .isEqualTo(List.of("BTC-USDT", "ETH-USDT", "SOL-USDT", "XRP-USDT", "DOGE-USDT"));
    assertThat(config.streams()).hasSize(45);
  }

  @Test
  void aLakeAtHomeIsThere() throws ConfigException {
    assertThat(parse("venues: [okx]\nsymbols: [A-B]\ndata_dir: ~/candles-lake\n").lake().path())
        .isEqualTo(Path.of(System.getProperty("user.home"), "candles-lake"));
  }

  @Test
  void aLakeThatIsNoFolderOfThisMachineIsRefusedWithLineAndReason() {
    assertThat(broken("venues: [okx]\nsymbols: [A-B]\ndata_dir: s3://b/lake\n").problems())
        .containsExactly(
            "line 3: data_dir: found 's3://b/lake', expected the path of a folder or file of this"
                + " machine; object stores and other addresses are not supported; only"
                + " checkpoint_dir may be in an object store");
  }

  private static CollectorConfig parse(String text) throws ConfigException {
    return PARSER.parse("config.yaml", text, FOLDER);
  }

  private static ConfigException broken(String text) {
    return catchThrowableOfType(ConfigException.class, () -> parse(text));
  }

  @Test
  void aYearBeyondEveryClockIsAProblemLikeAnyOther() {
    assertThat(broken("venues: [okx]\nsymbols: [A-B]\nhistory: +999999999-01-01\n").getMessage())
        .contains("line 3: history: found '+999999999-01-01'");
  }
}
