package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.repair.RepairWork.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The lanes beside each other. */
class WorkLanesTest {
  private static final long NOW = 1_000;

  private final WorkLanes lanes = new WorkLanes();
  private final StreamDayQuota days = new StreamDayQuota(1);

  private void put(Lane lane, String key, long marketMs, long dueMs) {
    lanes.put(new RepairWork(key, lane, marketMs, dueMs, lane == Lane.GAP ? key : null));
  }

  private RepairWork take() {
    return lanes.take(NOW, NOW, days, work -> false);
  }

  private List<String> asked(int most) {
    List<String> asked = new ArrayList<>();
    for (RepairWork work = take(); work != null && asked.size() < most; work = take()) {
      lanes.asked(work);
      asked.add(work.key());
    }
    return asked;
  }

  @Test
  void lanesTakeTurnsAndOneAloneHasAllOfThem() {
    for (int i = 0; i < 4; i++) {
      put(Lane.GAP, "gap" + i, -i, 0);
    }
    put(Lane.CONFIRMATION, "waits", 0, 0);
    put(Lane.CONFIRMATION, "waits less", 0, 1);

    assertThat(asked(9)).containsExactly("waits", "gap0", "waits less", "gap1", "gap2", "gap3");
  }

  @Test
  void repairsTakeTurnsAmongThemselvesAndConfirmationsWithAllOfThem() {
    for (int i = 0; i < 6; i++) {
      put(Lane.GAP, "gap", i, 0);
      put(Lane.GAP, "g" + i, -i, 0);
      put(Lane.RECHECK, "r" + i, 1_000 - i, 0);
      put(Lane.TRADES, "t" + i, 2_000 - i, 0);
      put(Lane.CONFIRMATION, "c" + i, 0, i);
    }
    List<String> turns = asked(13).subList(0, 12).stream().map(k -> k.substring(0, 1)).toList();
    assertThat(turns)
        .isEqualTo(List.of("c", "g", "c", "r", "c", "t", "c", "g", "c", "r", "c", "t"));
  }

  @Test
  void whenARepairIsAskedNextIsNoMatterOfConfirmations() {
    put(Lane.CONFIRMATION, "due", 0, 0);
    assertThat(lanes.nextRepairMs(NOW, NOW, 0)).isEqualTo(Long.MAX_VALUE);
    put(Lane.RECHECK, "later", 0, NOW + 7_000);
    assertThat(lanes.nextRepairMs(NOW, NOW, 0)).isEqualTo(NOW + 7_000);
    assertThat(lanes.nextRepairMs(NOW, NOW, 2_000)).isEqualTo(NOW + 5_000);
    put(Lane.GAP, "due too", 0, NOW);
    assertThat(lanes.nextRepairMs(NOW, NOW, 0)).isEqualTo(NOW);
  }

  @Test
  void whoHasWaitedLongestIsConfirmedFirstAndTheNewestRepaired() {
    put(Lane.CONFIRMATION, "a", 9, 3);
    put(Lane.CONFIRMATION, "b", 8, 2);
    put(Lane.GAP, "c", 1, 2);
    put(Lane.GAP, "d", 2, 3);

    assertThat(asked(9)).containsExactly("b", "d", "a", "c");
  }

  @Test
  void aLaneWithoutBudgetHoldsUpNoOtherAndKeepsItsTurn() {
    put(Lane.GAP, "gap", 0, 0);
    put(Lane.CONFIRMATION, "waits", 0, NOW + 500);
    lanes.refused(Objects.requireNonNull(take()), NOW + 60_000);
    lanes.refused(Objects.requireNonNull(take()), NOW + 60_000);

    assertThat(asked(1)).isEmpty();
    assertThat(lanes.nextMs(NOW, NOW, 0)).isEqualTo(NOW + 500);
    put(Lane.CONFIRMATION, "waits", 0, 0);
    assertThat(lanes.nextMs(NOW, NOW, 0)).isEqualTo(NOW);
    assertThat(asked(2)).containsExactly("waits");
    assertThat(lanes.nextMs(NOW, NOW, 0)).isEqualTo(NOW + 60_000);
    put(Lane.GAP, "newer", 1, 0);
    assertThat(asked(3)).as("new work may have budget").containsExactly("newer", "gap");
    assertThat(lanes.isEmpty()).isTrue();
  }

  /** History may be refused for an hour while today's gaps have a budget of their own. */
  @Test
  void whatHasWaitedLongestAndHasNoBudgetDoesNotHoldUpTheNewest() {
    put(Lane.GAP, "history", 0, 0);
    put(Lane.GAP, "first", 5, 0);
    RepairWork first = Objects.requireNonNull(take());
    assertThat(first.key()).isEqualTo("first");
    lanes.asked(first);
    put(Lane.GAP, "second", 4, 0);
    put(Lane.GAP, "third", 3, 0);
    assertThat(refuse("history")).isEqualTo("second");
    assertThat(refuse("history")).isEqualTo("third");
    lanes.refused(Objects.requireNonNull(take()), NOW + 90_000);
    lanes.refused(Objects.requireNonNull(take()), NOW + 60_000);
    assertThat(lanes.nextMs(NOW, NOW, 0)).as("neither has budget").isEqualTo(NOW + 60_000);
  }

  /** What is asked after this one was refused, on its own turn. */
  private String refuse(String key) {
    RepairWork refused = Objects.requireNonNull(take());
    assertThat(refused.key()).isEqualTo(key);
    lanes.refused(refused, NOW + 3_600_000);
    RepairWork next = Objects.requireNonNull(take());
    lanes.asked(next);
    return next.key();
  }

  @Test
  void theQuotaOfStreamDaysHoldsUpGapsAndSearchesOfOtherDays() {
    days.use("open");
    lanes.put(new RepairWork("search", Lane.TRADES, 4, 0, "closed"));
    lanes.put(new RepairWork("search of an open day", Lane.TRADES, 3, 0, "open"));
    put(Lane.GAP, "gap", 2, 0);
    put(Lane.GAP, "open", 1, 0);
    put(Lane.TRADES, "trades", 0, 0);

    assertThat(asked(9)).containsExactly("open", "search of an open day", "trades");
    days.renew();
    assertThat(asked(9)).containsExactlyInAnyOrder("gap", "search");
  }
}
