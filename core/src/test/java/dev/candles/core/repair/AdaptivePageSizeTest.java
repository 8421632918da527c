package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads a day of which some rows make every page that holds them unreadable. */
class AdaptivePageSizeTest {
  private static final int PAGE_ROWS = 300;
  private static final Intervals DAY =
      Intervals.of(Candles.T0, Candles.T0 + 1_440 * Candles.MINUTE);

  private int answers;

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void oneSweepReadsEveryRowButTheBadOnes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TreeSet<Long> bad = new TreeSet<>();
    for (int i = random.nextInt(0, 8); i >= 0; i--) {
      bad.add(Candles.T0 + random.nextInt(1_440) * Candles.MINUTE);
    }
    AdaptivePageSize width = new AdaptivePageSize();
    assertThat(sweep(width, DAY, bad)).isEqualTo(bad);
    assertThat(answers).isLessThan(20 + 30 * bad.size());
    answers = 0;
    Intervals left =
        Intervals.ofOpenTimes(bad.stream().mapToLong(Long::longValue).toArray(), Candles.MINUTE);
    assertThat(sweep(width, left, bad)).isEqualTo(bad);
    assertThat(answers).as("no more than one by one").isLessThanOrEqualTo(bad.size());
  }

  @Test
  void aDayOfWhichNothingCanBeReadIsNotAskedForMinuteByMinute() {
    TreeSet<Long> all = new TreeSet<>();
    for (int i = -1_440; i < 2 * 1_440; i++) {
      all.add(Candles.T0 + i * Candles.MINUTE);
    }
    AdaptivePageSize width = new AdaptivePageSize();
    sweep(width, DAY, all);
    assertThat(answers).isLessThan(AdaptivePageSize.UNREAD_IN_A_ROW + 10);
    answers = 0;
    sweep(width, DAY, all);
    assertThat(answers).isLessThan(10);
    assertThat(sweep(width, DAY, new TreeSet<>())).isEmpty();
  }

  /** The minutes that one sweep over {@code open} leaves. */
  private TreeSet<Long> sweep(AdaptivePageSize width, Intervals open, TreeSet<Long> bad) {
    GapState gap = GapState.fresh(Candles.STREAM, Candles.T0, open, Reason.HISTORY);
    TreeSet<Long> left = new TreeSet<>();
    while (true) {
      var next = width.next(gap, PAGE_ROWS, PAGE_ROWS, Long.MAX_VALUE, 0);
      if (next.isEmpty()) {
        return left;
      }
      GapState.Page page = next.get();
      answers++;
      assertThat(answers).isLessThan(5_000);
      boolean readable = bad.subSet(page.askFromMs(), page.askToMs()).isEmpty();
      if (readable) {
        width.readable(page, Candles.MINUTE);
      } else if (width.unreadable(page, Candles.MINUTE)) {
        continue;
      } else {
        for (long minute = page.firstMs(); minute < page.endMs(); minute += Candles.MINUTE) {
          left.add(minute);
        }
      }
      long oldestMs = page.firstMs();
      if (oldestMs <= open.from(0)) {
        return left;
      }
      gap = gap.failed(page, 0);
    }
  }
}
