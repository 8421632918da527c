package dev.candles.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.candles.sources.venue.Venues;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people mistype: each gives one line that names the line, the value and what is expected. */
class ConfigMistakesTest {
  private static final String START = "venues: [okx]\nsymbols: [BTC-USDT]\n";

  private static ConfigException broken(String text) {
    return catchThrowableOfType(ConfigException.class, () -> parse(text));
  }

  private static CollectorConfig parse(String text) throws ConfigException {
    return new ConfigParser(Venues.profiles(), () -> 1_780_000_000_000L)
        .parse("config.yaml", text, Path.of("/etc/candles"));
  }

  /** Typed: {@code ¶} begins a line, {@code →} is a tab, {@code ␣} a no-break space. */
  private static String typed(String text) {
    return text.replace('¶', '\n').replace('→', '\t').replace('␣', '\u00a0') + "\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "venues: [okx]¶ symbols: [A-B] | line 2: not YAML: found 'symbols:', indented by 1, expected the indentation of a line above",
        "venues:¶  - okx¶ - kraken | line 3: not YAML: found '- kraken', indented by 1, expected the indentation of a line above",
        "venues:¶  - name: okx¶      symbols: [A-B] | line 3: not YAML: found 'symbols:', indented by 6, expected the indentation of a line above, or quotes around a value in which a colon stands",
        "venues:¶→- okx | line 2: not YAML: found a tab, expected blanks",
        "venues: [okx]¶symbols: [A-B]¶history:→1d | line 3: not YAML: found a tab, expected blanks",
        "venues: [okx]¶symbols: [A-B]¶history 1d | line 3: not YAML: found 'history', expected 'key: value' with a blank after the colon",
        "venues: [okx]¶symbols: [A-B]¶history:1d | line 3: not YAML: found 'history:', expected 'key: value' with a blank after the colon",
        "venues: [okx]¶symbols: [A-B]¶history:␣1d | line 3: not YAML: found 'history:' and a no-break space, U+00A0, expected 'key: value' with a blank after the colon",
        "venues: [okx, kraken¶symbols: [A-B] | line 1: not YAML: found 'venues:', expected ']' at its end",
        "venues: [okx]¶data_dir: \"lake¶history: 1d | line 2: not YAML: found 'data_dir:', expected a second quote at its end",
        "venues: [okx]¶data_dir: %lake | line 2: not YAML: found a value that begins with '%', expected quotes around it",
        "venues: [okx]¶data_dir: \"C:\\lake\" | line 2: not YAML: found a backslash in double quotes, expected single quotes around such a value",
        "venues: [okx]¶symbols: [A-B]¶---¶history: 1d | line 3: not YAML: found '---', expected no second document",
        "venues: [okx]¶data_dir: a\u0001b | line 2: not YAML: found the character U+0001, expected text",
        "venues: [okx]¶symbols: BTC-USDT | line 2: symbols: found 'BTC-USDT', expected a list of symbols like BTC-USDT; did you mean '[BTC-USDT]'?",
        "venues: [okx]¶symbols: A-B, C-D | line 2: symbols: found 'A-B, C-D', expected a list of symbols like BTC-USDT; did you mean '[A-B, C-D]'?",
        "venues: okx¶symbols: [A-B] | line 1: venues: found 'okx', expected a list of venues; did you mean '[okx]'?",
        "venues: {okx: {symbols: [A-B]}} | line 1: venues: found 'okx:', expected a list of venues",
        "venues: [okx]¶symbols: [A-B]¶timeframes: 1m 5m | line 3: timeframes: found '1m 5m', expected a list of timeframes like 1m; did you mean '[1m, 5m]'?",
        "venues: [okx]¶symbols: [A-B]¶symbols: [C-D] | line 3: symbols: given twice, first in line 2",
        "venues:¶  - okx:¶symbols: [A-B] | line 2: venues: found '- okx:', expected '- okx', or '- name: okx' and its other keys below",
        "venues: [okx]¶symbols:¶  - A-B: | line 3: symbols: found 'A-B:', expected symbols like BTC-USDT",
        "venues: [okx]¶symbols: [A-B]¶disk: 200 | line 3: disk: found '200', expected keys: reserve_mb full_within",
        "venues: [okx]¶symbols: [A-B]¶disk: | line 3: disk: found nothing, expected keys: reserve_mb full_within",
        "venues: [okx]¶symbols: [A-B]¶history: {days: 3} | line 3: history: found 'days:', expected a duration like 500ms, 30s, 5m, 1h or 1d up to 7300d, or a UTC date or time like 2026-01-31 or 2026-01-31T06:00:00Z",
        "venues: [okx]¶symbols: [A-B]¶alerts: {webhooks: https://hooks.test/secret} | line 3: alerts.webhooks: found an address, expected a list of objects like {name: ops, url_env: OPS_URL}",
        "venues: [okx]¶symbols: [A-B]¶checkpoint-interval: 30s | line 3: configuration: unknown key 'checkpoint-interval'; did you mean 'checkpoint_interval'?",
        "venues: [okx]¶symbols: [A-B]¶disk: {colour: red} | line 3: disk: unknown key 'colour', expected one of reserve_mb full_within",
      })
  void aMistakeGivesOneLineWithValueAndExpectation(String text, String problem) {
    assertThat(broken(typed(text)).problems()).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "checkpoint_interval: 30        | ; did you mean '30s'?",
        "checkpoint_interval: 30sec     | ; did you mean '30s'?",
        "checkpoint_interval: 2 minutes | ; did you mean '2m'?",
        "checkpoint_interval: 7200      | ; it has no unit: ms, s, m, h or d",
        "checkpoint_interval: 2h        | from 1s to 1h",
        "compaction_interval: 60        | ; did you mean '60m'?",
        "keep_rejects: 30               | ; did you mean '30d'?",
        "history: 30                    | ; did you mean '30d'?",
        "history: 2w                    | ; did you mean '14d'?",
        "'disk: {full_within: 2}'       | ; did you mean '2d'?",
        "'health: {window: 60}'         | ; did you mean '60m'?",
        "'alerts: {gap_after: 1}'       | ; did you mean '1h'?",
        "'disk: {reserve_mb: 200MB}'    | ; did you mean '200'?",
        "'disk: {reserve_mb: 1 GB}'     | ; did you mean '1000'?",
        "'disk: {reserve_mb: 1_000}'    | ; did you mean '1000'?",
        "keep_savepoints: 3.0           | ; did you mean '3'?",
        "ui_port: 99999                 | from 0 to 65535",
      })
  void aNumberOrAUnitThatIsMistypedIsToldAsItIsMeant(String line, String end) {
    assertThat(broken(START + line + "\n").problems())
        .singleElement()
        .asString()
        .startsWith("line 3: ")
        .endsWith(end);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "settle: 8                | ; it has no unit: ms, s, m, h or d",
        "limits: {candles: 40/2}  | ; did you mean '40/2s'?",
        "limits: {max_frame_bytes: 1MiB} | ; did you mean '1048576'?",
      })
  void soIsOneOfAVenue(String key, String end) {
    String venue = "venues:\n  - {name: okx, symbols: [BTC-USDT], " + key + "}\n";
    assertThat(broken(venue).problems()).singleElement().asString().endsWith(end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "venues: [okx]\r\nsymbols: [BTC-USDT]\r\nui_port: '8081'\r\n",
        "\ufeffvenues: [okx]\nsymbols: [BTC-USDT]\n",
        "---\nvenues: [okx]\nsymbols: [BTC-USDT]\n",
        "{\"venues\": [\"okx\"], \"symbols\": [\"BTC-USDT\"]}",
      })
  void whatIsOnlyTypedOtherwiseIsRead(String text) throws ConfigException {
    assertThat(parse(text).streams()).hasSize(3);
  }
}
