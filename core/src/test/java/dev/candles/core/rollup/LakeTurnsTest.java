package dev.candles.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.lake.HeldParts;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LakeTurnsTest {
  private static final long BEAT_MS = 30_000;
  private static final long DAY_MS = Timeframe.D1.millis();
  private static final HeldParts NOTHING =
      new HeldParts(List.of(), Intervals.empty(), Intervals.empty());

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger reads = new AtomicInteger();
  private long tookMs;
  private final LakeTurns turns =
      new LakeTurns(
          (streams, since) -> {
            reads.incrementAndGet();
            nanos.addAndGet(tookMs * 1_000_000);
            return (stream, from, to) -> NOTHING;
          },
          BEAT_MS,
          nanos::get);

  private static StreamKey stream(int i) {
    return new StreamKey("okx", "C" + i + "-USDT", Timeframe.H1);
  }

  @Test
  void itKeepsNothingOfDaysAndIntervals() {
    for (int i = 0; i < 100_000; i++) {
      turns.want(stream(0), i * DAY_MS);
    }
    assertThat(turns.size()).isEqualTo(1);
    assertThat(turns.take(stream(0), 1)).isEqualTo(LakeTurns.DAYS);
    assertThat(turns.size()).isZero();
  }

  @Test
  void aFewShareABeatAndTheOthersComeNext() {
    for (int i = 0; i < LakeTurns.DAYS + 1; i++) {
      turns.want(stream(i), 0);
    }
    for (int i = 0; i < LakeTurns.DAYS; i++) {
      assertThat(turns.take(stream(i), 1)).isEqualTo(1);
      turns.want(stream(i), 0);
      assertThat(turns.take(stream(i), 1)).as("once a beat").isZero();
    }
    assertThat(turns.take(stream(LakeTurns.DAYS), 1)).isZero();
    assertThat(turns.take(stream(LakeTurns.DAYS), 2)).isEqualTo(1);
  }

  /** Their timers come in hours if the clock was set back. */
  @Test
  void whoDoesNotComeKeepsNobodyWaiting() {
    for (int i = 0; i < 2 * LakeTurns.DAYS; i++) {
      turns.want(stream(i), 0);
    }
    int last = 2 * LakeTurns.DAYS - 1;
    assertThat(turns.take(stream(last), 1)).isZero();
    assertThat(turns.take(stream(last), 2)).isEqualTo(1);
  }

  @Test
  void whatTookLongIsFollowedByALongRest() throws IOException {
    tookMs = LakeTurns.LONGEST_MS;
    for (int i = 0; i < 2; i++) {
      turns.want(stream(i), 0);
    }
    assertThat(turns.take(stream(0), 1)).isPositive();
    turns.held(stream(0), 0);
    turns.held(stream(0), DAY_MS);
    assertThat(reads).hasValue(1);
    assertThat(turns.isLong()).isTrue();
    assertThat(turns.take(stream(1), 1)).as("not begun").isZero();
    long rest = LakeTurns.LONGEST_MS * LakeTurns.REST / BEAT_MS;
    assertThat(rest).isPositive();
    for (int beat = 2; beat < 2 + rest; beat++) {
      assertThat(turns.take(stream(1), beat)).isZero();
    }
    assertThat(turns.take(stream(1), 2 + rest)).isPositive();
    turns.held(stream(1), 0);
    assertThat(reads).as("each beat reads anew").hasValue(2);
  }
}
