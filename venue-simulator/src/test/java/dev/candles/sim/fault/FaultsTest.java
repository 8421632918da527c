package dev.candles.sim.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final long START = 1_000_000;

  @Test
  void anAtFaultStrikesOnceFromItsTimeOn() {
    Faults faults = faults(Fault.at(FaultKind.DROP, "okx", START + 100));
    assertThat(strike(faults, 99)).isFalse();
    assertThat(strike(faults, 500)).isTrue();
    assertThat(strike(faults, 501)).isFalse();
    assertThat(faults.counted(FaultKind.DROP)).isEqualTo(1);
    assertThat(faults.counts()).containsEntry("drop", 1L).containsEntry("cut", 0L);
  }

  @Test
  void aLastingFaultStrikesAllWhileItLasts() {
    Faults faults =
        faults(Fault.at(FaultKind.DROP, "okx", START + 100).lasting(Duration.ofMillis(50)));
    assertThat(strike(faults, 99)).isFalse();
    assertThat(strike(faults, 100)).isTrue();
    assertThat(strike(faults, 149)).isTrue();
    assertThat(strike(faults, 150)).isFalse();
  }

  @Test
  void anEveryFaultStrikesOncePerRound() {
    Faults faults = faults(Fault.every(FaultKind.DROP, "okx", Duration.ofMillis(100)));
    assertThat(strike(faults, 50)).isFalse();
    assertThat(strike(faults, 120)).isTrue();
    assertThat(strike(faults, 130)).isFalse();
    assertThat(strike(faults, 450)).isTrue();
    assertThat(strike(faults, 460)).isFalse();
  }

  @Test
  void chanceComesAboutAsOftenAsToldAndDependsOnSeedAndKeyOnly() {
    Faults one = faults(Fault.chance(FaultKind.DROP, "okx", 0.2));
    Faults two = faults(Fault.chance(FaultKind.DROP, "okx", 0.2));
    for (int key = 0; key < 5_000; key++) {
      boolean hit = one.strike(FaultKind.DROP, "okx", null, key, START).isPresent();
      boolean again = two.strike(FaultKind.DROP, "okx", "X-Y", key, START + 5).isPresent();
      assertThat(again).isEqualTo(hit);
    }
    assertThat(one.counted(FaultKind.DROP)).isBetween(850L, 1_150L);
  }

  @Test
  void venueSymbolKindAndUntilMustFit() {
    Faults faults =
        faults(Fault.chance(FaultKind.DROP, "okx", 1).forSymbol("A-B").until(START + 10));
    assertThat(faults.strike(FaultKind.DROP, "okx", "A-B", 1, START)).isPresent();
    assertThat(faults.strike(FaultKind.DROP, "okx", "A-C", 1, START)).isEmpty();
    assertThat(faults.strike(FaultKind.DROP, "kraken", "A-B", 1, START)).isEmpty();
    assertThat(faults.strike(FaultKind.REPEAT, "okx", "A-B", 1, START)).isEmpty();
    assertThat(faults.strike(FaultKind.DROP, "okx", "A-B", 1, START + 10)).isEmpty();
  }

  @Test
  void whatBelongsToARowByChanceStaysAndIsAnotherForAnotherMarketOrSeed() {
    Faults faults = faults();
    assertThat(faults.noise("okx", "A-B", 60_000)).isEqualTo(faults().noise("okx", "A-B", 60_000));
    assertThat(faults.noise("okx", "A-B", 60_000))
        .isNotEqualTo(faults.noise("okx", "A-B", 120_000))
        .isNotEqualTo(faults.noise("okx", "A-C", 60_000))
        .isNotEqualTo(faults.noise("kraken", "A-B", 60_000))
        .isNotEqualTo(new Faults(List.of(), 2, START).noise("okx", "A-B", 60_000));
  }

  @Test
  void eachVenueHasItsOwnCounts() {
    Faults faults =
        faults(Fault.chance(FaultKind.DROP, "okx", 1), Fault.chance(FaultKind.DROP, "kraken", 1));
    strike(faults, 1);
    strike(faults, 2);
    assertThat(faults.strike(FaultKind.DROP, "kraken", null, 1, START)).isPresent();
    assertThat(faults.counted(FaultKind.DROP, "okx")).isEqualTo(2);
    assertThat(faults.counted(FaultKind.DROP, "kraken")).isEqualTo(1);
    assertThat(faults.counted(FaultKind.DROP, "coinbase")).isZero();
    assertThat(faults.counted(FaultKind.DROP)).isEqualTo(3);
    assertThat(faults.counts()).containsEntry("drop", 3L).hasSize(FaultKind.values().length);
  }

  @Test
  void nothingStrikesAfterTheGlobalEnd() {
    Faults faults = faults(Fault.chance(FaultKind.DROP, "okx", 1));
    faults.until(START + 10);
    assertThat(strike(faults, 9)).isTrue();
    assertThat(strike(faults, 10)).isFalse();
    assertThat(faults.begin(FaultKind.CUT, "okx", START + 11)).isEmpty();
  }

  @Test
  void theEndOfOneVenuesFaultsLeavesThoseOfTheOthers() {
    Faults faults =
        faults(Fault.chance(FaultKind.DROP, "okx", 1), Fault.chance(FaultKind.DROP, "kraken", 1));
    faults.until("okx", START + 10);
    faults.until("okx", START + 20);
    assertThat(strike(faults, 9)).isTrue();
    assertThat(strike(faults, 10)).isFalse();
    assertThat(faults.live("okx", START + 10)).isFalse();
    assertThat(faults.live("kraken", START + 10)).isTrue();
    assertThat(faults.strike(FaultKind.DROP, "kraken", null, 1, START + 10)).isPresent();
  }

  @Test
  void aWholeVenueFaultHasOneChancePerMarketMinute() {
    Faults faults = faults(Fault.chance(FaultKind.STALL, "okx", 1));
    assertThat(faults.begin(FaultKind.STALL, "okx", 60_000)).isPresent();
    assertThat(faults.begin(FaultKind.STALL, "okx", 60_010)).isEmpty();
    assertThat(faults.begin(FaultKind.STALL, "okx", 120_000)).isPresent();
  }

  private static boolean strike(Faults faults, long after) {
    return faults.strike(FaultKind.DROP, "okx", null, after, START + after).isPresent();
  }

  private static Faults faults(Fault... list) {
    return new Faults(List.of(list), 1, START);
  }
}
