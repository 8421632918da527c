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
    long endMs = beforeMs == NONE ? NONE : T0;
    return new Gaps("okx", "okx/" + symbol + "/1m", beforeMs, endMs, progressMs, laterMs, sinceMs);
  }

  private static Gaps none(String symbol) {
    return gaps(symbol, NONE, 0, NONE, NONE);
  }

  private String kind(long nowMs) {
    return venue.finding(nowMs).map(Finding::kind).orElse("unknown");
  }

  /** After it was asked often enough to settle. */
  private String settled(long nowMs) {
    kind(nowMs);
    return kind(nowMs + VenueGaps.SETTLED_MS);
  }

  @Test
  void nothingIsKnownBeforeEveryStreamIsAndForAWhile() {
    assertThat(settled(T0)).isEqualTo("unknown");
    venue.take(none("A"));
    assertThat(settled(T0 + 1)).isEqualTo("unknown");
    venue.take(none("B"));
    assertThat(kind(T0 + 2)).isEqualTo("unknown");
    assertThat(kind(T0 + 1 + VenueGaps.SETTLED_MS)).isEqualTo("unknown");
    assertThat(kind(T0 + 2 + VenueGaps.SETTLED_MS)).isEqualTo("gap_closed");
  }

  /** A symbol that is not listed has no stream; the outage of the others must still end. */
  @Test
  void aStreamThatDoesNotComeIsNotWaitedForForEver() {
    venue.take(gaps("A", T0 - 2 * H, T0, NONE, NONE));
    assertThat(kind(T0 + H)).isEqualTo("gap_old");
    venue.take(none("A"));
    assertThat(settled(T0 + VenueGaps.LEFT_OUT_MS - 1)).isEqualTo("unknown");
    assertThat(settled(T0 + H + VenueGaps.LEFT_OUT_MS)).isEqualTo("gap_closed");
    venue.take(none("B"));
    assertThat(settled(T0 + 3 * H)).as("listed later").isEqualTo("gap_closed");
  }

  @Test
  void whatIsNotedSoonAfterAStreamIsKnownTakesNothingBack() {
    venue.take(none("A"));
    venue.take(none("B"));
    assertThat(kind(T0)).isEqualTo("unknown");
    venue.take(gaps("B", T0 - 9 * H, T0 + 1_000, NONE, NONE));
    assertThat(settled(T0 + 1_000)).isEqualTo("unknown");
    venue.take(none("B"));
    assertThat(kind(T0 + H / 2)).as("the while begins anew").isEqualTo("unknown");
  }

  @Test
  void aVenueOfWhichNothingIsKnownLacksAllSinceTheStart() {
    assertThat(kind(T0 + H - 1)).isEqualTo("unknown");
    assertThat(venue.finding(T0 + H).orElseThrow().text())
        .startsWith("okx, of which nothing is known since the start, lack 2026-03-01T12:00:00Z. ");
    assertThat(kind(T0 + 6 * H)).isEqualTo("history_at_risk");
  }

  @Test
  void aStreamThatNeverComesIsNeverWell() {
    venue.take(none("A"));
    assertThat(settled(T0 + 10 * H)).isEqualTo("unknown");
  }

  @Test
  void aGapThatIsOpenForAnHourIsToldUntilItIsClosed() {
    venue.take(none("A"));
    venue.take(gaps("B", NONE, 0, T0, T0 + 60_000));
    assertThat(settled(T0 + H / 2)).isEqualTo("gap_closed");
    assertThat(kind(T0 + 60_000 + H)).isEqualTo("gap_old");
    assertThat(venue.finding(T0 + 2 * H).orElseThrow().text())
        .isEqualTo(
            "okx/B/1m lack 2026-03-01T12:00:00Z. See ./candles gaps --open, ./candles explain");
    venue.take(none("B"));
    assertThat(settled(T0 + 3 * H)).isEqualTo("gap_closed");
    assertThat(venue.finding(T0 + 4 * H).orElseThrow().text()).contains("closed or given up");
  }

  @Test
  void aClockThatIsSetBackPutsOffAnOldGapForNoLongerThanAGapMayBeOpen() {
    venue.take(none("A"));
    venue.take(gaps("B", NONE, 0, T0, T0 + 60_000));
    assertThat(kind(T0 + 2 * H)).isEqualTo("gap_old");
    assertThat(kind(T0 - 5 * H)).isEqualTo("unknown");
    assertThat(kind(T0 - 4 * H)).isEqualTo("gap_old");

    VenueGaps unheard = new VenueGaps("okx", 2, H, 0, T0);
    assertThat(unheard.finding(T0 - 5 * H)).isEmpty();
    assertThat(unheard.finding(T0 - 4 * H)).isPresent();

    VenueGaps unlisted = new VenueGaps("okx", 2, H, 0, T0);
    unlisted.take(none("A"));
    assertThat(unlisted.finding(T0)).isEmpty();
    assertThat(unlisted.finding(T0 - 5 * H)).isEmpty();
    assertThat(unlisted.finding(T0 - 5 * H + VenueGaps.LEFT_OUT_MS)).isEmpty();
    long settledMs = T0 - 5 * H + VenueGaps.LEFT_OUT_MS + VenueGaps.SETTLED_MS;
    assertThat(unlisted.finding(settledMs)).isPresent();
  }

  @Test
  void historyThatIsBuiltForDaysIsNoGap() {
    VenueGaps keeps = new VenueGaps("okx", 2, H, 0, T0);
    keeps.take(gaps("A", T0 - 1_000 * H, T0, NONE, NONE));
    keeps.take(gaps("B", T0 - 1_000 * H, T0, NONE, NONE));
    for (long hour = 1; hour < 100; hour++) {
      assertThat(keeps.finding(T0 + hour * H - 2)).isEmpty();
      keeps.take(gaps("A", T0 - 1_000 * H, T0 + hour * H - 1, NONE, NONE)); // B waits its turn
    }
    Finding old = keeps.finding(T0 + 100 * H).orElseThrow();
    assertThat(old.kind()).as("nothing is closed for an hour").isEqualTo("gap_old");
    assertThat(old.text()).contains(" and 1 more lack ");
  }

  @Test
  void aRestartTakesNothingBackWhileSomethingOfBeforeIsOpen() {
    venue.take(none("A"));
    venue.take(gaps("B", T0 - 2 * H, T0, NONE, NONE));
    assertThat(kind(T0 + 10)).isEqualTo("unknown");
    venue.take(none("B"));
    assertThat(settled(T0 + 20)).isEqualTo("gap_closed");
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
    venue.take(new Gaps("okx", "okx/B/1m", T0 - 100 * H, T0 - 20 * H, T0, NONE, NONE));
    assertThat(kind(T0 + H)).isEqualTo("gap_old");
    venue.take(gaps("B", T0 - 100 * H, T0, NONE, NONE));
    assertThat(kind(T0 + 2 * H)).as("it can still be had").isEqualTo("history_at_risk");
  }

  @Test
  void whatIsAtRiskIsToldHoweverLongAGapMayBeOpenAndWhateverOtherStreamsDo() {
    VenueGaps patient = new VenueGaps("okx", 2, 30 * 24 * H, DEPTH, T0);
    patient.take(gaps("A", T0 - 1_000 * H, T0 + 7 * H, NONE, NONE));
    patient.take(gaps("B", NONE, 0, T0, T0));
    Finding risk = patient.finding(T0 + 7 * H).orElseThrow();
    assertThat(risk.kind()).isEqualTo("history_at_risk");
    assertThat(risk.text()).startsWith("okx/B/1m lack ");
    patient.take(gaps("B", T0 - 8 * H, T0, NONE, NONE));
    assertThat(patient.finding(T0 + 7 * H).orElseThrow().text())
        .as("it waits while others are repaired")
        .startsWith("okx/B/1m lack 2026-03-01T07:00:00Z, lost for good at 2026-03-01T19:00:00Z. ");
  }

  @Test
  void historyThatIsRepairedIsNotAtRiskHoweverOldItIs() {
    venue.take(none("A"));
    venue.take(gaps("B", T0 - 8 * H, T0, NONE, NONE));
    assertThat(kind(T0)).isEqualTo("unknown");
    assertThat(kind(T0 + H)).isEqualTo("history_at_risk");
    venue.take(gaps("B", T0 - 8 * H, T0 + H, NONE, NONE));
    assertThat(kind(T0 + H)).as("it goes on").isEqualTo("unknown");
  }

  @Test
  void whatIsLostIsNoBetterThanWhatIsAtRisk() {
    venue.take(none("A"));
    venue.take(gaps("B", T0 - 8 * H, T0, NONE, NONE));
    assertThat(kind(T0 + 2 * H)).isEqualTo("history_at_risk");
    assertThat(kind(T0 + 20 * H)).as("nothing of it is left").isEqualTo("history_at_risk");
    assertThat(venue.finding(T0 + 20 * H).orElseThrow().text())
        .contains("B/1m lack 2026-03-01T04:00:00Z, lost for good at 2026-03-01T16:00:00Z");
    venue.take(none("B"));
    assertThat(settled(T0 + 21 * H)).isEqualTo("gap_closed");
    venue.take(gaps("B", T0 - 8 * H, T0, NONE, NONE));
    assertThat(venue.finding(T0 + 23 * H).orElseThrow().text())
        .as("it was never at risk")
        .contains("B/1m lack 2026-03-01T04:00:00Z, which the venue has no more. ");
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
    for (long hour : new long[] {2, 7}) {
      Finding finding = venue.finding(T0 + hour * H).orElseThrow();
      assertThat(finding.text()).contains("and 1 more").hasSizeLessThan(200);
    }
  }
}
