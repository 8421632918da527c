package dev.candles.batch.quality.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.lake.layout.Partition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetDayPlanTest {
  private static List<Partition> partitions(int days) {
    List<Partition> partitions = new ArrayList<>();
    for (String stream : List.of("okx/BTC-USDT/1m", "kraken/BTC-USD/5m", "kraken/ETH-USD/1m")) {
      StreamKey key = StreamKey.parse(stream).orElseThrow();
      for (int day = 0; day < days; day++) {
        partitions.add(new Partition(key, LocalDate.EPOCH.plusDays(day)));
      }
    }
    return partitions;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 60, 365})
  void everyPartitionIsInExactlyOneUnit(int days) {
    AssetDayPlan plan = new AssetDayPlan(partitions(days));
    List<Partition> planned = new ArrayList<>();
    for (long number = 0; number < plan.size(); number++) {
      planned.addAll(plan.unit(number).partitions());
    }
    assertThat(planned).containsExactlyInAnyOrderElementsOf(partitions(days));
  }

  @Test
  void anAssetIsLookedAtOverAllVenuesAndTimeframes() {
    AssetDayPlan plan = new AssetDayPlan(partitions(1));
    assertThat(List.of(plan.unit(0).streams(), plan.unit(1).streams()))
        .containsExactlyInAnyOrder(
            List.of("kraken/BTC-USD/5m", "okx/BTC-USDT/1m"), List.of("kraken/ETH-USD/1m"));
  }

  @Test
  void theNewestDaysAreSpreadOverBothHalvesOfTheNumbers() {
    AssetDayPlan plan = new AssetDayPlan(partitions(100));
    long early = 0;
    for (long number = 0; number < plan.size() / 2; number++) {
      early += plan.unit(number).epochDay() >= 90 ? 1 : 0;
    }
    assertThat(early).isBetween(8L, 12L);
  }

  @Test
  void reportsTravelWithoutKryo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(PartitionReport.class);
  }
}
