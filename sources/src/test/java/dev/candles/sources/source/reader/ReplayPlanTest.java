package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.lake.StreamInventory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayPlanTest {
  private static final StreamKey BASE = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final long FROM = 1_767_225_600_000L;
  private static final long MINUTE = 60_000;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private static StreamInventory holdings(
      StreamKey stream, long toMs, Intervals finals, Intervals empty) {
    return new StreamInventory(
        stream, FROM, toMs, finals, empty, Intervals.empty(), 0, 0, List.of());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anUnfinishedIntervalIsOneWithoutAStateAndWithABaseCandle(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int minutes = 1 + random.nextInt(400);
    Timeframe larger = random.nextBoolean() ? Timeframe.M5 : Timeframe.H1;
    long now = FROM + minutes * MINUTE;
    long[] bases =
        LongStream.range(0, minutes)
            .filter(i -> random.nextInt(8) == 0)
            .map(i -> FROM + i * MINUTE)
            .toArray();
    long end = larger.floor(now);
    long[] held =
        LongStream.range(0, (end - FROM) / larger.millis())
            .filter(i -> random.nextInt(3) == 0)
            .map(i -> FROM + i * larger.millis())
            .toArray();
    StreamInventory base =
        holdings(BASE, now, Intervals.ofOpenTimes(bases, MINUTE), Intervals.empty());
    StreamInventory large =
        holdings(
            BASE.in(larger), end, Intervals.ofOpenTimes(held, larger.millis()), Intervals.empty());

    Intervals unfinished = ReplayPlan.unfinished(base, large);
    Intervals recent = ReplayPlan.correctable(base, large, now - 3_600_000);
    ReplayPlan plan = ReplayPlan.of(base, large, now - 3_600_000);

    for (long open = FROM; open < now; open += larger.millis()) {
      long at = open;
      boolean touched = LongStream.of(bases).anyMatch(b -> b >= at && b < at + larger.millis());
      boolean isHeld = LongStream.of(held).anyMatch(h -> h == at);
      boolean young = at + larger.millis() > now - 3_600_000;
      assertThat(unfinished.contains(at)).as("unfinished at %d", at).isEqualTo(touched && !isHeld);
      assertThat(recent.contains(at)).as("recent at %d", at).isEqualTo(touched && isHeld && young);
      assertThat(plan.recent().contains(at)).as("at once at %d", at).isEqualTo(touched && young);
      boolean doubted = ReplayPlan.doubtful(base, large).contains(at);
      assertThat(plan.old().contains(at))
          .as("paced at %d", at)
          .isEqualTo(touched && !young && (!isHeld || doubted));
    }
  }

  @Test
  void aPlanTellsWhichOfItsMinutesAreSilent() {
    Intervals silent =
        Intervals.of(FROM, FROM + MINUTE).union(Intervals.of(FROM + 7 * MINUTE, FROM + 8 * MINUTE));
    StreamInventory base =
        holdings(BASE, FROM + 9 * MINUTE, Intervals.of(FROM + MINUTE, FROM + 7 * MINUTE), silent);
    Intervals first = Intervals.of(FROM, FROM + 5 * MINUTE);
    StreamInventory large =
        holdings(BASE.in(Timeframe.M5), FROM + 5 * MINUTE, first, Intervals.empty());

    ReplayPlan plan = ReplayPlan.of(base, large, FROM + 8 * MINUTE);
    assertThat(plan.recent()).isEqualTo(Intervals.of(FROM + 5 * MINUTE, FROM + 10 * MINUTE));
    assertThat(plan.old().isEmpty()).as("whole, and too old to be corrected").isTrue();
    assertThat(plan.silent()).isEqualTo(Intervals.of(FROM + 7 * MINUTE, FROM + 8 * MINUTE));
  }

  @Test
  void theIntervalInProgressIsReplayedToo() {
    StreamInventory base =
        holdings(BASE, FROM + 3 * MINUTE, Intervals.of(FROM, FROM + MINUTE), Intervals.empty());
    StreamInventory large =
        holdings(BASE.in(Timeframe.H1), FROM, Intervals.empty(), Intervals.empty());

    assertThat(ReplayPlan.unfinished(base, large)).isEqualTo(Intervals.of(FROM, FROM + 3_600_000));
  }

  @Test
  void anIntervalThatIsProvenEmptyIsNot() {
    Intervals five = Intervals.of(FROM, FROM + 5 * MINUTE);
    StreamInventory base = holdings(BASE, FROM + 5 * MINUTE, five, Intervals.empty());
    StreamInventory large =
        holdings(BASE.in(Timeframe.M5), FROM + 5 * MINUTE, Intervals.empty(), five);

    assertThat(ReplayPlan.unfinished(base, large).isEmpty()).isTrue();
  }

  @Test
  void aHeldIntervalWithAnUnknownPartIsFoldedAnew() {
    Intervals known = Intervals.of(FROM, FROM + 9 * MINUTE);
    StreamInventory base = holdings(BASE, FROM + 15 * MINUTE, known, Intervals.empty());
    Intervals held = Intervals.of(FROM, FROM + 15 * MINUTE);
    StreamInventory large =
        holdings(BASE.in(Timeframe.M5), FROM + 15 * MINUTE, held, Intervals.empty());

    assertThat(ReplayPlan.doubtful(base, large))
        .as("not the first, which is whole, nor the last, of which nothing is held")
        .isEqualTo(Intervals.of(FROM + 5 * MINUTE, FROM + 10 * MINUTE));
  }
}
