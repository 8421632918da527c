package dev.candles.core.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers out of caches of any age, with a word about it or without. */
class AnswerAgeTest {
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;
  private static final long SETTLE_MS = 120_000;

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void noRowIsBelievedThatHadNotSettledWhenTheAnswerWasMade(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      long nowMs = Candles.T0 + random.nextLong(1_000 * MINUTE);
      long age = random.nextBoolean() ? 0 : random.nextLong(AnswerAge.OLDEST_MS);
      long madeMs = nowMs - age;
      long saidMs =
          switch (random.nextInt(3)) {
            case 0 -> AnswerAge.UNSAID;
            case 1 -> nowMs / 1_000 * 1_000; // a cache that does not tell
            default -> madeMs / 1_000 * 1_000;
          };
      boolean rows = random.nextInt(4) > 0;
      long newestMs =
          rows ? (madeMs - random.nextLong(300 * MINUTE)) / MINUTE * MINUTE : Long.MIN_VALUE;
      assertThat(AnswerAge.settledToMs(saidMs, newestMs, SETTLE_MS))
          .isLessThanOrEqualTo(madeMs - SETTLE_MS);
    }
  }

  /** Where no rows need to be newer, what the answer says of itself settles it, however old. */
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void whatNeedsNoNewerRowHasSettledInEveryAnswerThatSaysItsTime(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int none = 0;
    for (int i = 0; i < 1_000; i++) {
      long nowMs = T0 + random.nextLong(1_000 * MINUTE);
      long endMs = nowMs - random.nextLong(3 * AnswerAge.OLDEST_MS);
      if (AnswerAge.reachMs(endMs, nowMs, SETTLE_MS) == 0) {
        none++;
        long saidMs = nowMs - random.nextLong(60 * MINUTE);
        long newestMs = endMs - MINUTE;
        assertThat(AnswerAge.settledToMs(saidMs, newestMs, SETTLE_MS))
            .isGreaterThanOrEqualTo(endMs);
      }
    }
    assertThat(none).isBetween(400, 800);
    assertThat(AnswerAge.reachMs(T0, T0 + AnswerAge.OLDEST_MS, SETTLE_MS)).isEqualTo(SETTLE_MS);
  }

  @Test
  void anAnswerWithoutAWordAndWithoutARowSettlesNothing() {
    assertThat(AnswerAge.settledToMs(AnswerAge.UNSAID, Long.MIN_VALUE, SETTLE_MS))
        .isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aNewerRowOrADayMakesARowSettled() {
    long rowEndMs = Candles.T0;
    assertThat(AnswerAge.settledToMs(Candles.T0 + 10 * MINUTE, Candles.T0 + 2 * MINUTE, SETTLE_MS))
        .isEqualTo(rowEndMs);
    assertThat(AnswerAge.settledToMs(AnswerAge.UNSAID, Candles.T0 + 2 * MINUTE, SETTLE_MS))
        .isEqualTo(rowEndMs);
    long dayLater = Candles.T0 + SETTLE_MS + AnswerAge.OLDEST_MS;
    assertThat(AnswerAge.settledToMs(dayLater, Candles.T0 - MINUTE, SETTLE_MS)).isEqualTo(rowEndMs);
  }
}
