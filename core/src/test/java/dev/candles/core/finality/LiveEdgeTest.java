package dev.candles.core.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.Intervals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LiveEdgeTest {
  private static final int MINUTES = 200;

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void everyMinuteIsPassedOrInsideExactlyOneGap(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> news = shuffledNews(random);
    long frontier = Candles.T0;
    Map<Long, Version> passed = new HashMap<>();
    Intervals gaps = Intervals.empty();
    long gapLength = 0;
    for (int minute : news) {
      boolean lost = random.nextInt(10) == 0;
      long end = Candles.T0 + (minute + 1) * Candles.MINUTE;
      Candle candle = Candles.minute(minute);
      LiveEdge.Step step =
          lost
              ? LiveEdge.overdue(frontier, end)
              : LiveEdge.closed(frontier, candle, passed.get(candle.openTimeMs()));
      assertThat(step.frontierMs()).isGreaterThanOrEqualTo(frontier);
      frontier = step.frontierMs();
      gapLength += step.gap().length();
      gaps = gaps.union(step.gap());
      if (step.pass()) {
        passed.put(candle.openTimeMs(), Version.of(candle));
      }
      assertThat(step.recheck()).isFalse();
    }
    assertThat(gaps.length()).as("no minute is flagged twice").isEqualTo(gapLength);
    for (long open = Candles.T0; open < frontier; open += Candles.MINUTE) {
      assertThat(gaps.contains(open) || passed.containsKey(open)).as("minute %s", open).isTrue();
    }
  }

  @Test
  void aDifferingCandleIsAQuestionAndNoCandle() {
    Candle first = Candles.candle(Candles.T0, 100, 1, Evidence.VENUE_FLAG);
    Candle second = Candles.candle(Candles.T0, 101, 1, Evidence.VENUE_FLAG);
    LiveEdge.Step step = LiveEdge.closed(Candles.T0 + Candles.MINUTE, second, Version.of(first));
    assertThat(step.recheck()).isTrue();
    assertThat(step.pass()).isFalse();
  }

  @Test
  void aClockThatComesAfterTheCandleFlagsNothing() {
    LiveEdge.Step step = LiveEdge.overdue(Candles.T0 + Candles.MINUTE, Candles.T0 + Candles.MINUTE);
    assertThat(step.gap().isEmpty()).isTrue();
  }

  /** Minutes in order, some repeated, some a few places late. */
  private static List<Integer> shuffledNews(SplittableRandom random) {
    List<Integer> news = new ArrayList<>();
    for (int i = 0; i < MINUTES; i++) {
      news.add(i);
      if (random.nextInt(8) == 0) {
        news.add(i);
      }
    }
    for (int i = 0; i < news.size() / 5; i++) {
      int from = random.nextInt(news.size());
      int to = Math.min(news.size() - 1, from + random.nextInt(5));
      news.add(to, news.remove(from));
    }
    return news;
  }
}
