package dev.candles.batch.quality.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.batch.quality.report.DayCell;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.batch.quality.report.ToldGaps;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamAccount;
import java.io.IOException;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamJsonTest {
  private static final long MINUTE = SampleLake.MINUTE;
  private static final StreamAccount ACCOUNT = SampleLake.accounts().get(0);
  private static final StreamKey STREAM = ACCOUNT.stream();

  private static String json(List<DayCell> days, List<GapRecord> gaps) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      StreamReport report =
          new StreamReport(
              STREAM, ACCOUNT.newest(), ACCOUNT, ACCOUNT.counts(), days, ToldGaps.of(gaps));
      StreamJson.write(report, StreamJson.lacking(ACCOUNT), List.of("MISSING NOT_CLOSED"), json);
    }
    return out.toString();
  }

  private static List<DayCell> days(StateCounts... counts) {
    List<DayCell> days = new ArrayList<>();
    for (StateCounts each : counts) {
      LocalDate date = LocalDate.ofEpochDay(SampleLake.START / SampleLake.DAY + days.size());
      int findings = each.missing() > 0 ? 3 : 0;
      days.add(new DayCell(date, each, 0, List.of(), "READ", findings, findings / 2));
    }
    return days;
  }

  @Test
  void daysThatAreAlikeAreCountedAndZerosAtTheEndLeftOut() throws IOException {
    StateCounts whole = new StateCounts(1_440, 0, 0, 0, 0);
    StateCounts lacking = new StateCounts(1_430, 4, 6, 0, 0);
    assertThat(json(days(whole, whole, whole, lacking, whole, StateCounts.NONE), List.of()))
        .contains("\"days\":[[1440],2,[1430,4,6,0,0,1,2],[1440],[]]");
    assertThat(json(days(whole, whole), List.of()))
        .contains("\"first_day_ms\":" + SampleLake.START + ",\"days\":[[1440],1]");
  }

  @Test
  void onlyWhatIsNotProvenIsListed() throws IOException {
    long slot = (SampleLake.MISSING.from(0) - SampleLake.START) / MINUTE;
    assertThat(json(List.of(), List.of())).contains("\"lacking\":[[" + slot + ",60,0]]");
  }

  private static GapRecord gap(long fromMinute, long minutes, IntervalState state, Reason reason) {
    long from = SampleLake.START + fromMinute * MINUTE;
    long to = from + minutes * MINUTE;
    return new GapRecord(STREAM, from, to, state, reason, Evidence.REST, from, to);
  }

  @Test
  void repairedMinutesAreCountedOnceOnTheirDayAndHistoryIsNoRepair() throws IOException {
    StateCounts whole = new StateCounts(1_440, 0, 0, 0, 0);
    List<GapRecord> gaps =
        List.of(
            gap(0, 1_440, IntervalState.FINAL, Reason.HISTORY),
            gap(1_430, 20, IntervalState.FINAL, Reason.AWAY),
            gap(1_435, 10, IntervalState.VERIFIED_EMPTY, Reason.SKIPPED),
            gap(100, 50, IntervalState.UNRECOVERABLE, Reason.NO_PROOF),
            gap(200, 50, IntervalState.MISSING, Reason.NOT_CLOSED));
    assertThat(json(days(whole, whole, whole), gaps)).contains("\"repaired\":[[0,10],[1,10]]");
  }
}
