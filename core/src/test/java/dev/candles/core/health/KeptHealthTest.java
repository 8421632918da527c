package dev.candles.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptHealthTest {
  @Test
  void theNewestOfTooManyUntoldChangesAreKept() {
    List<Transition> many = new ArrayList<>();
    for (int n = 1; n <= 3 * KeptHealth.MOST_UNTOLD; n++) {
      many.add(new Transition(n, HealthState.HEALTHY, HealthState.DEGRADED, 3, null, false, n));
    }
    KeptHealth kept = new KeptHealth(1, VenueHealth.Snapshot.fresh(1), many);

    assertThat(kept.untold())
        .hasSize(KeptHealth.MOST_UNTOLD)
        .last()
        .isEqualTo(many.get(many.size() - 1));
  }
}
