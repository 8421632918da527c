package dev.candles.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.candles.core.health.HealthRules;
import dev.candles.core.watch.DiskBounds;
import dev.candles.job.config.AlertConfig.Webhook;
import dev.candles.sources.venue.Venues;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthAndAlertConfigTest {
  private static final String START = "venues: [okx]\nsymbols: [BTC-USDT]\n";

  private static CollectorConfig parse(String text) throws ConfigException {
    var okx = Venues.byName("okx").orElseThrow().profile();
    return new ConfigParser(Map.of("okx", okx), () -> 0).parse("x", START + text, Path.of("/etc"));
  }

  private static List<String> problems(String text) {
    return catchThrowableOfType(ConfigException.class, () -> parse(text)).problems();
  }

  @Test
  void everyKeyIsRead() throws Exception {
    CollectorConfig config =
        parse(
            """
            health: {window: 10m, degraded_at: 2, down_at: 5, recover_after: 4, log_every: 5s}
            alerts:
              webhooks:
                - {name: ops, url_env: OPS_WEBHOOK}
                - {name: chat-1, format: slack, url_file: secrets/chat}
            """);

    assertThat(config.health().rules()).isEqualTo(new HealthRules(600_000, 2, 5, 4));
    assertThat(config.health().logEvery()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.alerts().webhooks())
        .containsExactly(
            new Webhook("ops", false, "OPS_WEBHOOK", null),
            new Webhook("chat-1", true, null, "/etc/secrets/chat"));
  }

  @Test
  void withoutTheKeyTheLogTellsOfHealthEveryThirtySeconds() throws Exception {
    assertThat(parse("").health().logEvery()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whatIsWatchedHasBoundsOfItsOwn() throws Exception {
    CollectorConfig config =
        parse(
            """
            disk: {reserve_mb: 4, full_within: 0s}
            alerts: {gap_after: 10m, checkpoint_failures: 5}
            """);
    assertThat(config.disk().bounds()).isEqualTo(new DiskBounds(4_000_000, 0));
    assertThat(config.alerts()).isEqualTo(new AlertConfig(List.of(), Duration.ofMinutes(10), 5));
    CollectorConfig usual = parse("");
    assertThat(usual.disk()).isEqualTo(DiskConfig.defaults());
    assertThat(usual.disk().bounds()).isEqualTo(new DiskBounds(200_000_000, 172_800_000));
    assertThat(usual.alerts())
        .isEqualTo(new AlertConfig(List.of(), Duration.ofHours(1), 3))
        .isEqualTo(AlertConfig.none());
  }

  @Test
  void theDailyChecksBeginWhenTheKeySaysOrNever() throws Exception {
    assertThat(parse("").quality().at()).isEqualTo(LocalTime.of(0, 20));
    assertThat(parse("qa: {at: \"23:59\"}").quality().at()).isEqualTo(LocalTime.of(23, 59));
    assertThat(parse("qa: {at: 06:05}").quality().at()).isEqualTo(LocalTime.of(6, 5));
    assertThat(parse("qa: {at: off}").quality().at()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "health: {down_at: 3} | line 3: health.down_at: found 3, expected more than degraded_at, which is 3",
        "disk: {reserve_mb: -1} | line 3: disk.reserve_mb: found '-1', expected a whole number from 0",
        "disk: {full_within: 366d} | line 3: disk.full_within: found '366d', expected ",
        "disk: {reserve: 5} | line 3: disk: unknown key 'reserve'",
        "alerts: {gap_after: 59s} | line 3: alerts.gap_after: found '59s', expected ",
        "alerts: {checkpoint_failures: 0} | line 3: alerts.checkpoint_failures: found '0', expected",
        "health: {window: 59s} | line 3: health.window: found '59s', expected ",
        "health: {windows: 60m} | line 3: health: unknown key 'windows'; did you mean 'window'?",
        "health: {log_every: 0s} | line 3: health.log_every: found '0s', expected ",
        "qa: {at: '24:00'} | line 3: qa.at: found '24:00', expected a time of day (UTC) like 00:20, or off",
        "qa: {at: 7} | line 3: qa.at: found '7', expected ",
        "alerts: {webhooks: [{name: ops}]} | line 3: alerts.webhooks: expected one of the keys url_env and url_file",
        "alerts: {webhooks: [{name: ops, url_env: A, url_file: b}]} | line 3: alerts.webhooks: expected one of the keys url_env and url_file",
        "alerts: {webhooks: [{url_env: A}]} | line 3: alerts.webhooks: expected the key name",
        "alerts: {webhooks: [{name: log, url_env: A}]} | line 3: alerts.webhooks.name: found 'log', expected a name that no other webhook has, and not log",
        "alerts: {webhooks: [{name: a/b, url_env: A}]} | line 3: alerts.webhooks.name: found text, expected a name in a-z, 0-9 and hyphens",
        "alerts: {webhooks: [{name: a, format: xml, url_env: A}]} | line 3: alerts.webhooks.format: found 'xml', expected json or slack"
      })
  void whatIsWrongIsSaid(String text, String problem) {
    assertThat(problems(text)).singleElement().asString().startsWith(problem);
  }

  @Test
  void twoWebhooksOfANameAndMoreThanEightAreRefused() {
    assertThat(problems("alerts: {webhooks: [{name: a, url_env: A}, {name: a, url_env: B}]}"))
        .singleElement()
        .asString()
        .contains("a name that no other webhook has");
    String nine =
        IntStream.range(0, 9)
            .mapToObj(n -> "{name: a" + n + ", url_env: A}")
            .collect(Collectors.joining(", ", "alerts: {webhooks: [", "]}"));
    assertThat(problems(nine))
        .containsExactly("line 3: alerts.webhooks: found 9, expected at most 8");
  }

  @Test
  void anAddressInTheFileIsRefusedAndNotRepeated() {
    assertThat(problems("alerts: {webhooks: [{name: ops, url_env: 'https://x.test/se-cret'}]}"))
        .containsExactly("line 3: alerts.webhooks.url_env: expected the name of a variable");
    assertThat(problems("alerts: {webhooks: [{name: ops, url: 'https://x.test/se-cret'}]}"))
        .allMatch(problem -> !problem.contains("se-cret"));
  }

  /** Many are typed without their scheme. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "alerts: {webhooks: [ntfy.sh/my-se-cret]}",
        "alerts: {webhooks: [my-se-cret]}",
        "alerts: {webhooks: my-se-cret}",
        "alerts: {webhooks: hooks.slack.com/services/T0/B0/se-cret}",
        "alerts: {webhooks: {ntfy.sh/se-cret: x}}",
        "alerts: ntfy.sh/se-cret",
        "alerts: {webhooks: [{name: ntfy.sh/se-cret, url_env: A}]}",
        "alerts: {webhooks: [{name: a, url_env: A, format: ntfy.sh/se-cret}]}",
        "alerts: {webhooks: [{name: a, ntfy.sh/se-cret: A}]}",
        "alerts: {webhooks: [{name: a, url_env: [se-cret]}]}",
        "disk: ntfy.sh/se-cret",
        "alerts:\n  webhooks:\n    - name: ops\n      ntfy.sh/my-se-cret",
        "alerts:\n  webhooks:\n    - name: ops\n      ntfy.sh/my-se-cret\n      url_env: A",
        "alerts:\n  webhooks:\n    - name: ops\n      ntfy.sh/my-se-cret:80\n      url_env: A",
        "alerts:\n  webhooks:\n    - name: ops\n     - ntfy.sh/my-se-cret",
      })
  void anAddressWithoutItsSchemeIsNotRepeatedEither(String text) {
    assertThat(problems(text)).isNotEmpty().allMatch(problem -> !problem.contains("se-cret"));
  }
}
