package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.time.MarketClock;
import dev.candles.sources.metrics.CollectorMetric;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerMetricsTest {
  private static final long MINUTE = 60_000;

  private final Map<String, Gauge<?>> gauges = new HashMap<>();
  private final Map<String, Counter> counters = new HashMap<>();

  /** Keeps what is registered, by the path of its groups. */
  private final class Group extends UnregisteredMetricsGroup {
    private final String path;

    Group(String path) {
      this.path = path;
    }

    @Override
    public MetricGroup addGroup(String name) {
      return new Group(path + name + ".");
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Group(path + key + "." + value + ".");
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(path + name, gauge);
      return gauge;
    }

    @Override
    public Counter counter(String name) {
      return counters.computeIfAbsent(path + name, n -> new SimpleCounter());
    }
  }

  private static StreamKey stream(int number) {
    return new StreamKey("okx", "S" + number + "-USDT", Timeframe.M1);
  }

  private LedgerMetrics.OfStream of(LedgerMetrics metrics, int number) {
    return metrics.of(stream(number).id(), stream(number));
  }

  @ParameterizedTest
  @ValueSource(ints = {CollectorMetric.MOST_STREAMS, CollectorMetric.MOST_STREAMS + 1})
  void streamsHaveMetricsOfTheirOwnAsLongAsThereAreFew(int streams) {
    LedgerMetrics metrics = new LedgerMetrics(new Group(""), MarketClock.real(), streams);
    for (int number = 0; number < streams; number++) {
      of(metrics, number).taken();
    }
    boolean few = streams <= CollectorMetric.MOST_STREAMS;
    assertThat(gauges.keySet()).filteredOn(name -> name.contains("symbol")).hasSize(few ? 300 : 0);
    assertThat(counters.keySet())
        .filteredOn(name -> name.contains("symbol"))
        .hasSize(few ? 100 : 0);
    assertThat(counters.get("candles.venue.okx.finals").getCount()).isEqualTo(streams);
  }

  @Test
  void aVenueShowsTheSumOfItsStreams() {
    LedgerMetrics metrics = new LedgerMetrics(new Group(""), MarketClock.real(), 2);
    long nowMs = System.currentTimeMillis();
    of(metrics, 1).missing(Intervals.of(nowMs - 90 * MINUTE, nowMs - 88 * MINUTE));
    of(metrics, 2).missing(Intervals.of(nowMs - 30 * MINUTE, nowMs - 29 * MINUTE));
    of(metrics, 1).counted(IntervalState.FINAL, 4);
    of(metrics, 2).counted(IntervalState.VERIFIED_EMPTY, 2);
    of(metrics, 2).counted(IntervalState.UNRECOVERABLE, 1);
    assertThat(value("candles.venue.okx.openGapMinutes")).isEqualTo(3);
    assertThat(value("candles.venue.okx.coveragePercent")).isEqualTo(60);
    assertThat(value("candles.venue.okx.oldestGapAgeSeconds")).isGreaterThanOrEqualTo(90 * 60);
    assertThat(value("candles.venue.okx.symbol.S1-USDT.timeframe.1m.openGapMinutes")).isEqualTo(2);
    of(metrics, 1).missing(Intervals.empty());
    of(metrics, 2).missing(Intervals.empty());
    assertThat(value("candles.venue.okx.oldestGapAgeSeconds")).isZero();
  }

  private double value(String name) {
    return ((Number) gauges.get(name).getValue()).doubleValue();
  }
}
