package dev.candles.batch.quality.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.html.StreamJson.Lacking;
import dev.candles.batch.quality.report.CheckResult;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.report.QaText;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page's data as JSON: times are epoch milliseconds, UTC. Long lists are cut, and say so. */
final class PageJson {
  /** Pieces without a state or proof that are told, of all streams together, the newest. */
  static final int MOST_LACKING = 12_000;

  /** Findings of a kind that are listed. */
  static final int MOST_OF_A_KIND = 200;

  /** Findings that are listed. */
  static final int MOST_FINDINGS = 2_000;

  /** Days of venues that are named as the worst; of those with mere warnings none is. */
  static final int MOST_TROUBLED = 12;

  private static final JsonFactory JSON = new JsonFactory();

  private PageJson() {}

  static void write(QaReport report, List<TroubledDay> troubled, Writer out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeStringField("lake", name(report.lake()));
      json.writeNumberField("generated_at_ms", report.startedAtMs());
      json.writeStringField("age", report.age());
      checks(json, report.checks());
      findings(json, report);
      troubled(json, troubled);
      streams(json, report.streams());
      json.writeEndObject();
    }
  }

  /** The folder's name: where on a machine it lies is nobody's business who is sent the page. */
  private static String name(String lake) {
    Path name = Path.of(lake).toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name.toString();
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

  private static void findings(JsonGenerator json, QaReport report) throws IOException {
    long total = report.checks().stream().mapToLong(CheckResult::total).sum();
    json.writeNumberField("findings_total", total);
    json.writeArrayFieldStart("findings");
    for (Finding finding : listed(report.findings())) {
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

  /** No kind crowds out another. */
  private static List<Finding> listed(List<Finding> findings) {
    Map<FindingType, Integer> counts = new EnumMap<>(FindingType.class);
    return findings.stream()
        .filter(finding -> counts.merge(finding.kind(), 1, Integer::sum) <= MOST_OF_A_KIND)
        .limit(MOST_FINDINGS)
        .toList();
  }

  private static void troubled(JsonGenerator json, List<TroubledDay> all) throws IOException {
    List<TroubledDay> days = all.stream().filter(day -> !day.onlyWarned()).toList();
    json.writeNumberField("troubled_total", days.size());
    json.writeNumberField("warned_total", all.size() - days.size());
    json.writeArrayFieldStart("troubled");
    for (TroubledDay day : days.subList(0, Math.min(MOST_TROUBLED, days.size()))) {
      json.writeStartObject();
      json.writeNumberField("day_ms", day.date().toEpochDay() * Timeframe.D1.millis());
      json.writeStringField("venue", day.venue());
      json.writeStringField("stream", day.streams().get(0).id());
      json.writeArrayFieldStart("symbols");
      for (String symbol : day.streams().stream().map(StreamKey::symbol).distinct().toList()) {
        json.writeString(symbol);
      }
      json.writeEndArray();
      json.writeNumberField("missing", day.minutes().missing());
      json.writeNumberField("unrecoverable", day.minutes().unrecoverable());
      json.writeNumberField("unknown", day.minutes().unknown());
      json.writeNumberField("findings", day.findings());
      json.writeNumberField("warnings", day.warnings());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void streams(JsonGenerator json, List<StreamReport> streams) throws IOException {
    Map<StreamKey, List<Lacking>> all = new HashMap<>();
    streams.forEach(stream -> all.put(stream.stream(), StreamJson.lacking(stream.account())));
    long fromMs = toldFromMs(all.values());
    json.writeNumberField("lacking_from_ms", fromMs);
    all.values().forEach(pieces -> pieces.removeIf(piece -> piece.toMs() <= fromMs));
    List<String> reasons =
        all.values().stream()
            .flatMap(List::stream)
            .map(Lacking::reason)
            .distinct()
            .sorted()
            .toList();
    json.writeArrayFieldStart("reasons");
    for (String reason : reasons) {
      json.writeString(reason);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("streams");
    for (StreamReport stream : streams) {
      StreamJson.write(stream, all.getOrDefault(stream.stream(), List.of()), reasons, json);
    }
    json.writeEndArray();
  }

  /** What ends by then is left out, so that the newest of all streams are told; 0 if all are. */
  private static long toldFromMs(Collection<List<Lacking>> all) {
    List<Long> ends = new ArrayList<>();
    all.forEach(pieces -> pieces.forEach(piece -> ends.add(piece.toMs())));
    ends.sort(Comparator.reverseOrder());
    return ends.size() > MOST_LACKING ? ends.get(MOST_LACKING) : 0;
  }
}
