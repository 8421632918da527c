package dev.candles.cli.page;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.cli.status.StatusJson;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamDays;
import dev.candles.lake.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the page asks for, described in docs/MONITORING.md: keys may be added, none changes. Times
 * are epoch milliseconds, UTC.
 */
final class PageJson {
  private static final int MOST_GAPS = 1_000;

  private PageJson() {}

  /**
   * The status, beside what only the page needs.
   *
   * @param report where the page has the report of the last QA; empty if it does not
   */
  static String status(Looks.Look look, String report) {
    return JsonText.of(
        json -> {
          json.writeStringField("format", "candles-page-1");
          json.writeNumberField("looked_ms", look.status().realMs());
          json.writeNumberField("look", look.number());
          json.writeStringField("look_failed", look.error());
          json.writeStringField("qa_report", report);
          json.writeNumberField(
              "given_up", look.status().givenUp().stream().mapToLong(GapRecord::intervals).sum());
          json.writeNumberField("open_gaps", look.status().openGaps().size());
          words(json);
          json.writeFieldName("status");
          json.writeRawValue(StatusJson.of(look.status(), MOST_GAPS));
        });
  }

  /** The page says them as everything else does. */
  private static void words(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("words");
    for (Reason reason : Reason.values()) {
      json.writeStringField(reason.name(), reason.words());
    }
    json.writeEndObject();
  }

  /**
   * While there is no look yet.
   *
   * @param progress days read, of how many
   */
  static String reading(String progress, String error) {
    return JsonText.of(
        json -> {
          json.writeStringField("format", "candles-page-1");
          json.writeStringField("reading", progress);
          json.writeStringField("look_failed", error);
        });
  }

  /**
   * Every stream day by day; the counts are with candle, empty, missing, unrecoverable, unknown.
   */
  static String coverage(Looks.Look look) {
    return JsonText.of(
        json -> {
          json.writeStringField("format", "candles-page-coverage-1");
          json.writeNumberField("look", look.number());
          json.writeArrayFieldStart("streams");
          for (StreamDays stream : look.status().reading().streams()) {
            json.writeStartObject();
            json.writeStringField("id", stream.stream().id());
            json.writeNumberField("step_ms", stream.stream().timeframe().millis());
            json.writeNumberField("from_ms", stream.fromMs());
            json.writeNumberField("to_ms", stream.toMs());
            json.writeNumberField(
                "first_day_ms", stream.days().isEmpty() ? 0 : stream.days().get(0).startMs());
            json.writeArrayFieldStart("days");
            for (StreamDays.Day day : stream.days()) {
              counts(json, day.counts());
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void counts(JsonGenerator json, StateCounts counts) throws IOException {
    json.writeStartArray();
    json.writeNumber(counts.finals());
    json.writeNumber(counts.empty());
    json.writeNumber(counts.missing());
    json.writeNumber(counts.unrecoverable());
    json.writeNumber(counts.unknown());
    json.writeEndArray();
  }

  /**
   * Candles of a range, and what lacks in it.
   *
   * @param reachMs up to when the lake knows of the stream
   * @param archived intervals whose candle lies in another lake
   * @param lacking at the time of a look: what has its candle by now is left out
   */
  static String candles(
      StreamKey stream,
      long fromMs,
      long toMs,
      long reachMs,
      List<Candle> candles,
      Intervals archived,
      List<GapRecord> lacking) {
    return JsonText.of(
        json -> {
          json.writeStringField("format", "candles-page-stream-1");
          json.writeStringField("stream", stream.id());
          json.writeNumberField("step_ms", stream.timeframe().millis());
          json.writeNumberField("from_ms", fromMs);
          json.writeNumberField("to_ms", toMs);
          json.writeNumberField("reach_ms", reachMs);
          json.writeArrayFieldStart("candles");
          for (Candle candle : candles) {
            json.writeStartArray();
            json.writeNumber(candle.openTimeMs());
            json.writeNumber(candle.open());
            json.writeNumber(candle.high());
            json.writeNumber(candle.low());
            json.writeNumber(candle.close());
            json.writeNumber(candle.volume());
            json.writeNumber(candle.revision());
            json.writeEndArray();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("archived");
          for (int i = 0; i < archived.count(); i++) {
            json.writeStartArray();
            json.writeNumber(archived.from(i));
            json.writeNumber(archived.to(i));
            json.writeEndArray();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("lacking");
          Set<Long> held = candles.stream().map(Candle::openTimeMs).collect(Collectors.toSet());
          for (GapRecord gap : lacking) {
            lacking(json, gap, Math.max(fromMs, gap.fromMs()), Math.min(toMs, gap.toMs()), held);
          }
          json.writeEndArray();
        });
  }

  /** The parts of a gap within a range that have no candle. */
  private static void lacking(
      JsonGenerator json, GapRecord gap, long fromMs, long toMs, Set<Long> held)
      throws IOException {
    long stepMs = gap.stream().timeframe().millis();
    long partMs = fromMs;
    for (long openMs = fromMs; openMs <= toMs; openMs += stepMs) {
      if (openMs == toMs || held.contains(openMs)) {
        if (openMs > partMs) {
          json.writeStartArray();
          json.writeNumber(partMs);
          json.writeNumber(openMs);
          json.writeString(IntervalState.nameOf(gap.state()));
          json.writeString(gap.reason().name());
          json.writeNumber(gap.openedAtMs());
          json.writeEndArray();
        }
        partMs = openMs + stepMs;
      }
    }
  }
}
