package dev.candles.batch.quality.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.report.CheckResult;
import dev.candles.batch.quality.report.DayCell;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.report.QaText;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamAccount;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The page's data as JSON: times are epoch milliseconds, UTC. Long lists are cut, and say so. */
final class PageJson {
  /** Pieces without a candle that are shown of one stream, the newest. */
  static final int MOST_PIECES = 4_000;

  /** Findings that are listed. */
  static final int MOST_FINDINGS = 5_000;

  private static final JsonFactory JSON = new JsonFactory();
  private static final String UNKNOWN = "UNKNOWN";

  private record Piece(long fromMs, long toMs, String state, String reason, String evidence) {}

  private PageJson() {}

  static void write(QaReport report, Writer out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeStringField("lake", report.lake());
      json.writeNumberField("generated_at_ms", report.startedAtMs());
      json.writeStringField("age", report.age());
      json.writeBooleanField("passed", report.passed());
      checks(json, report.checks());
      findings(json, report.findings());
      json.writeArrayFieldStart("streams");
      for (StreamReport stream : report.streams()) {
        stream(json, stream);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void checks(JsonGenerator json, List<CheckResult> checks) throws IOException {
    json.writeArrayFieldStart("checks");
    for (CheckResult result : checks) {
      json.writeStartObject();
      json.writeNumberField("number", result.check().number());
      json.writeStringField("title", result.check().title());
      json.writeStringField("verdict", QaText.verdict(result).name());
      json.writeStringField("text", QaText.summary(result));
      json.writeNumberField("findings", result.findings());
      json.writeNumberField("warnings", result.warnings());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void findings(JsonGenerator json, List<Finding> findings) throws IOException {
    json.writeNumberField("findings_total", findings.size());
    json.writeArrayFieldStart("findings");
    for (Finding finding : findings.subList(0, Math.min(MOST_FINDINGS, findings.size()))) {
      json.writeStartObject();
      json.writeNumberField("check", finding.kind().check().number());
      json.writeStringField("kind", finding.kind().name());
      json.writeBooleanField("warning", finding.kind().isWarning());
      json.writeStringField("stream", finding.stream());
      json.writeStringField("file", finding.file());
      if (finding.openTimeMs() != Finding.NO_TIME) {
        json.writeNumberField("open_time_ms", finding.openTimeMs());
      }
      json.writeStringField("value", finding.value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void stream(JsonGenerator json, StreamReport stream) throws IOException {
    StreamAccount account = stream.account();
    json.writeStartObject();
    json.writeStringField("id", stream.stream().id());
    json.writeNumberField("step_ms", stream.stream().timeframe().millis());
    json.writeNumberField("from_ms", account.fromMs());
    json.writeNumberField("to_ms", account.toMs());
    json.writeArrayFieldStart("days");
    for (DayCell day : stream.days()) {
      StateCounts counts = day.counts();
      json.writeStartArray();
      json.writeNumber(day.date().toEpochDay() * Timeframe.D1.millis());
      json.writeNumber(counts.finals());
      json.writeNumber(counts.empty());
      json.writeNumber(counts.missing());
      json.writeNumber(counts.unrecoverable());
      json.writeNumber(counts.unknown());
      json.writeEndArray();
    }
    json.writeEndArray();
    pieces(json, pieces(account));
    json.writeEndObject();
  }

  private static void pieces(JsonGenerator json, List<Piece> all) throws IOException {
    int left = Math.max(0, all.size() - MOST_PIECES);
    json.writeNumberField("pieces_left_out", left);
    json.writeArrayFieldStart("pieces");
    for (Piece piece : all.subList(left, all.size())) {
      json.writeStartArray();
      json.writeNumber(piece.fromMs());
      json.writeNumber(piece.toMs());
      json.writeString(piece.state());
      json.writeString(piece.reason());
      json.writeString(piece.evidence());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** Everything without a candle, ascending. */
  private static List<Piece> pieces(StreamAccount account) {
    List<Piece> pieces = new ArrayList<>();
    for (CoverageRow row : account.withoutCandle()) {
      String evidence = row.evidence() == null ? "" : row.evidence().name();
      String state = row.state().name();
      pieces.add(new Piece(row.fromMs(), row.toMs(), state, row.reason().name(), evidence));
    }
    Intervals unknown = account.unknown();
    for (int i = 0; i < unknown.count(); i++) {
      pieces.add(new Piece(unknown.from(i), unknown.to(i), UNKNOWN, "", ""));
    }
    pieces.sort(Comparator.comparingLong(Piece::fromMs));
    return pieces;
  }
}
