package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of signals, one after the other and at once. */
class StopSignalsTest {
  private final List<String> done = new ArrayList<>();
  private long nowMs = -7_000;
  private Runnable meanwhile = () -> {};
  private final StopSignals signals =
      new StopSignals(() -> nowMs, this::stop, () -> done.add("halt"));

  private void stop() {
    done.add("stop");
    meanwhile.run();
  }

  @Test
  void theFirstStopsAndOneThatComesLaterForces() {
    signals.signalled();
    nowMs = -7_001; // told later than it came
    signals.signalled();
    nowMs = -5_001;
    signals.signalled();
    assertThat(done).containsExactly("stop");
    nowMs = -5_000;
    signals.signalled();
    assertThat(done).containsExactly("stop", "halt");
  }

  @Test
  void oneThatComesWhileTheFirstIsTakenDoesNotForce() {
    meanwhile = signals::signalled;
    signals.signalled();
    assertThat(done).containsExactly("stop");
  }
}
