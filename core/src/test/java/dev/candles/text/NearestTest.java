package dev.candles.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> TIMEFRAMES = List.of("1m", "3m", "5m", "1h", "12h");

  @ParameterizedTest
  @CsvSource({"venue, venues", "VENUES, venues", "symbosl, symbols", "timeframe, timeframes"})
  void aTypoHasItsNearestWord(String typed, String meant) {
    assertThat(Nearest.to(typed, List.of("venues", "symbols", "timeframes"))).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"7m", "xx", "zebra"})
  void nothingIsGuessedWhereSeveralWordsOrNoneAreNear(String typed) {
    assertThat(Nearest.to(typed, TIMEFRAMES)).isEmpty();
  }

  @Test
  void anAbsurdlyLongWordIsNotCompared() {
    assertThat(Nearest.to("v".repeat(1_000_000), List.of("venues"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', '', 0", "abc, abc, 0", "kitten, sitting, 3", "'', abc, 3"})
  void theDistanceIsThatOfLevenshtein(String a, String b, int distance) {
    assertThat(EditDistance.between(a, b)).isEqualTo(distance);
  }
}
