package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class ClockLineTest {
  @Test
  void onlyAClockThatIsOffIsInTheHealthLine() {
    assertThat(StartUp.clocks(new TreeMap<>(Map.of("okx", 1_999L, "kraken", -2_000L)), 2_000))
        .isEmpty();
    assertThat(StartUp.clocks(new TreeMap<>(Map.of("okx", 90_040L, "kraken", -180_000L)), 2_000))
        .isEqualTo(
            ", clock of this machine off: kraken is 180 s behind it, okx is 90 s ahead of it");
  }

  @Test
  void theOffsetOfAVenueIsKnownAsLongAsItsReaderLives() {
    LiveGauges gauges = new LiveGauges();
    Gauge<Long> gauge = () -> -90_000L;
    OfVenue group = new OfVenue();
    gauges.notifyOfAddedMetric(gauge, LiveGauges.CLOCK_OFFSET, group);
    assertThat(LiveGauges.clockOffsets()).containsExactly(Map.entry("okx", -90_000L));
    gauges.notifyOfRemovedMetric(gauge, LiveGauges.CLOCK_OFFSET, group);
    assertThat(LiveGauges.clockOffsets()).isEmpty();
  }

  private static final class OfVenue extends UnregisteredMetricsGroup {
    @Override
    public Map<String, String> getAllVariables() {
      return Map.of("<venue>", "okx");
    }
  }
}
