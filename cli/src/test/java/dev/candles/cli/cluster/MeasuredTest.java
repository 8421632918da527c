package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedMetric;
import org.junit.jupiter.api.Test;

/** What Flink answers after a pause is as old as the last look. */
class MeasuredTest {
  private static final long NOW = 1_768_000_000_000L;
  private static final long SECOND = 1_000;

  private static Measured of(long... measuredMs) {
    Measured measured = new Measured();
    int operator = 0;
    for (long ms : measuredMs) {
      String id = "operator" + operator++ + ".candles.venue.okx.measuredMs";
      double latest = NOW;
      measured.add(List.of(new AggregatedMetric(id, (double) ms, latest, latest, latest, 0.0)));
    }
    return measured;
  }

  @Test
  void whatWasGatheredForTheLastVisitorIsNotOfNow() {
    Measured old = of(NOW - 5 * SECOND, NOW - 300 * SECOND);
    assertThat(old.isOfNow(NOW, old)).as("of one operator it is").isFalse();
    Measured young = of(NOW - 14 * SECOND, NOW - SECOND);
    assertThat(young.isOfNow(NOW, young)).isTrue();
    assertThat(young.isOfNow(NOW + 2 * SECOND, young)).as("15 s and more").isFalse();
  }

  /** Or each look at a machine whose clock is off would wait in vain. */
  @Test
  void whatWasGatheredAnewIsOfNowByWhateverClock() {
    Measured first = of(NOW - 300 * SECOND);
    assertThat(of(NOW - 290 * SECOND).isOfNow(NOW, first)).isTrue();
    Measured ahead = of(NOW + 300 * SECOND);
    assertThat(ahead.isOfNow(NOW, ahead)).isFalse();
  }

  @Test
  void nothingIsNotOfNowAndWhoDoesNotSayIsBelieved() {
    assertThat(of().isOfNow(NOW, of())).isFalse();
    Measured silent = new Measured();
    silent.add(
        List.of(new AggregatedMetric("a.candles.venue.okx.written", 1.0, 1.0, 1.0, 1.0, 0.0)));
    assertThat(silent.isOfNow(NOW, silent)).isTrue();
    assertThat(silent.values()).containsExactly(new LiveJob.Value("okx", "written", 1, 1));
  }

  @Test
  void leastAndMostOfItsSubtasksAreKept() {
    Measured measured = new Measured();
    measured.add(
        List.of(
            new AggregatedMetric("a.candles.venue.okx.nextConnectMs", 2.0, 5.0, 3.5, 7.0, 0.0)));
    assertThat(measured.values())
        .containsExactly(new LiveJob.Value("okx", "", "nextConnectMs", 2, 5, 7));
  }
}
