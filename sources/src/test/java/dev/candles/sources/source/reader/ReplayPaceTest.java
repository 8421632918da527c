package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReplayPaceTest {
  @Test
  void noMoreThanAllowedPassBetweenTwoCheckpoints() throws Exception {
    ReplayPace pace = new ReplayPace();
    AtomicInteger taken = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(ReplayPace.DAYS);
    CountDownLatch more = new CountDownLatch(ReplayPace.DAYS + 1);
    Thread scan =
        new Thread(
            () -> {
              try {
                while (true) {
                  pace.take();
                  taken.incrementAndGet();
                  full.countDown();
                  more.countDown();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    scan.start();
    assertThat(full.await(ReaderHarness.DEADLINE_S, TimeUnit.SECONDS)).isTrue();
    assertThat(taken).hasValue(ReplayPace.DAYS);
    pace.refill();
    assertThat(more.await(ReaderHarness.DEADLINE_S, TimeUnit.SECONDS)).isTrue();
    scan.interrupt();
    scan.join(1_000 * ReaderHarness.DEADLINE_S);
    assertThat(scan.isAlive()).isFalse();
  }
}
