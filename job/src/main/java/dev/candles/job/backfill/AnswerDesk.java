package dev.candles.job.backfill;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.Reject;
import dev.candles.core.proof.AnswerAge;
import dev.candles.core.repair.Audit;
import dev.candles.core.repair.GapRepair;
import dev.candles.core.repair.Heard;
import dev.candles.core.repair.NativeCandles;
import dev.candles.core.repair.OpenGap;
import dev.candles.core.repair.Proof;
import dev.candles.core.repair.Recheck;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.TradeSpan;
import dev.candles.job.backfill.VenueDesk.Answer;
import dev.candles.sources.transport.RestResponse;
import dev.candles.sources.venue.VenueProfile;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in the answers to one venue's requests: what they prove goes on, the rest waits. */
final class AnswerDesk {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerDesk.class);
  private static final long UNKNOWN_SYMBOL_WAIT_MS = 3_600_000;
  private static final long BASE_MS = Timeframe.BASE.millis();

  /** A row that opens later than this after the venue's time says nothing about an answer's age. */
  private static final long MOST_AHEAD_MS = 5_000;

  private static final long TRADE_AHEAD_MS = 60_000;

  private final BackfillState state;
  private final VenueDesk desk;
  private final long ourMs;
  private final Consumer<Reject> rejects;
  private final Claims claims;
  private long nowMs;

  /**
   * @param ourMs market time of our clock, epoch ms
   */
  AnswerDesk(
      BackfillState state,
      VenueDesk desk,
      long ourMs,
      Consumer<Reject> rejects,
      Consumer<LedgerEvent> out) {
    this.state = state;
    this.desk = desk;
    this.ourMs = ourMs;
    this.rejects = rejects;
    this.claims = new Claims(out);
  }

  void take(Answer answer) throws Exception {
    RestResponse response = answer.response();
    if (response != null) {
      desk.answered(response, ourMs);
    }
    nowMs = desk.venueTime(ourMs);
    if (response == null) {
      failed(answer, answer.error());
      return;
    }
    RestAnswer said = decoded(answer, response);
    if (said.page().trades().stream().anyMatch(t -> t.timeMs() > nowMs + TRADE_AHEAD_MS)) {
      failed(answer, "a trade of later than the venue's time");
      return;
    }
    said.rejects().stream().filter(r -> desk.mayReject(nowMs)).forEach(rejects);
    switch (said.outcome()) {
      case ROWS -> {
        desk.succeeded();
        rows(answer, said);
      }
      case THROTTLED -> {
        long waitMs = Math.max(said.waitMs(), response.retryAfterMs());
        LOG.warn(
            "event=rate_limited venue={} status={} retry_after={}s budget={}",
            desk.settings.name(),
            response.status(),
            (waitMs + 999) / 1000,
            answer.query().budget());
        desk.throttled(answer.query().budget(), ourMs + waitMs);
        postpone(answer, nowMs + waitMs);
      }
      case UNKNOWN_SYMBOL -> {
        LOG.error("event=symbol_unknown stream={} error={}", answer.query().stream(), said.error());
        postpone(answer, nowMs + UNKNOWN_SYMBOL_WAIT_MS);
      }
      case UNREADABLE -> {
        LOG.warn("event=page_unreadable stream={} error={}", answer.query().stream(), said.error());
        desk.succeeded();
        rows(answer, said); // a gap is asked in smaller pages, other questions have one try less
      }
      case FAILED -> failed(answer, "status " + response.status() + ": " + said.error());
    }
  }

  private RestAnswer decoded(Answer answer, RestResponse response) {
    int status = response.status();
    return switch (answer.work().kind()) {
      case GAP, RECHECK -> desk.venue.decodeCandles(answer.query(), status, response.body(), nowMs);
      case TRADES -> desk.venue.decodeTrades(answer.query(), status, response.body(), nowMs);
    };
  }

  private void failed(Answer answer, String error) throws Exception {
    long waitMs = desk.failed(ourMs);
    LOG.error(
        "event=connection_error venue={} error={} attempt={} retry_ms={}",
        desk.settings.name(),
        error,
        desk.failures(),
        waitMs);
    OpenGap gap = answer.page() == null ? null : state.gap(answer.work().key());
    if (gap == null) {
      postpone(answer, nowMs + waitMs);
    } else {
      desk.hear(gap.key(), desk.heard(gap.key()).failed());
      long atMs = Math.max(nowMs + waitMs, GapRepair.afterFailure(gap, nowMs));
      keep(gap.failed(Objects.requireNonNull(answer.page()), atMs));
    }
  }

  private void postpone(Answer answer, long atMs) throws Exception {
    String key = answer.work().key();
    switch (answer.work().kind()) {
      case GAP -> {
        OpenGap gap = state.gap(key);
        if (gap != null) {
          keep(gap.postponed(atMs));
        }
      }
      case RECHECK -> {
        Recheck question = state.recheck(key);
        if (question != null) {
          keep(question.postponed(atMs));
        }
      }
      case TRADES -> {
        TradeSpan span = state.span(key);
        if (span != null) {
          state.put(span.postponed(atMs));
          desk.schedule(span.postponed(atMs));
        }
      }
    }
  }

  private void rows(Answer answer, RestAnswer said) throws Exception {
    switch (answer.work().kind()) {
      case GAP -> page(answer, said);
      case RECHECK -> reread(answer, said);
      case TRADES -> trades().page(answer.work().key(), said.trades());
    }
  }

  private TradeAnswers trades() {
    return new TradeAnswers(state, desk, nowMs, claims);
  }

  private void page(Answer answer, RestAnswer said) throws Exception {
    OpenGap gap = state.gap(answer.work().key());
    if (gap == null) {
      return;
    }
    OpenGap.Page asked = Objects.requireNonNull(answer.page());
    Intervals wanted = asked.wanted().intersect(gap.open());
    if (wanted.isEmpty()) {
      keep(gap);
      return;
    }
    boolean readable = said.outcome() == RestAnswer.Outcome.ROWS;
    StreamKey stream = gap.stream();
    long stepMs = stream.timeframe().millis();
    if (readable) {
      desk.width(gap.key()).readable(asked, stepMs);
    } else if (desk.width(gap.key()).unreadable(asked, stepMs)) {
      keep(gap);
      return;
    }
    OpenGap.Page page = new OpenGap.Page(wanted, asked.askFromMs(), asked.askToMs());
    long settledToMs = desk.settledToMs(nowMs);
    VenueProfile.Proofs proofs = desk.settings.profile().proofs();
    Proof proof = Proof.of(wanted, rows(answer, said, stepMs), stepMs, proofs.silence());
    boolean folded = !said.page().trades().isEmpty();
    Evidence proofOfSilence = folded ? Evidence.REST_TRADES : Evidence.REST;
    claims.settled(stream, proof.found(), proof.empty(), proofOfSilence);
    desk.tally(gap.key(), proof.found().size(), proof.empty().length() / stepMs);
    Market market = Objects.requireNonNull(desk.market(stream));
    Heard before = desk.heard(gap.key()).answered(nowMs);
    Heard heard = readable ? before.read(proof.left()) : before;
    desk.hear(gap.key(), heard);
    GapRepair.Outcome outcome =
        GapRepair.answered(gap, page, proof, heard, market.listedAtMs(), settledToMs, nowMs);
    claims.unrecoverable(stream, outcome.unrecoverable(), outcome.why());
    if (stream.timeframe() == Timeframe.BASE) {
      audit(stream, wanted.minus(proof.left()), proof.found(), wholeToMs(answer, said));
      if (readable) {
        trades().search(outcome.gap(), proof.left(), market);
      }
      natives(stream, outcome.unrecoverable());
    }
    if (outcome.gap().isDone()) {
      done(gap);
    } else {
      keep(outcome.gap());
    }
  }

  /** Where minutes are given up the venue may still have its own larger candles. */
  private void natives(StreamKey base, Intervals givenUp) throws Exception {
    for (OpenGap gap : NativeCandles.around(base, givenUp, desk.offered)) {
      OpenGap held = state.gap(gap.key());
      OpenGap both = held == null ? gap : held.withOpen(held.open().union(gap.open()));
      desk.daysOf(both.stream()).add(both.dayMs());
      keep(both);
    }
  }

  /** The rows of an answer; those that had not settled when it was made are not believed. */
  private Proof.Rows rows(Answer answer, RestAnswer said, long stepMs) {
    long settledToMs = desk.settings.profile().settledToMs(saidMs(answer), newestMs(said));
    return new Proof.Rows(said.candles(), said.silent(), said.forming())
        .settled(settledToMs, stepMs);
  }

  /** Intervals that end later (market time, epoch ms) were too young when the answer was made. */
  private long wholeToMs(Answer answer, RestAnswer said) {
    long shownMs = AnswerAge.settledToMs(saidMs(answer), newestMs(said), desk.auditMs());
    return Math.min(nowMs - desk.auditMs(), shownMs);
  }

  private static long saidMs(Answer answer) {
    return Objects.requireNonNull(answer.response()).asOfMs();
  }

  private long newestMs(RestAnswer said) {
    return said.newestMs() == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : Math.min(said.newestMs(), nowMs + MOST_AHEAD_MS);
  }

  /** What was repaired young is read once more. */
  private void audit(StreamKey stream, Intervals settled, List<Candle> found, long wholeToMs)
      throws Exception {
    for (Recheck question : Audit.of(stream, settled, found, desk.auditMs(), wholeToMs)) {
      Recheck held = state.recheck(question.key());
      keep(held == null ? question : Audit.merged(held, question));
    }
  }

  private void reread(Answer answer, RestAnswer said) throws Exception {
    String key = answer.work().key();
    Recheck question = state.recheck(key);
    if (question == null) {
      return;
    }
    if (Audit.isTooSoon(question, desk.auditMs(), wholeToMs(answer, said), nowMs)) {
      keep(question.tooSoon(nowMs));
      return;
    }
    Recheck.Outcome outcome = question.read(rows(answer, said, BASE_MS), nowMs);
    outcome.agreed().forEach(claims::candle);
    if (outcome.gaveUp()) {
      LOG.warn(
          "event=disagreement stream={} open_time_ms={} tries={}",
          question.stream(),
          question.fromMs(),
          question.tries() + 1);
    }
    if (outcome.next().isPresent()) {
      keep(outcome.next().get());
    } else {
      state.removeRecheck(key);
    }
  }

  private void done(OpenGap gap) throws Exception {
    claims.done(gap, state, desk);
  }

  private void keep(OpenGap gap) throws Exception {
    state.put(gap);
    desk.schedule(gap);
  }

  private void keep(Recheck question) throws Exception {
    state.put(question);
    desk.schedule(question);
  }
}
