package dev.candles.core.proof;

import dev.candles.core.Candles;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RepairAnswer;
import dev.candles.core.repair.RepairProfile;
import dev.candles.core.repair.RepairRequest;
import dev.candles.core.repair.RepairVenue;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradeFetch;
import dev.candles.core.repair.TradePage;
import dev.candles.core.repair.TradeWalk;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The REST of a {@link ModelVenue} without a text: a request's path says where to begin. */
final class ModelRest implements RepairVenue {
  static final String BUDGET = "rest";

  private final ModelVenue venue;
  private final ModelVenue.Kind kind;
  private final RepairProfile profile;

  ModelRest(ModelVenue venue, int requestsPerSecond) {
    this.venue = venue;
    this.kind = venue.kind;
    this.profile =
        new RepairProfile(
            ModelTape.STREAM.venue(),
            kind.silence,
            kind.firstId,
            Candles.GRACE_MS,
            kind == ModelVenue.Kind.SNAPSHOTS,
            kind.live() == Evidence.REST,
            venue.pageRows,
            kind.askAfterMs(),
            kind.auditMs,
            0,
            List.of(),
            Map.of(BUDGET, new RepairProfile.Budget(requestsPerSecond, 1_000)));
  }

  @Override
  public RepairProfile profile() {
    return profile;
  }

  @Override
  public long settledToMs(long saidMs, long newestMs) {
    return kind == ModelVenue.Kind.ZERO_ROWS || newestMs == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : AnswerAge.settledToMs(saidMs, newestMs, kind.settleMs);
  }

  @Override
  public RestQuery candles(StreamKey stream, Market market, GapState.Page page, long nowMs) {
    String path = Long.toString(page.firstMs());
    return new RestQuery(path, BUDGET, stream, page.askFromMs(), page.askToMs());
  }

  @Override
  public Optional<RestQuery> trades(Market market, TradeFetch span, TradeWalk walk) {
    if (!kind.chains()) {
      return Optional.empty();
    }
    long from = isByTime() ? Math.floorDiv(walk.sinceNs(), 1_000_000) : walk.below(venue.tradeRows);
    String path = Long.toString(from);
    return Optional.of(
        new RestQuery(path, BUDGET, span.stream(), span.hole().fromMs(), span.hole().toMs()));
  }

  private boolean isByTime() {
    return kind == ModelVenue.Kind.SNAPSHOTS;
  }

  /**
   * What the venue says.
   *
   * @param venueMs the venue's time
   * @param assumedMs what the collector takes it for
   */
  ModelVenue.Answer ask(RepairRequest request, long venueMs, long assumedMs) {
    RestQuery query = request.query();
    long from = Long.parseLong(query.path());
    return switch (request.rows()) {
      case CANDLES ->
          venue.candles(
              new GapState.Page(Intervals.of(from, query.toMs()), query.fromMs(), query.toMs()),
              venueMs,
              assumedMs);
      case TRADES -> venue.trades(from, isByTime(), venueMs);
    };
  }

  /** The same as a decoder hands it on. */
  static RepairAnswer decoded(RepairRequest request, ModelVenue.Answer answer) {
    if (answer.failed()) {
      return RepairAnswer.none(request, "nobody answers");
    }
    long saidMs = answer.dateMs() - answer.ageMs();
    TradePage page = new TradePage(answer.trades(), answer.readable());
    RestAnswer said =
        answer.readable()
            ? RestAnswer.rows(
                    answer.rows().closed(),
                    answer.rows().forming(),
                    answer.rows().silent(),
                    answer.folded() ? Long.MAX_VALUE : answer.newestMs(),
                    page,
                    List.of())
                .reaching(answer.reach())
            : RestAnswer.unreadable("a row of any time", page, List.of());
    return new RepairAnswer(request, 200, answer.dateMs(), saidMs, -1, nowMs -> said, "");
  }

  /** What a claim rests on that follows from an answer. */
  ModelLedger.Claim claim(
      RepairRequest request, ModelVenue.Answer answer, NavigableMap<Long, Long> lastIds) {
    boolean rows = request.rows() == RepairRequest.Rows.CANDLES && !answer.folded();
    return new ModelLedger.Claim(
        answer.asOfMs(),
        rows ? kind.settleMs : 0,
        request.rows() == RepairRequest.Rows.TRADES ? lastIds : new TreeMap<>(),
        answer.wholeToMs());
  }
}
