package dev.candles.core.candle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeantTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60m   | ; did you mean '1h'?",
        "24h   | ; did you mean '1d'?",
        "1D    | ; did you mean '1d'?",
        "1H    | ; did you mean '1h'?",
        "15min | ; did you mean '15m'?",
        "5 minutes | ; did you mean '5m'?",
        "1440m | ; did you mean '1d'?",
        "1M    | ; 1M is a month, longer than the largest timeframe, 1d",
        "3M    | ; 3M is a month or more, longer than the largest timeframe, 1d",
        "1mo   | ; 1mo is a month, longer than the largest timeframe, 1d",
        "1w    | ; that is longer than the largest timeframe, 1d",
        "1W    | ; that is longer than the largest timeframe, 1d",
        "48h   | ; that is longer than the largest timeframe, 1d",
        "60    | ; it has no unit: m, h or d",
        "7m    | ''",
        "1s    | ''",
        "hour  | ''"
      })
  void aTimeframeIsMeantByItsLengthAndNotByItsLetters(String word, String hint) {
    assertThat(Meant.timeframe(word)).isEqualTo(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BTC/USD   | ; did you mean 'BTC-USD'?",
        "BTC_USD   | ; did you mean 'BTC-USD'?",
        "BTCUSD    | ; did you mean 'BTC-USD'?",
        "BTCUSDT   | ; did you mean 'BTC-USDT'?",
        "btc-usd   | ; did you mean 'BTC-USD'?",
        "btcusd    | ; did you mean 'BTC-USD'?",
        "Btc/Usd   | ; did you mean 'BTC-USD'?",
        "XBT-USD   | ; did you mean 'BTC-USD'?",
        "XBT/USD   | ; did you mean 'BTC-USD'?",
        "XBTUSD    | ; did you mean 'BTC-USD'?",
        "xdg-usd   | ; did you mean 'DOGE-USD'?",
        "AAPLx-USD | ; it has lower case, which no symbol here may have: a market that the venue"
            + " names so cannot be collected",
        "../etc    | ''",
        "BTC       | ''"
      })
  void aSymbolIsMeantInTheFormsOfOthers(String word, String hint) {
    assertThat(Meant.isSymbol(word)).isFalse();
    assertThat(Meant.symbol(word)).isEqualTo(hint);
  }

  @Test
  void aSymbolIsOne() {
    assertThat(Meant.isSymbol("BTC-USD")).isTrue();
    assertThat(Meant.isSymbol("1INCH-USDT")).isTrue();
  }

  /** The search for lower case takes the square of a word's length. */
  @Test
  void ofAWordLongerThanAnySymbolNobodyCanSay() {
    assertThat(Meant.symbol("AAPLx-USD")).isNotEmpty();
    assertThat(Meant.symbol("A".repeat(100) + "x-USD")).isEmpty();
  }
}
