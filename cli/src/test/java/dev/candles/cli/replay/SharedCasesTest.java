package dev.candles.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small inputs that lie beside the repository, which holds none of them. */
class SharedCasesTest {
  private static final Path CASES =
      Path.of(System.getProperty("repository.root", ".."), "..", "shared", "cases", "replay");

  @BeforeEach
  void needsTheCases() {
    assumeThat(CASES).as("the small inputs are not here: skipped").isDirectory();
  }

  /** The open times (seconds after 12:00) of the candles that are final, of those that are not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "coinbase | REST_TRADES  | a-cb-trimmed-fraction.json     | 120 | 0 60 180 240 | 0",
        "kraken   | WS           | b-kraken-time-forms.ndjson     | ''  | 0 60         | 0",
        "kraken   | WS           | b-bad-time-forms.ndjson        | ''  | ''           | 4",
        "kraken   | REST_TRADES  | c-kraken-slash-key.json        | '' | 0 60 120 180 | 0",
        "coinbase | REST_CANDLES | cb-newest-forming.json         | ''  | 120 180 240  | 0",
        "coinbase | REST_CANDLES | cb-newest-forming-dated.ndjson | ''  | 120 180 240  | 0",
        "coinbase | REST_CANDLES | cb-candles-odd.json            | 0     | 180 240    | 2",
        "coinbase | REST_CANDLES | cb-html.json                   | ''  | ''           | 1",
        "coinbase | REST_CANDLES | cb-obj.json                    | ''  | ''           | 1",
        "coinbase | REST_CANDLES | cb-str.json                    | ''  | 0            | 0",
        "okx      | WS           | okx-confirm-twice.ndjson       | 0 60 120 | 0 0     | 0"
      })
  void whatIsRightForEach(
      String venue, Replayed as, String file, String proven, String others, int rejects) {
    Replaying replayed = new Replaying(venue, as, null).file(CASES.resolve(file)).end();

    assertThat(openTimes(replayed, true)).isEqualTo(proven);
    assertThat(openTimes(replayed, false)).isEqualTo(others);
    assertThat(replayed.count("reject")).isEqualTo(rejects);
  }

  private static String openTimes(Replaying replayed, boolean proven) {
    return String.join(
        " ",
        replayed.candles(proven, 1_767_960_000).stream()
            .map(candle -> candle.substring(0, candle.indexOf(' ')))
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kraken   | array.json         | one JSON array of frames",
        "okx      | pydict.txt         | Python's own notation",
        "coinbase | tardis.txt         | lines of an ISO time and a frame",
        "kraken   | kraken-v1.ndjson   | Kraken's first WebSocket API",
        "coinbase | coinbase-at.ndjson | Coinbase Advanced Trade"
      })
  void whatIsRefusedIsNamed(String venue, String file, String name) throws IOException {
    try (InputStream in = Files.newInputStream(CASES.resolve(file))) {
      assertThat(new Replaying(venue, Replayed.WS, null).refusal(in).orElse("none"))
          .startsWith(name);
    }
  }
}
