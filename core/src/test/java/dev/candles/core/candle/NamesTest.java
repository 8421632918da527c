package dev.candles.core.candle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alphabet as patterns say it, against the loops that check it. */
class NamesTest {
  private static final Pattern VENUE = Pattern.compile("[a-z][a-z0-9]{0,31}");
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]{1,20}(-[A-Z0-9]{1,20}){1,3}");
  private static final String HOSTILE = "AZ09--az./\\ _\u0000\u0660\uff21%";

  @Test
  void aSymbolIsWhatThePatternSays() {
    Random random = new Random(1);
    int accepted = 0;
    for (int i = 0; i < 300_000; i++) {
      String name = name(random, i % 2 == 0 ? "AZ09-" : HOSTILE, i % 3 == 0 ? 90 : 8);
      assertThat(Names.isSymbol(name)).as(name).isEqualTo(SYMBOL.matcher(name).matches());
      accepted += Names.isSymbol(name) ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(1_000);
  }

  @Test
  void partsOfASymbolHaveTheirLimits() {
    String part = "A".repeat(20);
    assertThat(Names.isSymbol(part + "-" + part + "-" + part + "-" + part)).isTrue();
    assertThat(Names.isSymbol(part + "-" + part + "-" + part + "-" + part + "-A")).isFalse();
    assertThat(Names.isSymbol(part + "A-" + part)).isFalse();
    assertThat(Names.isSymbol(part + "-" + part + "A")).isFalse();
    assertThat(Names.isSymbol("BTC")).isFalse();
    assertThat(Names.isSymbol("BTC-")).isFalse();
    assertThat(Names.isSymbol("-BTC-USD")).isFalse();
    assertThat(Names.isSymbol("BTC--USD")).isFalse();
    assertThat(Names.isSymbol("")).isFalse();
  }

  @Test
  void aVenueIsWhatThePatternSays() {
    Random random = new Random(2);
    int accepted = 0;
    for (int i = 0; i < 300_000; i++) {
      String name = name(random, i % 2 == 0 ? "az09" : HOSTILE, i % 3 == 0 ? 40 : 5);
      assertThat(Names.isVenue(name)).as(name).isEqualTo(VENUE.matcher(name).matches());
      accepted += Names.isVenue(name) ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(1_000);
  }

  private static String name(Random random, String alphabet, int longest) {
    return random
        .ints(random.nextInt(longest), 0, alphabet.length())
        .collect(
            StringBuilder::new,
            (text, at) -> text.append(alphabet.charAt(at)),
            StringBuilder::append)
        .toString();
  }
}
