package dev.candles.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.cluster.LiveJob;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A scheduled job that asks is told whenever somebody should look. */
class StatusCodeTest extends ConcernFixture {
  @Test
  void aCollectorThatRunsIsZeroAsLongAsNobodyHasToDoAnything() {
    assertThat(StatusCode.ofAll(status())).isZero();
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - 60 * MINUTE);
    assertThat(concerns()).as("in repair").hasSize(1);
    assertThat(StatusCode.ofAll(status())).isZero();
    qa = qa(NOON - MINUTE, false);
    assertThat(StatusCode.ofAll(status())).isOne();
    assertThat(StatusCode.ofCollector(status())).as("it runs all the same").isZero();
  }

  @Test
  void whoDoesNotRunOrAnswerIsToldApart() {
    found = new LiveJob.Found(Optional.empty(), List.of());
    assertThat(StatusCode.ofAll(status())).isEqualTo(StatusCode.ofCollector(status())).isEqualTo(4);
    found = new LiveJob.Found(Optional.empty(), List.of("no answer for 15 s"));
    assertThat(StatusCode.ofAll(status())).isEqualTo(StatusCode.ofCollector(status())).isOne();
  }
}
