package dev.candles.sources.venue.okx;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.Reject;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradePage;
import dev.candles.sources.venue.Catalogue;
import dev.candles.sources.venue.Decimals;
import dev.candles.sources.venue.Symbols;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.text.Cut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** REST: {@code candles}, {@code history-candles} and {@code instruments}. */
final class OkxRest {
  static final int PAGE_ROWS = 300;

  /** {@code candles} serves the latest 1,440 entries; ten are left for the time in between. */
  private static final int RECENT_INTERVALS = 1_430;

  /** Of one answer; the rest would say the same. */
  private static final int MAX_REJECTS = 100;

  private OkxRest() {}

  /**
   * What {@code candles} still has is asked of it, as {@code history-candles} lags by days: of a
   * page across the border the newer part. Bounds are exclusive on both sides: {@code after} is the
   * upper, {@code before} the lower.
   */
  static RestQuery query(StreamKey stream, Market market, GapState.Page page, long nowMs) {
    long step = stream.timeframe().millis();
    long toMs = page.askToMs();
    long borderMs = stream.timeframe().ceil(nowMs - RECENT_INTERVALS * step);
    boolean recent = page.endMs() > borderMs;
    long fromMs = recent ? Math.max(page.askFromMs(), borderMs) : page.askFromMs();
    if (toMs <= fromMs || toMs - fromMs > PAGE_ROWS * step) {
      throw new IllegalArgumentException(
          "not a page of candles: stream=" + stream + ", from=" + fromMs + ", to=" + toMs);
    }
    String path =
        "/api/v5/market/"
            + (recent ? "candles" : "history-candles")
            + "?instId="
            + market.venueSymbol()
            + "&bar="
            + bar(stream.timeframe())
            + "&after="
            + toMs
            + "&before="
            + (fromMs - 1)
            + "&limit="
            + PAGE_ROWS;
    return new RestQuery(path, recent ? Okx.CANDLES : Okx.HISTORY, stream, fromMs, toMs);
  }

  /** Case matters, and from six hours on only the {@code utc} names open at the UTC day. */
  private static String bar(Timeframe timeframe) {
    return switch (timeframe) {
      case M1, M3, M5, M15, M30 -> timeframe.label();
      case H1 -> "1H";
      case H2 -> "2H";
      case H4 -> "4H";
      case H6 -> "6Hutc";
      case H12 -> "12Hutc";
      case D1 -> "1Dutc";
    };
  }

  /** Decodes an answer; never throws on what it may hold. */
  static RestAnswer answer(
      RestQuery query, VenueProfile profile, int status, String body, long receivedAtMs) {
    OkxEnvelope envelope;
    try {
      envelope = OkxEnvelope.parse(body);
    } catch (IOException e) {
      return status == 429
          ? throttled(query, profile, "status=429")
          : notTheVenue(query, status, body, String.valueOf(e.getMessage()), receivedAtMs);
    }
    String error = "status=" + status + " code=" + envelope.code + " msg=" + envelope.message();
    if ("50013".equals(envelope.code)) {
      return RestAnswer.failed(error, List.of());
    }
    if (status == 429 || "50011".equals(envelope.code)) {
      return throttled(query, profile, error);
    }
    if ("51001".equals(envelope.code)) {
      return RestAnswer.unknownSymbol(error);
    }
    if (status != 200 || !"0".equals(envelope.code) || !envelope.hasData) {
      return RestAnswer.failed(error, List.of());
    }
    if (!envelope.objects.isEmpty()) {
      return notTheVenue(query, status, body, "data holds no rows", receivedAtMs);
    }
    return new Page(query, body, receivedAtMs).answer(envelope.rows);
  }

  private static RestAnswer throttled(RestQuery query, VenueProfile profile, String error) {
    VenueProfile.Budget budget = profile.budgets().get(query.budget());
    return RestAnswer.throttled(budget == null ? 2_000 : budget.penalty().toMillis(), error);
  }

  private static RestAnswer notTheVenue(
      RestQuery query, int status, String body, String detail, long atMs) {
    boolean markup = body.stripLeading().startsWith("<");
    RejectReason reason = markup ? RejectReason.NOT_THE_VENUE : RejectReason.MALFORMED;
    String error = "status=" + status + " " + (body.isBlank() ? "empty body" : detail);
    return RestAnswer.failed(error, List.of(reject(query, reason, detail, body, atMs)));
  }

  private static Reject reject(
      RestQuery query, RejectReason reason, String detail, String text, long atMs) {
    return new Reject(
        atMs, Okx.NAME, query.stream().symbol(), query.budget(), reason, detail, text);
  }

  /**
   * The open spot markets; suspended, pre-open and test ones and names outside the checked alphabet
   * are left out.
   *
   * @throws IOException if it is not a catalogue
   */
  static List<Market> catalogue(int status, String body) throws IOException {
    OkxEnvelope envelope = OkxEnvelope.parse(body);
    if (status != 200 || !"0".equals(envelope.code) || !envelope.hasData) {
      throw new IOException(
          "not a catalogue: status="
              + status
              + " code="
              + envelope.code
              + " "
              + envelope.message());
    }
    Catalogue catalogue = new Catalogue();
    envelope.objects.forEach(entry -> add(entry, catalogue));
    return catalogue.markets();
  }

  private static void add(Map<String, String> entry, Catalogue catalogue) {
    String name = entry.getOrDefault("instId", "");
    String listed = entry.getOrDefault("listTime", "");
    if (!entry.getOrDefault("instType", "SPOT").equals("SPOT")) {
      catalogue.leftOut("instType not SPOT");
    } else if (!"live".equals(entry.get("state"))) {
      catalogue.leftOut("state not live");
    } else if (!Symbols.isSpot(name)) {
      catalogue.leftOut("instId not of base and quote in A-Z and 0-9");
    } else {
      long listedMs = Decimals.isWhole(listed) ? Long.parseLong(listed) : 0;
      catalogue.open(new Market(name, name, listedMs));
    }
  }

  /** The rows of one answer on their way to candles. */
  private static final class Page {
    private final RestQuery query;
    private final String body;
    private final long receivedAtMs;
    private final TreeMap<Long, Candle> candles = new TreeMap<>();
    private final TreeSet<Long> unproven = new TreeSet<>();
    private final List<Reject> rejects = new ArrayList<>();
    private @Nullable String unreadable;

    Page(RestQuery query, String body, long receivedAtMs) {
      this.query = query;
      this.body = Cut.to(Reject.MAX_FRAME_CHARS, body);
      this.receivedAtMs = receivedAtMs;
    }

    /** A row whose time cannot be read could be any interval's: then no hole proves anything. */
    RestAnswer answer(List<List<@Nullable String>> rows) {
      rows.forEach(this::add);
      if (unreadable != null) {
        return RestAnswer.unreadable(unreadable, TradePage.NONE, rejects);
      }
      candles.keySet().removeAll(unproven);
      return RestAnswer.rows(List.copyOf(candles.values()), List.copyOf(unproven), rejects);
    }

    private void add(List<@Nullable String> cells) {
      OkxRow row = OkxRow.read(query.stream(), cells, Evidence.REST, "rest", receivedAtMs);
      Candle candle = row.candle();
      if (row.timeless()) {
        unreadable = row.detail();
        rejected(RejectReason.MALFORMED, row);
      } else if (row.openTimeMs() < query.fromMs() || row.openTimeMs() >= query.toMs()) {
        reject(RejectReason.ABSURD_TIME, "outside of what was asked: " + row.openTimeMs());
      } else if (candle == null) {
        unproven.add(row.openTimeMs());
        rejected(RejectReason.MALFORMED, row);
      } else if (!row.closed()) {
        unproven.add(row.openTimeMs());
      } else {
        closed(candle);
      }
    }

    private void closed(Candle candle) {
      Candle other = candles.putIfAbsent(candle.openTimeMs(), candle);
      if (other != null && !other.equals(candle)) {
        unproven.add(candle.openTimeMs());
        reject(RejectReason.MALFORMED, "two versions in one answer: " + candle.openTimeMs());
      }
    }

    private void rejected(RejectReason otherwise, OkxRow row) {
      reject(row.problem() == null ? otherwise : row.problem(), row.detail());
    }

    private void reject(RejectReason reason, String detail) {
      if (rejects.size() < MAX_REJECTS) {
        rejects.add(OkxRest.reject(query, reason, detail, body, receivedAtMs));
      }
    }
  }
}
