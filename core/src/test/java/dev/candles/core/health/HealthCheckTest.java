package dev.candles.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HealthCheckTest {
  private final HealthCheck check = new HealthCheck(List.of("coinbase", "kraken", "okx"));

  private void stands(String venue, HealthState state, boolean connected) {
    check.take(new HealthNews.Standing(venue, state, connected));
  }

  @Test
  void theRunbooksLinesAreSaidWordForWord() {
    stands("okx", HealthState.DOWN, false);
    stands("coinbase", HealthState.HEALTHY, true);
    stands("kraken", HealthState.DEGRADED, true);
    check.take(new HealthNews.Counted("coinbase", 1_000, 1_000));
    check.take(new HealthNews.Counted("kraken", 890, 850));
    check.take(new HealthNews.Counted("coinbase", 234, 200));

    assertThat(check.lines())
        .containsExactly(
            "HEALTH CHECK | Overall: DOWN",
            "- coinbase: HEALTHY | WS: ✓ | Recv: 1234 | Written: 1200",
            "- kraken: DEGRADED | WS: ✓ | Recv: 890 | Written: 850",
            "- okx: DOWN | WS: ✗ | Recv: 0 | Written: 0");
  }

  @Test
  void overallIsTheWorstOfTheVenuesAndFollowsThem() {
    stands("coinbase", HealthState.HEALTHY, true);
    stands("kraken", HealthState.HEALTHY, true);
    stands("okx", HealthState.HEALTHY, true);
    assertThat(check.lines()).first().isEqualTo("HEALTH CHECK | Overall: HEALTHY");

    stands("kraken", HealthState.DEGRADED, true);
    assertThat(check.lines()).first().isEqualTo("HEALTH CHECK | Overall: DEGRADED");

    stands("coinbase", HealthState.DOWN, false);
    assertThat(check.lines()).first().isEqualTo("HEALTH CHECK | Overall: DOWN");

    stands("coinbase", HealthState.HEALTHY, true);
    assertThat(check.lines()).first().isEqualTo("HEALTH CHECK | Overall: DEGRADED");
  }

  @Test
  void whatIsNotKnownIsSaidToBe() {
    assertThat(check.lines())
        .containsExactly(
            "HEALTH CHECK | Overall: UNKNOWN",
            "- coinbase: UNKNOWN | WS: ✗ | Recv: 0 | Written: 0",
            "- kraken: UNKNOWN | WS: ✗ | Recv: 0 | Written: 0",
            "- okx: UNKNOWN | WS: ✗ | Recv: 0 | Written: 0");

    stands("coinbase", HealthState.HEALTHY, true);
    assertThat(check.lines()).first().isEqualTo("HEALTH CHECK | Overall: UNKNOWN");

    stands("okx", HealthState.DEGRADED, true);
    assertThat(check.lines()).first().isEqualTo("HEALTH CHECK | Overall: DEGRADED");
  }

  /** A timer of a venue that left the configuration may still tell of it. */
  @Test
  void aVenueThatIsNotConfiguredIsPassedOver() {
    stands("gone", HealthState.DOWN, false);
    assertThat(check.lines()).hasSize(4).noneMatch(line -> line.contains("gone"));
  }
}
