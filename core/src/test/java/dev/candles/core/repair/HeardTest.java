package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an answer says of a listing and of silence, and what one that nobody can read does not. */
class HeardTest {
  private static final int PAGE_ROWS = 100;

  @Test
  void whatLiesBeforeTheListingIsGivenUpInWholeIntervals() {
    OpenGap gap = GapRepairTest.oneMinute();
    Heard heard = Heard.NOTHING;
    for (int sweep = 0; sweep < 2; sweep++) {
      heard = heard.read(gap.open(), gap.open());
      GapRepair.Outcome outcome = unlisted(gap, heard);
      gap = outcome.gap();
      assertThat(outcome.unrecoverable().length()).isEqualTo(sweep * Candles.MINUTE);
    }
    assertThat(gap.isDone()).isTrue();
  }

  @Test
  void anAnswerThatNobodyCanReadIsNoWordAboutTheListing() {
    OpenGap gap = GapRepairTest.oneMinute();
    Heard heard = Heard.NOTHING;
    for (boolean readable : new boolean[] {false, false, true, false, false, false}) {
      heard = readable ? heard.read(gap.open(), gap.open()) : heard.unreadable(gap.open());
      GapRepair.Outcome outcome = unlisted(gap, heard);
      assertThat(outcome.unrecoverable().isEmpty()).as("%s", heard).isTrue();
      gap = outcome.gap();
    }
    assertThat(unlisted(gap, heard.read(gap.open(), gap.open())).why())
        .isEqualTo(Reason.BEFORE_LISTING);
  }

  @Test
  void anAnswerThatNobodyCanReadNeitherProvesSilenceNorBeginsItsHourAnew() {
    OpenGap gap = GapRepairTest.oneMinute();
    Intervals minute = gap.open();
    long start = Candles.T0 + 3L * 1440 * Candles.MINUTE;
    Proof quiet = GapRepairTest.proof(minute, List.of(Candles.minute(5)));
    Proof nothing = GapRepairTest.proof(minute, List.of());
    Heard read = Heard.NOTHING.read(minute, minute);
    long[] minutesOfQuiet = {0, 20, 61};
    for (long at = 0; at <= 61; at++) {
      boolean readable = Arrays.binarySearch(minutesOfQuiet, at) >= 0;
      GapRepair.Outcome outcome =
          GapRepair.answered(
              gap,
              gap.nextPage(PAGE_ROWS, Long.MAX_VALUE).orElseThrow(),
              readable ? quiet : nothing,
              readable ? read : read.unreadable(minute),
              0,
              Long.MAX_VALUE,
              start + at * Candles.MINUTE);
      assertThat(outcome.emptyTwice().isEmpty()).as("minute %d", at).isEqualTo(at < 61);
      gap = outcome.gap();
    }
  }

  /** After an answer without rows about a market that was listed in the second minute. */
  private static GapRepair.Outcome unlisted(OpenGap gap, Heard heard) {
    OpenGap.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE).orElseThrow();
    Proof nothing = GapRepairTest.proof(page.wanted(), List.of());
    return GapRepair.answered(
        gap, page, nothing, heard, Candles.T0 + 90_001, Long.MAX_VALUE, Candles.T0 * 2);
  }
}
