package dev.candles.batch.quality.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.report.DayCell;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.GapSummary;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamAccount;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TroubledDayTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final StateCounts WHOLE = new StateCounts(1_400, 40, 0, 0, 0);

  private static StreamReport stream(
      String venue, String symbol, Timeframe timeframe, DayCell... days) {
    StreamKey key = new StreamKey(venue, symbol, timeframe);
    StreamAccount none = new StreamAccount(key, 0, 0, Intervals.empty(), List.of());
    return new StreamReport(
        key,
        new Newest(key, Newest.NONE),
        none,
        WHOLE,
        Arrays.asList(days),
        new GapSummary.Builder().build());
  }

  private static DayCell day(int number, StateCounts counts, int findings, int wrong) {
    return new DayCell(FIRST.plusDays(number), counts, 0, List.of(), "READ", findings, wrong);
  }

  private static StateCounts missing(long minutes) {
    return new StateCounts(1_440 - minutes, 0, minutes, 0, 0);
  }

  @Test
  void wholeDaysAreNoTrouble() {
    assertThat(TroubledDay.of(List.of(stream("okx", "A-B", Timeframe.M1, day(0, WHOLE, 0, 0)))))
        .isEmpty();
  }

  @Test
  void theStreamsOfAVenueAndDayAreOneLineWithTheWorstInFront() {
    List<TroubledDay> days =
        TroubledDay.of(
            List.of(
                stream("okx", "A-B", Timeframe.H1, day(0, new StateCounts(23, 0, 1, 0, 0), 0, 0)),
                stream("okx", "A-B", Timeframe.M1, day(0, missing(60), 0, 0)),
                stream("okx", "B-B", Timeframe.M1, day(0, missing(70), 0, 0)),
                stream("okx", "C-B", Timeframe.M1, day(0, WHOLE, 2, 1))));
    TroubledDay only = days.get(0);
    assertThat(days).hasSize(1);
    assertThat(only.streams())
        .extracting(StreamKey::id)
        .containsExactly("okx/C-B/1m", "okx/B-B/1m", "okx/A-B/1m", "okx/A-B/1h");
    assertThat(only.minutes().missing()).isEqualTo(130);
    assertThat(only.lackingMinutes()).isEqualTo(130);
    assertThat(only.findings()).isEqualTo(1);
    assertThat(only.warnings()).isEqualTo(1);
  }

  @Test
  void findingsComeFirstThenWhatLacksMostThenTheNewestAndMereWarningsLast() {
    DayCell[] days = {
      day(0, missing(10), 0, 0),
      day(1, WHOLE, 5, 0),
      day(2, missing(500), 0, 0),
      day(3, missing(10), 0, 0),
      day(4, WHOLE, 1, 1),
    };
    assertThat(TroubledDay.of(List.of(stream("okx", "A-B", Timeframe.M1, days))))
        .extracting(day -> day.date().getDayOfMonth() - 1)
        .containsExactly(4, 2, 3, 0, 1);
  }
}
