package dev.candles.sources.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionQueueTest {
  private final AtomicInteger wakes = new AtomicInteger();

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  private static FeedSignal.Frame frame(String text) {
    return new FeedSignal.Frame(text, 7);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsLetInComesOutInOrderAndBothBoundsHold(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ConnectionQueue queue = new ConnectionQueue(10, 100, () -> {});
    List<FeedSignal> in = new ArrayList<>();
    List<FeedSignal> out = new ArrayList<>();
    long chars = 0;
    for (int i = 0; i < 500; i++) {
      if (random.nextInt(3) > 0) {
        FeedSignal.Frame frame = frame("x".repeat(random.nextInt(40)));
        boolean fits = queue.frames() < 10 && chars + frame.text().length() <= 100;
        assertThat(queue.offer(frame)).isEqualTo(fits);
        if (fits) {
          in.add(frame);
          chars += frame.text().length();
        }
      } else {
        List<FeedSignal> taken =
            random.nextBoolean() ? queue.drain(random.nextInt(4)) : queue.poll().stream().toList();
        out.addAll(taken);
        chars -= taken.stream().mapToInt(s -> ((FeedSignal.Frame) s).text().length()).sum();
      }
    }
    for (Optional<FeedSignal> s = queue.poll(); s.isPresent(); s = queue.poll()) {
      out.add(s.get());
    }
    assertThat(out).isEqualTo(in);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void nothingComesAfterLostAndOnlyItsFirstWordCounts() {
    ConnectionQueue queue = new ConnectionQueue(10, 100, wakes::incrementAndGet);
    queue.opened();
    assertThat(queue.offer(frame("a"))).isTrue();
    queue.lost("first");
    queue.lost("second");
    assertThat(queue.offer(frame("b"))).isFalse();
    queue.opened();

    assertThat(queue.poll()).contains(new FeedSignal.Opened());
    assertThat(queue.poll()).contains(frame("a"));
    assertThat(queue.poll()).contains(new FeedSignal.Lost("first"));
    assertThat(queue.poll()).isEmpty();
    assertThat(wakes).hasValue(1);
  }

  @Test
  void onlyASignalThatFindsNoneWaitingWakes() {
    ConnectionQueue queue = new ConnectionQueue(100, 1_000, wakes::incrementAndGet);
    for (int round = 1; round <= 3; round++) {
      for (int i = 0; i < 70; i++) {
        assertThat(queue.offer(frame("a" + i))).isTrue();
      }
      assertThat(queue.drain(64)).hasSize(64);
      assertThat(queue.offer(frame("z"))).isTrue();
      assertThat(wakes).as("the reader has yet to take the rest").hasValue(round);
      assertThat(queue.drain(64)).hasSize(7).endsWith(frame("z"));
      assertThat(queue.drain(64)).isEmpty();
    }
    queue.lost("gone");
    assertThat(wakes).hasValue(4);
  }

  @Test
  void lostGetsInHoweverFullItIs() {
    ConnectionQueue queue = new ConnectionQueue(1, 100, () -> {});
    assertThat(queue.offer(frame("a"))).isTrue();
    assertThat(queue.offer(frame("b"))).isFalse();
    queue.lost("overflow");

    queue.poll();
    assertThat(queue.poll()).contains(new FeedSignal.Lost("overflow"));
  }

  @Test
  void theOldestWaitingFrameTellsItsArrival() {
    ConnectionQueue queue = new ConnectionQueue(10, 100, () -> {});
    assertThat(queue.oldestRealMs(99)).isEqualTo(99);
    assertThat(queue.offer(frame("a"))).isTrue();
    assertThat(queue.oldestRealMs(99)).isEqualTo(7);
  }
}
