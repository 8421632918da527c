package dev.candles.batch.quality.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.batch.quality.check.Finding;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import java.io.IOException;
import java.io.Writer;

/** The report as JSON; its schema is docs/qa_report.schema.json. Times are epoch ms, UTC. */
public final class ReportJson {
  private static final String FORMAT = "candles-qa-report-1";

  private static final JsonFactory JSON = new JsonFactory();

  private ReportJson() {}

  /**
   * Writes the report.
   *
   * @throws IOException if {@code out} cannot be written to
   */
  public static void write(QaReport report, Writer out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeStringField("lake", report.lake());
      json.writeNumberField("started_at_ms", report.startedAtMs());
      json.writeNumberField("now_ms", report.nowMs());
      json.writeNumberField("from_ms", report.fromMs());
      json.writeNumberField("to_ms", report.toMs());
      part(json, report.part());
      json.writeBooleanField("deep", report.deep());
      json.writeBooleanField("passed", report.passed());
      totals(json, report);
      json.writeArrayFieldStart("checks");
      for (CheckResult check : report.checks()) {
        check(json, check);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("findings");
      for (Finding finding : report.findings()) {
        finding(json, finding);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("streams");
      for (StreamReport stream : report.streams()) {
        stream(json, stream);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("certificates_kept");
      for (String file : report.keptCertificates()) {
        json.writeString(file);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void part(JsonGenerator json, QaReport.Part part) throws IOException {
    json.writeNumberField("days", part.days());
    json.writeArrayFieldStart("venues");
    for (String venue : part.venues()) {
      json.writeString(venue);
    }
    json.writeEndArray();
  }

  private static void totals(JsonGenerator json, QaReport report) throws IOException {
    QaReport.Totals totals = report.totals();
    json.writeObjectFieldStart("totals");
    json.writeNumberField("partitions", totals.partitions());
    json.writeNumberField("sealed", totals.sealed());
    json.writeNumberField("sealed_now", totals.sealedNow());
    json.writeNumberField("files", totals.files());
    json.writeNumberField("bytes", totals.bytes());
    json.writeNumberField("rows", totals.rows());
    json.writeNumberField("flat_rows", totals.flatRows());
    CountsJson.write(json, report.counts());
    json.writeEndObject();
  }

  private static void check(JsonGenerator json, CheckResult result) throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", result.check().number());
    json.writeStringField("title", result.check().title());
    json.writeBooleanField("passed", result.passed());
    json.writeNumberField("findings", result.findings());
    json.writeNumberField("warnings", result.warnings());
    json.writeStringField("scope", result.scope());
    json.writeEndObject();
  }

  private static void finding(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeNumberField("check", finding.kind().check().number());
    json.writeStringField("kind", finding.kind().name());
    json.writeStringField("severity", finding.kind().isWarning() ? "WARNING" : "FINDING");
    text(json, "stream", finding.stream());
    text(json, "file", finding.file());
    if (finding.openTimeMs() == Finding.NO_TIME) {
      json.writeNullField("open_time_ms");
    } else {
      json.writeNumberField("open_time_ms", finding.openTimeMs());
    }
    json.writeStringField("value", finding.value());
    json.writeEndObject();
  }

  private static void stream(JsonGenerator json, StreamReport stream) throws IOException {
    json.writeStartObject();
    json.writeStringField("stream", stream.stream().id());
    json.writeNumberField("from_ms", stream.account().fromMs());
    json.writeNumberField("to_ms", stream.account().toMs());
    if (!stream.newest().isNone()) {
      json.writeNumberField("newest_ms", stream.newest().endMs());
    }
    CountsJson.write(json, stream.counts());
    json.writeArrayFieldStart("days");
    for (DayCell day : stream.days()) {
      json.writeStartObject();
      json.writeStringField("date", day.date().toString());
      json.writeStringField("standing", day.standing());
      json.writeNumberField("rows", day.rows());
      json.writeNumberField("files", day.files().size());
      json.writeNumberField("findings", day.findings());
      CountsJson.write(json, day.counts());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("gaps");
    for (GapRecord gap : stream.gaps().told()) {
      gap(json, gap);
    }
    json.writeEndArray();
    json.writeNumberField("gaps_left_out", stream.gaps().leftOut());
    json.writeEndObject();
  }

  private static void gap(JsonGenerator json, GapRecord gap) throws IOException {
    json.writeStartObject();
    json.writeNumberField("from_ms", gap.fromMs());
    json.writeNumberField("to_ms", gap.toMs());
    json.writeStringField("state", IntervalState.nameOf(gap.state()));
    json.writeStringField("reason", gap.reason().name());
    text(json, "evidence", gap.evidence() == null ? "" : gap.evidence().name());
    json.writeNumberField("noted_at_ms", gap.openedAtMs());
    json.writeNumberField("ended_at_ms", gap.closedAtMs());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    if (value.isEmpty()) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }
}
