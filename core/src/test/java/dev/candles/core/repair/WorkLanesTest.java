package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.repair.RepairWork.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Repairs and confirmations beside each other. */
class WorkLanesTest {
  private static final long NOW = 1_000;

  private final WorkLanes lanes = new WorkLanes();

  private void put(Lane lane, String key, long marketMs, long dueMs) {
    lanes.put(new RepairWork("kind", key, lane, marketMs, dueMs));
  }

  private List<String> taken(int most) {
    return new ArrayList<>(
        Stream.generate(() -> lanes.take(NOW, NOW, work -> true))
            .limit(most)
            .filter(Objects::nonNull)
            .map(RepairWork::key)
            .toList());
  }

  @Test
  void lanesTakeTurnsAndOneAloneHasAllOfThem() {
    for (int i = 0; i < 4; i++) {
      put(Lane.REPAIR, "gap" + i, -i, 0);
    }
    put(Lane.CONFIRMATION, "waits", 0, 0);
    put(Lane.CONFIRMATION, "waits less", 0, 1);

    assertThat(taken(9)).containsExactly("gap0", "waits", "gap1", "waits less", "gap2", "gap3");
  }

  @Test
  void whenALaneIsAskedNextIsItsOwn() {
    put(Lane.CONFIRMATION, "due", 0, 0);
    assertThat(lanes.nextMs(Lane.REPAIR, NOW, NOW, 0)).isEqualTo(Long.MAX_VALUE);
    put(Lane.REPAIR, "later", 0, NOW + 7_000);
    assertThat(lanes.nextMs(Lane.REPAIR, NOW, NOW, 0)).isEqualTo(NOW + 7_000);
    assertThat(lanes.nextMs(Lane.REPAIR, NOW, NOW, 2_000)).isEqualTo(NOW + 5_000);
    put(Lane.REPAIR, "due too", 0, NOW);
    assertThat(lanes.nextMs(Lane.REPAIR, NOW, NOW, 0)).isEqualTo(NOW);
  }

  @Test
  void whoHasWaitedLongestIsConfirmedFirstAndTheNewestRepaired() {
    put(Lane.CONFIRMATION, "a", 9, 3);
    put(Lane.CONFIRMATION, "b", 8, 2);
    put(Lane.REPAIR, "c", 1, 2);
    put(Lane.REPAIR, "d", 2, 3);

    assertThat(taken(9)).containsExactly("d", "b", "c", "a");
  }

  @Test
  void aLaneWithoutBudgetHoldsUpNoOther() {
    put(Lane.REPAIR, "gap", 0, 0);
    put(Lane.CONFIRMATION, "waits", 0, NOW + 500);
    lanes.refused(Objects.requireNonNull(lanes.take(NOW, NOW, work -> true)), NOW + 60_000);

    assertThat(taken(1)).isEmpty();
    assertThat(lanes.nextMs(NOW, NOW, 0)).isEqualTo(NOW + 500);
    put(Lane.CONFIRMATION, "waits", 0, 0);
    assertThat(lanes.nextMs(NOW, NOW, 0)).isEqualTo(NOW);
    assertThat(taken(2)).containsExactly("waits");
    assertThat(lanes.nextMs(NOW, NOW, 0)).isEqualTo(NOW + 60_000);
    put(Lane.REPAIR, "other", 0, 0);
    assertThat(taken(2)).as("new work may have budget").containsExactly("gap", "other");
    assertThat(lanes.isEmpty()).isTrue();
  }
}
