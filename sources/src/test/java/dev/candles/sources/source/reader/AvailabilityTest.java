package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
  private final Availability availability = new Availability();

  @Test
  void aFutureWithoutWorkWaitsForTheWake() {
    CompletableFuture<Void> future = availability.future(() -> false);
    assertThat(future).isNotDone();
    assertThat(availability.future(() -> false)).isSameAs(future);
    availability.wake();
    assertThat(future).isDone();
  }

  @Test
  void workThatIsThereIsSeenWithoutAWake() {
    assertThat(availability.future(() -> true)).isDone();
  }

  @Test
  void noWakeIsLostBetweenTwoThreads() throws Exception {
    int count = 50_000;
    AtomicInteger work = new AtomicInteger();
    Thread producer =
        new Thread(
            () -> {
              for (int i = 0; i < count; i++) {
                work.incrementAndGet();
                availability.wake();
              }
            });
    producer.start();
    int taken = 0;
    while (taken < count) {
      availability.future(() -> work.get() > 0).get(ReaderHarness.DEADLINE_S, TimeUnit.SECONDS);
      taken += work.getAndSet(0);
    }
    producer.join();
    assertThat(taken).isEqualTo(count);
  }
}
