package dev.candles.cli.status;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.cli.cluster.LiveJob;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.health.Part;
import dev.candles.core.health.Trouble;
import dev.candles.core.time.MarketClock;
import dev.candles.core.watch.DiskStanding;
import dev.candles.lake.json.JsonText;
import dev.candles.lake.state.UnlistedSymbols;
import dev.candles.sources.metrics.CollectorMetric;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The status as one JSON document, described in docs/MONITORING.md: times are epoch milliseconds,
 * UTC, and null where something never was; what only a collector that runs can tell is null without
 * one.
 */
public final class StatusJson {
  private static final String FORMAT = "candles-status-1";

  /** What a venue's collector measures, by the name in the document. */
  private static final Map<String, CollectorMetric> MEASURED =
      new TreeMap<>(
          Map.of(
              "connections", CollectorMetric.CONNECTIONS,
              "connections_active", CollectorMetric.CONNECTIONS_ACTIVE,
              "frames", CollectorMetric.FRAMES,
              "written", CollectorMetric.WRITTEN,
              "duplicates", CollectorMetric.DUPLICATES,
              "revisions", CollectorMetric.REVISIONS,
              "rejects", CollectorMetric.REJECTS,
              "repair_requests", CollectorMetric.REPAIR_REQUESTS,
              "repairs_open", CollectorMetric.REPAIRS_OPEN,
              "second_reads_open", CollectorMetric.SECOND_READS_OPEN));

  private StatusJson() {}

  /** The document, on one line. */
  public static String of(Status status) {
    return of(status, Long.MAX_VALUE);
  }

  /**
   * The document, on one line.
   *
   * @param mostGaps how many gaps are written at most; the first are
   */
  public static String of(Status status, long mostGaps) {
    return JsonText.of(
        json -> {
          json.writeStringField("format", FORMAT);
          json.writeStringField("lake", status.lake().toString());
          json.writeNumberField("now_ms", status.nowMs());
          json.writeBooleanField("running", status.job().isPresent());
          json.writeArrayFieldStart("unanswered");
          for (String why : status.found().unanswered()) {
            json.writeString(why);
          }
          json.writeEndArray();
          job(json, status.job());
          clock(json, status.clock());
          List<Concern> concerns = Concerns.of(status);
          verdict(json, Verdict.of(status, concerns));
          concerns(json, concerns);
          unlisted(json, status.unlisted());
          time(json, "last_checkpoint_ms", status.checkpointMs());
          time(json, "last_compaction_ms", status.usage().compactedMs());
          qa(json, status.qa().last());
          disk(json, status);
          json.writeArrayFieldStart("venues");
          for (Status.Venue venue : status.venues()) {
            venue(json, venue);
          }
          json.writeEndArray();
          gaps(json, status.openGaps().stream().limit(mostGaps).toList());
        });
  }

  private static void job(JsonGenerator json, Optional<LiveJob> running) throws IOException {
    if (running.isEmpty()) {
      json.writeNullField("job");
      return;
    }
    LiveJob job = running.get();
    json.writeObjectFieldStart("job");
    json.writeStringField("id", job.id());
    json.writeStringField("state", job.state());
    json.writeNumberField("since_ms", job.sinceMs());
    json.writeStringField("at", job.at());
    json.writeEndObject();
  }

  private static void clock(JsonGenerator json, MarketClock clock) throws IOException {
    json.writeObjectFieldStart("clock");
    json.writeBooleanField("simulated", !clock.isReal());
    json.writeNumberField("speed", clock.speed());
    json.writeEndObject();
  }

  private static void verdict(JsonGenerator json, Verdict verdict) throws IOException {
    json.writeObjectFieldStart("verdict");
    json.writeStringField("level", verdict.level());
    json.writeStringField("words", verdict.words());
    json.writeEndObject();
  }

  private static void unlisted(JsonGenerator json, List<UnlistedSymbols.Symbol> symbols)
      throws IOException {
    json.writeArrayFieldStart("not_listed");
    for (UnlistedSymbols.Symbol each : symbols) {
      json.writeStartObject();
      json.writeStringField("venue", each.venue());
      json.writeStringField("symbol", each.symbol());
      json.writeArrayFieldStart("nearest");
      for (String name : each.nearest()) {
        json.writeString(name);
      }
      json.writeEndArray();
      json.writeNumberField("since_ms", each.sinceMs());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void trouble(JsonGenerator json, Status.Venue venue) throws IOException {
    number(json, "since_ms", venue.sinceMs());
    number(json, "trouble_since_ms", venue.troubleSinceMs());
    number(json, "feed_fails_since_ms", venue.failsSinceMs(Part.FEED));
    number(json, "rest_fails_since_ms", venue.failsSinceMs(Part.REST));
    number(json, "next_connect_ms", venue.nextConnectMs());
    Optional<Trouble> past = venue.pastTrouble();
    if (past.isEmpty()) {
      json.writeNullField("past_trouble");
      return;
    }
    json.writeObjectFieldStart("past_trouble");
    json.writeNumberField("from_ms", past.get().fromMs());
    json.writeNumberField("until_ms", past.get().untilMs());
    json.writeBooleanField("feed", past.get().feed());
    json.writeBooleanField("rest", past.get().rest());
    json.writeEndObject();
  }

  private static void concerns(JsonGenerator json, List<Concern> concerns) throws IOException {
    json.writeArrayFieldStart("concerns");
    for (Concern concern : concerns) {
      json.writeStartObject();
      json.writeStringField("level", concern.level().name());
      json.writeStringField("what", concern.what());
      number(json, "since_ms", concern.sinceMs());
      json.writeStringField("doing", concern.doing());
      number(json, "next_ms", concern.nextMs());
      json.writeStringField("over", concern.over());
      number(json, "over_ms", concern.overMs());
      json.writeStringField("lost", concern.lost());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void qa(JsonGenerator json, Optional<QaVerdict> last) throws IOException {
    if (last.isEmpty()) {
      json.writeNullField("last_qa");
      return;
    }
    json.writeObjectFieldStart("last_qa");
    json.writeStringField("report", last.get().file().toString());
    json.writeNumberField("at_ms", last.get().atMs());
    json.writeBooleanField("passed", last.get().passed());
    json.writeEndObject();
  }

  private static void disk(JsonGenerator json, Status status) throws IOException {
    DiskStanding disk = status.disk();
    json.writeObjectFieldStart("disk");
    json.writeNumberField("used_bytes", status.usage().bytes());
    json.writeObjectField("level", disk.isKnown() ? disk.level().name() : null);
    number(json, "free_bytes", known(disk.freeBytes()));
    number(json, "total_bytes", known(disk.totalBytes()));
    number(json, "full_in_ms", known(disk.fullInMs()));
    number(json, "bytes_per_day", status.bytesPerDay());
    number(json, "days_left", status.daysLeft());
    json.writeEndObject();
  }

  private static OptionalLong known(long value) {
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static void venue(JsonGenerator json, Status.Venue venue) throws IOException {
    StateCounts counts = venue.counts();
    json.writeStartObject();
    json.writeStringField("venue", venue.name());
    json.writeObjectField("health", venue.health().map(Enum::name).orElse(null));
    number(json, "health_since_ms", venue.healthSinceMs());
    json.writeObjectFieldStart("health_failures");
    for (Map.Entry<String, Long> failures : venue.failures().entrySet()) {
      json.writeNumberField(failures.getKey(), failures.getValue());
    }
    json.writeEndObject();
    json.writeStringField("health_why", VenueConcerns.why(venue.failures()));
    json.writeNumberField("streams", venue.streams());
    time(json, "newest_ms", venue.newest().map(newest -> newest.endMs()).orElse(0L));
    json.writeNumberField("settled_percent", counts.percent(counts.whole()));
    json.writeNumberField("open_gaps", venue.openGaps());
    for (Map.Entry<String, CollectorMetric> measured : MEASURED.entrySet()) {
      number(
          json,
          measured.getKey(),
          venue
              .sum(measured.getValue())
              .map(v -> OptionalLong.of(Math.round(v)))
              .orElse(OptionalLong.empty()));
    }
    number(json, "next_repair_ms", venue.nextRepairMs());
    number(
        json,
        "repairs_take_ms",
        venue
            .repairsTake()
            .map(take -> OptionalLong.of(take.toMillis()))
            .orElse(OptionalLong.empty()));
    json.writeObjectField("error_rate_percent", venue.errorRatePercent().orElse(null));
    trouble(json, venue);
    json.writeEndObject();
  }

  private static void gaps(JsonGenerator json, List<GapRecord> open) throws IOException {
    json.writeArrayFieldStart("gaps");
    for (GapRecord gap : open) {
      json.writeStartObject();
      json.writeStringField("stream", gap.stream().id());
      json.writeNumberField("from_ms", gap.fromMs());
      json.writeNumberField("to_ms", gap.toMs());
      json.writeStringField("reason", gap.reason().name());
      time(json, "noted_at_ms", gap.openedAtMs());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void time(JsonGenerator json, String name, long epochMs) throws IOException {
    number(json, name, epochMs == 0 ? OptionalLong.empty() : OptionalLong.of(epochMs));
  }

  private static void number(JsonGenerator json, String name, OptionalLong value)
      throws IOException {
    if (value.isEmpty()) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value.getAsLong());
    }
  }
}
