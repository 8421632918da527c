package dev.candles.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExactSumTest {
  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  private static double number(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextDouble() * 10;
      case 1 -> random.nextLong(1L << 50) / 1e8;
      case 2 -> random.nextLong(1L << 60) / 1e8;
      case 3 -> random.nextInt(100_000) / 1e3;
      case 4 -> random.nextLong(1L << 40) / 1e12;
      default -> -random.nextInt(100_000) / 1e5;
    };
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSumIsThatOfTheDecimalsRoundedOnce(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ExactSum sum = new ExactSum();
    BigDecimal expected = BigDecimal.ZERO;
    int numbers = random.nextInt(seed % 10 == 0 ? 30_000 : 60);
    boolean venue = random.nextBoolean();
    for (int i = 0; i < numbers; i++) {
      double number = venue ? random.nextLong(999_999_999_999_999L) / 1e8 : number(random);
      sum.add(number);
      expected = expected.add(BigDecimal.valueOf(number));
    }
    assertThat(sum.nearest()).isEqualTo(expected.doubleValue());
  }

  @Test
  void tenthsAddUpToWholes() {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < 10; i++) {
      sum.add(0.1);
    }
    assertThat(sum.nearest()).isEqualTo(1);
  }

  @Test
  void noNumberIsRefused() {
    ExactSum sum = new ExactSum();
    assertThatThrownBy(() -> sum.add(Double.NaN)).isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> sum.add(Double.POSITIVE_INFINITY))
        .isInstanceOf(NumberFormatException.class);
  }
}
