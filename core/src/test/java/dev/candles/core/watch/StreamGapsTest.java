package dev.candles.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.coverage.Intervals;
import dev.candles.core.watch.WatchNews.Gaps;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamGapsTest {
  private static final long M = 60_000;

  private final StreamGaps gaps = new StreamGaps("okx", "okx/BTC-USDT/1m");

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("repair.seeds", 200));
  }

  private static Gaps gaps(long beforeMs, long progressMs, long laterMs, long sinceMs) {
    return gaps(beforeMs, Gaps.NONE, progressMs, laterMs, sinceMs);
  }

  private static Gaps gaps(
      long beforeMs, long beforeEndMs, long progressMs, long laterMs, long sinceMs) {
    return new Gaps("okx", "okx/BTC-USDT/1m", beforeMs, beforeEndMs, progressMs, laterMs, sinceMs);
  }

  @Test
  void whatWasMissingBeforeIsAsOldAsItsLastProgress() {
    assertThat(gaps.take(Intervals.of(0, 90 * M), true, 100 * M))
        .isEqualTo(gaps(0, 90 * M, 100 * M, Gaps.NONE, Gaps.NONE));
    assertThat(gaps.take(Intervals.of(0, 60 * M), false, 110 * M))
        .isEqualTo(gaps(0, 60 * M, 110 * M, Gaps.NONE, Gaps.NONE));
    assertThat(gaps.take(Intervals.of(0, 60 * M), false, 120 * M))
        .isEqualTo(gaps(0, 60 * M, 110 * M, Gaps.NONE, Gaps.NONE));
    assertThat(gaps.take(Intervals.empty(), false, 130 * M))
        .isEqualTo(gaps(Gaps.NONE, 130 * M, Gaps.NONE, Gaps.NONE));
  }

  @Test
  void whatWasMissingBeforeReachesToTheEndOfTheNewest() {
    Intervals holes = Intervals.of(0, 10 * M).union(Intervals.of(50 * M, 90 * M));
    assertThat(gaps.take(holes, true, 100 * M))
        .isEqualTo(gaps(0, 90 * M, 100 * M, Gaps.NONE, Gaps.NONE));
  }

  @Test
  void whatWasFoundBeforeTheClockWasSetBackIsAsOldAsThat() {
    gaps.take(Intervals.of(0, 10 * M), true, 100 * M);
    Intervals all = Intervals.of(0, 10 * M).union(Intervals.of(100 * M, 101 * M));
    gaps.take(all, false, 101 * M);
    assertThat(gaps.take(all, false, 50 * M)).isEqualTo(gaps(0, 10 * M, 50 * M, 100 * M, 50 * M));
    assertThat(gaps.take(all, false, 55 * M)).isEqualTo(gaps(0, 10 * M, 50 * M, 100 * M, 50 * M));
  }

  @Test
  void whatIsFoundLaterHasAnAgeOfItsOwn() {
    gaps.take(Intervals.of(0, 10 * M), true, 100 * M);
    Intervals first = Intervals.of(0, 10 * M).union(Intervals.of(100 * M, 101 * M));
    assertThat(gaps.take(first, false, 101 * M))
        .isEqualTo(gaps(0, 10 * M, 100 * M, 100 * M, 101 * M));
    Intervals second = first.union(Intervals.of(101 * M, 102 * M));
    assertThat(gaps.take(second, false, 102 * M))
        .isEqualTo(gaps(0, 10 * M, 100 * M, 100 * M, 101 * M));
    assertThat(gaps.take(second.minus(Intervals.of(100 * M, 101 * M)), false, 103 * M))
        .as("the younger one is left")
        .isEqualTo(gaps(0, 10 * M, 100 * M, 101 * M, 102 * M));
  }

  @Test
  void anOutageOfDaysKeepsTheAgeOfItsFirstMinute() {
    for (long minute = 1; minute < 3_000; minute++) {
      assertThat(gaps.take(Intervals.of(0, minute * M), false, minute * M))
          .isEqualTo(gaps(Gaps.NONE, 0, 0, M));
    }
    assertThat(gaps.take(Intervals.of(10 * M, 2_999 * M), false, 3_000 * M))
        .as("what is left of its start is no younger")
        .isEqualTo(gaps(Gaps.NONE, 0, 10 * M, M));
  }

  /** Whatever comes and goes: no gap is older than it is, and none is forgotten. */
  @ParameterizedTest
  @MethodSource("seeds")
  void theOldestOfTheOpenGapsIsNamed(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Long, Long> since = new HashMap<>();
    long nowMs = 0;
    for (int step = 0; step < 300; step++) {
      nowMs += random.nextLong(3 * M);
      long changed = random.nextLong(40) * M;
      if (random.nextInt(3) == 0) {
        since.putIfAbsent(changed, nowMs);
      } else {
        since.remove(changed);
      }
      Intervals open = Intervals.empty();
      for (long at : since.keySet()) {
        open = open.union(Intervals.of(at, at + M));
      }
      Gaps told = gaps.take(open, false, nowMs);
      if (since.isEmpty()) {
        assertThat(told.sinceMs()).isEqualTo(Gaps.NONE);
      } else {
        long oldest = since.values().stream().mapToLong(s -> s).min().orElseThrow();
        assertThat(told.sinceMs()).isGreaterThan(oldest - M).isLessThanOrEqualTo(oldest);
        assertThat(open.contains(told.laterMs())).isTrue();
      }
    }
  }
}
