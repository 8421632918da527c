package dev.candles.job.backfill;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.Reject;
import dev.candles.core.repair.Audit;
import dev.candles.core.repair.GapRepair;
import dev.candles.core.repair.Heard;
import dev.candles.core.repair.NativeCandles;
import dev.candles.core.repair.OpenGap;
import dev.candles.core.repair.Proof;
import dev.candles.core.repair.Recheck;
import dev.candles.core.repair.TradePages;
import dev.candles.core.repair.TradeSpan;
import dev.candles.job.backfill.VenueDesk.Answer;
import dev.candles.sources.transport.RestResponse;
import dev.candles.sources.venue.Market;
import dev.candles.sources.venue.RestAnswer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in the answers to one venue's requests: what they prove goes on, the rest waits. */
final class AnswerDesk {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerDesk.class);
  private static final long UNKNOWN_SYMBOL_WAIT_MS = 3_600_000;
  private static final long BASE_MS = Timeframe.BASE.millis();

  private final BackfillState state;
  private final VenueDesk desk;
  private final long nowMs;
  private final Consumer<Reject> rejects;
  private final Consumer<LedgerEvent> out;

  AnswerDesk(
      BackfillState state,
      VenueDesk desk,
      long nowMs,
      Consumer<Reject> rejects,
      Consumer<LedgerEvent> out) {
    this.state = state;
    this.desk = desk;
    this.nowMs = nowMs;
    this.rejects = rejects;
    this.out = out;
  }

  void take(Answer answer) throws Exception {
    RestResponse response = answer.response();
    if (response == null) {
      failed(answer, answer.error());
      return;
    }
    RestAnswer said = decoded(answer, response);
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
        desk.throttled(answer.query().budget(), nowMs + waitMs);
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
    long waitMs = desk.failed(nowMs);
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
          keep(span.postponed(atMs));
        }
      }
    }
  }

  private void rows(Answer answer, RestAnswer said) throws Exception {
    switch (answer.work().kind()) {
      case GAP -> page(answer, said);
      case RECHECK -> reread(answer.work().key(), rows(said, BASE_MS));
      case TRADES -> trades(answer.work().key(), said.trades());
    }
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
    Proof proof = Proof.of(wanted, rows(said, stepMs), stepMs);
    settled(stream, proof.found(), proof.empty(), Evidence.REST);
    desk.tally(gap.key(), proof.found().size(), proof.empty().length() / stepMs);
    Market market = Objects.requireNonNull(desk.market(stream));
    Heard before = desk.heard(gap.key());
    Heard heard = readable ? before.read(wanted, proof.left()) : before.unreadable(wanted);
    desk.hear(gap.key(), heard);
    GapRepair.Outcome outcome =
        GapRepair.answered(gap, page, proof, heard, market.listedAtMs(), settledToMs, nowMs);
    decided(stream, outcome);
    if (stream.timeframe() == Timeframe.BASE) {
      audit(stream, wanted.minus(proof.left()), proof.found());
      stuck(outcome.gap(), market);
      natives(stream, outcome.unrecoverable());
    }
    if (outcome.gap().isDone()) {
      done(gap);
    } else {
      keep(outcome.gap());
    }
  }

  /** What no page proves is walked through by its trades, where the venue's REST reaches them. */
  private void stuck(OpenGap gap, Market market) throws Exception {
    for (TradeSpan span : TradeSpan.ofStuck(gap)) {
      if (state.span(span.key()) == null
          && desk.venue.trades(market, span, new TreeMap<>()).isPresent()) {
        keep(span);
      }
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

  private Proof.Rows rows(RestAnswer said, long stepMs) {
    return new Proof.Rows(said.candles(), said.silent(), said.forming())
        .settled(desk.settledToMs(nowMs), stepMs);
  }

  private void settled(
      StreamKey stream, List<Candle> candles, Intervals silent, Evidence proofOfSilence) {
    candles.forEach(candle -> out.accept(LedgerEvent.candle(candle)));
    for (Evidence evidence : Evidence.values()) {
      long[] opens =
          candles.stream()
              .filter(candle -> candle.evidence() == evidence)
              .mapToLong(Candle::openTimeMs)
              .toArray();
      Intervals found = Intervals.ofOpenTimes(opens, stream.timeframe().millis());
      for (int i = 0; i < found.count(); i++) {
        out.accept(LedgerEvent.filled(stream, found.from(i), found.to(i), evidence));
      }
    }
    empty(stream, silent, proofOfSilence);
  }

  /** Trades of a span: asked on until they decide it, or until a walk through them breaks off. */
  private void trades(String key, List<Trade> page) throws Exception {
    TradeSpan span = state.span(key);
    if (span == null) {
      desk.forgetPages(key);
      return;
    }
    TradePages pages = desk.pages(key);
    boolean goesOn = pages.add(page);
    TradeSpan.Reading reading = span.read(pages.trades(), nowMs);
    if (!reading.whole() && goesOn) {
      keep(span); // the next page
      return;
    }
    desk.forgetPages(key);
    if (!reading.whole()) {
      again(span, pages);
      return;
    }
    state.removeSpan(key);
    Intervals whole = Intervals.of(span.hole().fromMs(), span.hole().toMs());
    settled(span.stream(), reading.candles(), reading.silent(), Evidence.REST_TRADES);
    closeGaps(span.stream(), whole);
    for (TradeSpan more : reading.more()) {
      keep(more.with(state.span(more.key())));
    }
  }

  /** A walk through the pages led nowhere. */
  private void again(TradeSpan span, TradePages pages) throws Exception {
    Optional<TradeSpan> next =
        pages.isFull() ? Optional.empty() : span.again(pages.trades(), nowMs);
    if (next.isPresent()) {
      keep(next.get());
      return;
    }
    state.removeSpan(span.key());
    LOG.warn(
        "event=trades_given_up stream={} from_ms={} to_ms={} tries={} trades={}",
        span.stream(),
        span.hole().fromMs(),
        span.hole().toMs(),
        span.tries() + 1,
        pages.trades().size());
  }

  /** What trades have settled is no gap any more. */
  private void closeGaps(StreamKey stream, Intervals settled) throws Exception {
    for (long day : List.copyOf(desk.daysOf(stream))) {
      OpenGap gap = state.gap(OpenGap.key(stream, day));
      if (gap != null && !gap.open().intersect(settled).isEmpty()) {
        OpenGap rest = gap.withOpen(gap.open().minus(settled));
        if (rest.isDone()) {
          desk.work.remove(gap.key(), WorkQueue.Kind.GAP);
          done(rest);
        } else {
          keep(rest);
        }
      }
    }
  }

  /** What was repaired young is read once more. */
  private void audit(StreamKey stream, Intervals settled, List<Candle> found) throws Exception {
    long afterMs = desk.settings.profile().waits().audit().toMillis();
    for (Recheck question : Audit.of(stream, settled, found, afterMs, nowMs)) {
      Recheck held = state.recheck(question.key());
      keep(held == null ? question : Audit.merged(held, question));
    }
  }

  private void decided(StreamKey stream, GapRepair.Outcome outcome) {
    empty(stream, outcome.emptyTwice(), Evidence.REST_TWICE);
    desk.tally(outcome.gap().key(), 0, outcome.emptyTwice().length() / stream.timeframe().millis());
    Intervals lost = outcome.unrecoverable();
    for (int i = 0; i < lost.count(); i++) {
      out.accept(LedgerEvent.unrecoverable(stream, lost.from(i), lost.to(i), outcome.why()));
      LOG.warn(
          "event=unrecoverable stream={} minutes={} from_ms={} to_ms={} reason={}",
          stream,
          (lost.to(i) - lost.from(i)) / BASE_MS,
          lost.from(i),
          lost.to(i),
          outcome.why());
    }
  }

  private void empty(StreamKey stream, Intervals silent, Evidence evidence) {
    for (int i = 0; i < silent.count(); i++) {
      out.accept(LedgerEvent.empty(stream, silent.from(i), silent.to(i), evidence));
    }
  }

  private void reread(String key, Proof.Rows rows) throws Exception {
    Recheck question = state.recheck(key);
    if (question == null) {
      return;
    }
    Recheck.Outcome outcome = question.read(rows, nowMs);
    outcome.agreed().forEach(candle -> out.accept(LedgerEvent.candle(candle)));
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
    state.removeGap(gap.key());
    desk.daysOf(gap.stream()).remove(gap.dayMs());
    VenueDesk.Tally tally = desk.finish(gap.key());
    LOG.info(
        "event=backfill_done stream={} candles={} empty={} attempts={}",
        gap.stream(),
        tally.candles(),
        tally.empty(),
        gap.attempts() + 1);
  }

  private void keep(OpenGap gap) throws Exception {
    state.put(gap);
    desk.schedule(gap);
  }

  private void keep(TradeSpan span) throws Exception {
    state.put(span);
    desk.schedule(span);
  }

  private void keep(Recheck question) throws Exception {
    state.put(question);
    desk.schedule(question);
  }
}
