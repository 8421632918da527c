package dev.candles.cli.account;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.batch.quality.report.CountsJson;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.json.JsonText;
import java.io.IOException;
import java.util.List;

/** Coverage and gaps as JSON: times are epoch milliseconds, UTC. */
public final class AccountJson {
  private static final long DAY_MS = 86_400_000L;

  private AccountJson() {}

  /**
   * Counts per stream and per UTC day.
   *
   * @param nowMs market time, epoch ms, UTC
   */
  public static String coverage(List<StreamAccount> accounts, long nowMs, long unreadableFiles) {
    return JsonText.of(
        json -> {
          json.writeNumberField("unreadable_files", unreadableFiles);
          json.writeNumberField("now_ms", nowMs);
          json.writeArrayFieldStart("streams");
          for (StreamAccount account : accounts) {
            json.writeStartObject();
            json.writeStringField("stream", account.stream().id());
            json.writeNumberField("from_ms", account.fromMs());
            json.writeNumberField("to_ms", account.toMs());
            time(json, "newest_ms", account.newest().isNone() ? 0 : account.newest().endMs());
            CountsJson.write(json, account.counts());
            days(json, account);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** One object per gap. */
  public static String gaps(List<GapRecord> gaps, long unreadableFiles) {
    return JsonText.of(
        json -> {
          json.writeNumberField("unreadable_files", unreadableFiles);
          json.writeArrayFieldStart("gaps");
          for (GapRecord gap : gaps) {
            json.writeStartObject();
            json.writeStringField("stream", gap.stream().id());
            json.writeNumberField("from_ms", gap.fromMs());
            json.writeNumberField("to_ms", gap.toMs());
            json.writeNumberField("intervals", gap.intervals());
            json.writeStringField("state", IntervalState.nameOf(gap.state()));
            json.writeBooleanField("open", gap.open());
            json.writeStringField("reason", gap.reason().name());
            json.writeObjectField(
                "evidence", gap.evidence() == null ? null : gap.evidence().name());
            time(json, "noted_at_ms", gap.openedAtMs());
            time(json, "ended_at_ms", gap.closedAtMs());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void days(JsonGenerator json, StreamAccount account) throws IOException {
    json.writeArrayFieldStart("days");
    long first = DayCoverage.dayOf(account.fromMs());
    for (long day = first; day < account.toMs(); day += DAY_MS) {
      json.writeStartObject();
      json.writeStringField("date", CoverageTable.date(day).toString());
      CountsJson.write(json, account.counts(day, day + DAY_MS));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void time(JsonGenerator json, String name, long epochMs) throws IOException {
    if (epochMs == 0) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, epochMs);
    }
  }
}
