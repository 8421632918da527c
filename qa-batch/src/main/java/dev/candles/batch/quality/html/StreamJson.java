package dev.candles.batch.quality.html;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.batch.quality.report.DayCell;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.MinuteSet;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamAccount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One stream of the page's data. {@code days} has an array a day (UTC), from {@code first_day_ms}
 * on: intervals that are final, empty, missing, unrecoverable, unknown, then findings and warnings,
 * without zeros at the end; a number stands for so many days more like the one before. {@code
 * lacking} has {@code [slot, slots, reason]}, a slot being an interval since {@code from_ms} and
 * the reason an index of the page's {@code reasons}. {@code repaired} has {@code [day, minutes]},
 * the day counted from {@code first_day_ms}.
 */
final class StreamJson {
  private static final long DAY_MS = Timeframe.D1.millis();
  private static final String UNKNOWN = "UNKNOWN NONE";

  /**
   * Intervals in a row that have neither a candle nor a proof.
   *
   * @param fromMs epoch ms, UTC, inclusive
   * @param toMs epoch ms, UTC, exclusive
   * @param reason state and reason
   */
  record Lacking(long fromMs, long toMs, String reason) {}

  private StreamJson() {}

  /** What a stream lacks, ascending. */
  static List<Lacking> lacking(StreamAccount account) {
    List<Lacking> pieces = new ArrayList<>();
    for (CoverageRow row : account.lacking()) {
      pieces.add(new Lacking(row.fromMs(), row.toMs(), row.state() + " " + row.reason()));
    }
    Intervals unknown = account.unknown();
    for (int i = 0; i < unknown.count(); i++) {
      pieces.add(new Lacking(unknown.from(i), unknown.to(i), UNKNOWN));
    }
    pieces.sort(Comparator.comparingLong(Lacking::fromMs));
    return pieces;
  }

  /** Writes a stream with those of its pieces that are told, whose reasons are all listed. */
  static void write(
      StreamReport stream, List<Lacking> told, List<String> reasons, JsonGenerator json)
      throws IOException {
    StreamAccount account = stream.account();
    long step = stream.stream().timeframe().millis();
    json.writeStartObject();
    json.writeStringField("id", stream.stream().id());
    json.writeNumberField("step_ms", step);
    json.writeNumberField("from_ms", account.fromMs());
    json.writeNumberField("to_ms", account.toMs());
    days(stream.days(), json);
    json.writeArrayFieldStart("lacking");
    for (Lacking piece : told) {
      long slot = (piece.fromMs - account.fromMs()) / step;
      array(json, slot, (piece.toMs - piece.fromMs) / step, reasons.indexOf(piece.reason));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("repaired");
    if (stream.stream().timeframe() == Timeframe.BASE) {
      repaired(stream, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void days(List<DayCell> days, JsonGenerator json) throws IOException {
    json.writeNumberField("first_day_ms", days.isEmpty() ? 0 : dayMs(days.get(0)));
    json.writeArrayFieldStart("days");
    long[] last = {};
    int same = 0;
    for (DayCell day : days) {
      long[] cell = cell(day);
      if (same > 0 && !Arrays.equals(cell, last)) {
        repeat(json, same - 1);
        same = 0;
      }
      if (same == 0) {
        array(json, cell);
      }
      last = cell;
      same++;
    }
    repeat(json, same - 1);
    json.writeEndArray();
  }

  private static void repeat(JsonGenerator json, int more) throws IOException {
    if (more > 0) {
      json.writeNumber(more);
    }
  }

  private static long dayMs(DayCell day) {
    return day.date().toEpochDay() * DAY_MS;
  }

  private static long[] cell(DayCell day) {
    StateCounts counts = day.counts();
    long[] all = {
      counts.finals(),
      counts.empty(),
      counts.missing(),
      counts.unrecoverable(),
      counts.unknown(),
      day.wrong(),
      day.findings() - day.wrong()
    };
    int length = all.length;
    while (length > 0 && all[length - 1] == 0) {
      length--;
    }
    return Arrays.copyOf(all, length);
  }

  /** Minutes that were lacking and have their candle or proof now, but for the history. */
  private static void repaired(StreamReport stream, JsonGenerator json) throws IOException {
    MinuteSet minutes = stream.gaps().repaired();
    for (int day = 0; day < stream.days().size(); day++) {
      long count = minutes.onDay(dayMs(stream.days().get(day)));
      if (count > 0) {
        array(json, day, count);
      }
    }
  }

  private static void array(JsonGenerator json, long... numbers) throws IOException {
    json.writeArray(numbers, 0, numbers.length);
  }
}
