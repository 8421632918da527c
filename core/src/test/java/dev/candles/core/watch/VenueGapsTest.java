package dev.candles.core.watch;

import static dev.candles.core.watch.WatchNews.Gaps.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.watch.WatchNews.Gaps;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VenueGapsTest {
  private static final long H = 3_600_000;
  private static final long T0 = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long DEPTH = 12 * H;

  private final VenueGaps venue = new VenueGaps("okx", 2, H, DEPTH, T0);

  private static Gaps gaps(
      String symbol, long beforeMs, long progressMs, long laterMs, long sinceMs) {
    return new Gaps("okx", "okx/" + symbol + "/1m", beforeMs, progressMs, laterMs, sinceMs);
  }

  private static Gaps none(String symbol) {
    return gaps(symbol, NONE, 0, NONE, NONE);
  }

  private String kind(long nowMs) {
    return venue.finding(nowMs).map(Finding::kind).orElse("unknown");
  }

  @Test
  void nothingIsKnownBeforeEveryStreamIs() {
    assertThat(kind(T0)).isEqualTo("unknown");
    venue.take(none("A"));
    assertThat(kind(T0 + 1)).isEqualTo("unknown");
    venue.take(none("B"));
    assertThat(kind(T0 + 2)).isEqualTo("gap_closed");
  }

  @Test
  void aStreamThatNeverComesKeepsNobodyWaiting() {
    venue.take(none("A"));
    assertThat(kind(T0 + H - 1)).isEqualTo("unknown");
    assertThat(kind(T0 + H)).isEqualTo("gap_closed");
  }

  @Test
  void aGapThatIsOpenForAnHourIsToldUntilItIsClosed() {
    venue.take(none("A"));
    venue.take(gaps("B", NONE, 0, T0, T0 + 60_000));
    assertThat(kind(T0 + 60_000 + H - 1)).isEqualTo("gap_closed");
    assertThat(kind(T0 + 60_000 + H)).isEqualTo("gap_old");
    assertThat(venue.finding(T0 + 2 * H).orElseThrow().text())
        .isEqualTo(
            "okx/B/1m lack 2026-03-01T12:00:00Z. See ./candles gaps --open, ./candles explain");
    venue.take(none("B"));
    assertThat(kind(T0 + 3 * H)).isEqualTo("gap_closed");
  }

  @Test
  void historyThatIsBuiltForDaysIsNoGap() {
    venue.take(gaps("A", T0 - 1_000 * H, T0, NONE, NONE));
    venue.take(gaps("B", T0 - 1_000 * H, T0, NONE, NONE));
    for (long hour = 1; hour < 100; hour++) {
      assertThat(kind(T0 + hour * H - 2)).isEqualTo("unknown");
      venue.take(gaps("A", T0 - 1_000 * H, T0 + hour * H - 1, NONE, NONE)); // B waits its turn
    }
    assertThat(kind(T0 + 100 * H)).as("nothing is closed for an hour").isEqualTo("gap_old");
    assertThat(venue.finding(T0 + 100 * H).orElseThrow().text()).contains(" and 1 more lack ");
  }

  @Test
  void aRestartTakesNothingBackWhileSomethingOfBeforeIsOpen() {
    venue.take(none("A"));
    venue.take(gaps("B", T0 - 2 * H, T0, NONE, NONE));
    assertThat(kind(T0 + 10)).isEqualTo("unknown");
    venue.take(none("B"));
    assertThat(kind(T0 + 20)).isEqualTo("gap_closed");
  }

  @Test
  void anOutageOfHalfOfWhatTheVenueKeepsIsCriticalAndSaysWhenItIsLost() {
    venue.take(none("A"));
    venue.take(gaps("B", NONE, 0, T0, T0));
    assertThat(kind(T0 + 6 * H - 1)).isEqualTo("gap_old");
    Finding risk = venue.finding(T0 + 6 * H).orElseThrow();
    assertThat(risk.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(risk.kind()).isEqualTo("history_at_risk");
    assertThat(risk.text()).contains("lost for good at 2026-03-02T00:00:00Z");
    assertThat(kind(T0 + 13 * H)).as("what goes on being lost").isEqualTo("history_at_risk");
  }

  @Test
  void historyThatTheVenueNeverHadIsNotAtRisk() {
    venue.take(none("A"));
    venue.take(gaps("B", T0 - 100 * H, T0, NONE, NONE));
    assertThat(kind(T0 + H)).isEqualTo("gap_old");
    venue.take(gaps("B", T0 - 8 * H, T0, NONE, NONE));
    assertThat(kind(T0 + H)).as("it can still be had").isEqualTo("history_at_risk");
  }

  @Test
  void aVenueThatForgetsNothingPutsNothingAtRisk() {
    VenueGaps keeps = new VenueGaps("okx", 1, H, 0, T0);
    keeps.take(gaps("A", NONE, 0, T0, T0));
    assertThat(keeps.finding(T0 + 1_000 * H).orElseThrow().kind()).isEqualTo("gap_old");
  }

  @Test
  void whatPeopleAreToldFitsALine() {
    String longest = "a".repeat(60);
    venue.take(gaps(longest, NONE, 0, T0, T0));
    venue.take(gaps(longest + "b", NONE, 0, T0, T0));
    assertThat(venue.finding(T0 + 2 * H).orElseThrow().text()).hasSizeLessThan(200);
  }
}
