package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapIntakeTest {
  private static final long HOUR = 3_600_000;
  private static final long T0 = ConfirmedVenue.T0;
  private static final StreamKey STREAM = ConfirmedVenue.stream("A-USD");

  private final ConfirmedVenue venue = new ConfirmedVenue(2);

  @Test
  void theLogTellsAnAbsenceFromHistory() {
    Intervals held = Intervals.of(T0 - 8 * HOUR, T0 - 6 * HOUR);
    venue.announceAgain(STREAM, T0 - 10 * HOUR, T0, held);

    assertThat(gaps())
        .hasSize(2)
        .satisfiesExactly(
            line -> assertThat(line).contains(told(T0 - 10 * HOUR, T0 - 8 * HOUR, "HISTORY")),
            line -> assertThat(line).contains(", " + (T0 - 6 * HOUR) + ", ").contains(", AWAY]"));
    assertThat(venue.told(LedgerEvent.Missing.class))
        .as("what is written says HISTORY of both")
        .hasSize(2)
        .allMatch(event -> event.reason() == Reason.HISTORY);
  }

  @Test
  void aStreamOfWhichTheLakeKnowsNothingHasHistoryOnly() {
    venue.announceAgain(STREAM, T0 - 10 * HOUR, T0);

    assertThat(gaps()).singleElement().asString().contains(", HISTORY]");
  }

  private static String told(long fromMs, long toMs, String reason) {
    return ", " + fromMs + ", " + toMs + ", " + reason + "]";
  }

  private List<String> gaps() {
    return venue.lines.stream().filter(line -> line.startsWith("event=gap_detected")).toList();
  }
}
