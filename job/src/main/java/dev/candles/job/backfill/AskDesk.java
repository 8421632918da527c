package dev.candles.job.backfill;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.proof.AnswerAge;
import dev.candles.core.repair.OpenGap;
import dev.candles.core.repair.Recheck;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradeSpan;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one venue's due requests. */
final class AskDesk {
  private static final long CLOCK_SET_BACK_MS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(AskDesk.class);

  private final BackfillState state;
  private final VenueDesk desk;
  private final Set<String> daysThisCheckpoint;
  private final int daysPerCheckpoint;

  /**
   * @param daysThisCheckpoint keys of the stream-days that are written already; grows up to {@code
   *     daysPerCheckpoint}
   */
  AskDesk(
      BackfillState state, VenueDesk desk, Set<String> daysThisCheckpoint, int daysPerCheckpoint) {
    this.state = state;
    this.desk = desk;
    this.daysThisCheckpoint = daysThisCheckpoint;
    this.daysPerCheckpoint = daysPerCheckpoint;
  }

  /**
   * Sends what is due at {@code ourMs} of our market clock, as far as the venue's budgets and the
   * checkpoint allow.
   */
  void send(long ourMs) throws Exception {
    long nowMs = desk.venueTime(ourMs);
    while (desk.mayAsk(ourMs)) {
      WorkQueue.Work item = desk.work.take(nowMs, w -> mayWrite(w) && !desk.isAsking(w));
      if (item == null) {
        return;
      }
      boolean sent =
          switch (item.kind()) {
            case GAP -> askPage(item, nowMs, ourMs);
            case RECHECK -> askAgain(item, nowMs, ourMs);
            case TRADES -> askTrades(item, ourMs);
          };
      if (!sent) {
        desk.work.put(item);
        return;
      }
    }
  }

  private boolean mayWrite(WorkQueue.Work item) {
    return item.kind() != WorkQueue.Kind.GAP
        || daysThisCheckpoint.contains(item.key())
        || daysThisCheckpoint.size() < daysPerCheckpoint;
  }

  private boolean askPage(WorkQueue.Work item, long nowMs, long ourMs) throws Exception {
    OpenGap gap = state.gap(item.key());
    if (gap == null) {
      return true; // settled meanwhile
    }
    Market market = Objects.requireNonNull(desk.market(gap.stream()));
    Optional<OpenGap.Page> page =
        desk.width(item.key())
            .next(
                gap,
                desk.settings.profile().pageRows(),
                desk.settledToMs(nowMs),
                AnswerAge.reachMs(gap.endMs(), nowMs, desk.auditMs()));
    if (page.isEmpty()) {
      desk.schedule(gap.postponed(Math.max(gap.nextTryMs(), nowMs + CLOCK_SET_BACK_MS)));
      return true; // it was due when the venue's time seemed to be later
    }
    RestQuery query = desk.venue.candles(gap.stream(), market, page.get(), nowMs);
    if (!desk.ask(item, page.get(), query, ourMs)) {
      return false;
    }
    daysThisCheckpoint.add(item.key());
    if (desk.begin(item.key())) {
      LOG.info(
          "event=backfill_start stream={} minutes={} attempt={}",
          gap.stream(),
          gap.open().length() / Timeframe.BASE.millis(),
          gap.attempts() + 1);
    }
    return true;
  }

  private boolean askAgain(WorkQueue.Work item, long nowMs, long ourMs) throws Exception {
    Recheck question = state.recheck(item.key());
    if (question == null) {
      return true;
    }
    Market market = Objects.requireNonNull(desk.market(question.stream()));
    Intervals range = question.range(desk.settings.profile().pageRows(), desk.auditMs());
    OpenGap.Page page =
        new OpenGap.Page(Intervals.fromArray(question.asked()), range.from(0), range.to(0));
    RestQuery query = desk.venue.candles(question.stream(), market, page, nowMs);
    return desk.ask(item, null, query, ourMs);
  }

  private boolean askTrades(WorkQueue.Work item, long ourMs) throws Exception {
    TradeSpan span = state.span(item.key());
    if (span == null) {
      return true;
    }
    if (span.isAnywhere() && !isOpen(span)) {
      state.removeSpan(item.key()); // its intervals are settled meanwhile
      desk.forgetWalk(item.key());
      return true;
    }
    Market market = Objects.requireNonNull(desk.market(span.stream()));
    Optional<RestQuery> query = desk.venue.trades(market, span, desk.walk(span));
    if (query.isEmpty()) {
      state.removeSpan(item.key()); // out of its REST's reach: the gap's candles decide
      desk.forgetWalk(item.key());
      return true;
    }
    return desk.ask(item, null, query.get(), ourMs);
  }

  private boolean isOpen(TradeSpan span) throws Exception {
    Intervals all = Intervals.of(span.hole().fromMs(), span.hole().toMs());
    OpenGap gap = state.gap(OpenGap.key(span.stream(), Timeframe.D1.floor(span.hole().fromMs())));
    return gap != null && !gap.open().intersect(all).isEmpty();
  }
}
