package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.embedded.StopSignals.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What signals mean that come one after the other, and at once. */
class StopSignalsTest {
  @Test
  void theSecondOneForcesAndOneThatComesWithTheFirstDoesNot() {
    StopSignals signals = new StopSignals();
    assertThat(signals.signalled(-7_000)).isEqualTo(Meaning.STOP);
    assertThat(signals.signalled(-7_001)).as("told later").isEqualTo(Meaning.REPEATED);
    assertThat(signals.signalled(-5_001)).isEqualTo(Meaning.REPEATED);
    assertThat(signals.signalled(-5_000)).isEqualTo(Meaning.HALT);
  }

  @Test
  void ofTwoAtOnceNoneForces() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CyclicBarrier together = new CyclicBarrier(2);
      for (int i = 0; i < 2_000; i++) {
        StopSignals signals = new StopSignals();
        Callable<Meaning> signal =
            () -> {
              together.await();
              return signals.signalled(1_000_000);
            };
        List<Meaning> meant = new ArrayList<>();
        for (Future<Meaning> each : threads.invokeAll(List.of(signal, signal))) {
          meant.add(each.get());
        }
        assertThat(meant).containsExactlyInAnyOrder(Meaning.STOP, Meaning.REPEATED);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
