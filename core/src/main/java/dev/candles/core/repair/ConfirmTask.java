package dev.candles.core.repair;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.RepairEvent;
import java.util.Optional;

/**
 * Intervals that only REST makes final, because the feed of their venue closes none and its trades
 * have no ids that chain.
 *
 * <ol>
 *   <li>The live path says that an interval is over, or the lake that it knows nothing of a young
 *       one: it waits, and is no gap.
 *   <li>When it has settled, all of its stream that has is asked for by one page; not more than
 *       once a minute. Where the budget does not let each stream be asked each minute, who has
 *       waited longest is asked first, and pages hold more.
 *   <li>What the page proves is final. It is read again when it is older, by {@link ReconfirmTask}.
 *       What the page does not reach is asked for at once.
 *   <li>What no page has proven within {@link Confirmation#WITHIN_MS} is a gap as any other.
 * </ol>
 */
final class ConfirmTask extends RepairTask<Confirmation> {
  static final RepairStore.Kind<Confirmation> STORED =
      new RepairStore.Kind<>("confirmations", Confirmation.class);

  private final GapTask gaps;
  private final ReconfirmTask reads;

  /**
   * @param gaps takes over what is not confirmed in time
   * @param reads reads again what is confirmed young
   */
  ConfirmTask(RepairStore store, VenueSession session, GapTask gaps, ReconfirmTask reads) {
    super(STORED, store, session);
    this.gaps = gaps;
    this.reads = reads;
  }

  @Override
  String key(Confirmation waiting) {
    return waiting.stream().id();
  }

  @Override
  StreamKey stream(Confirmation waiting) {
    return waiting.stream();
  }

  @Override
  RepairWork.Lane lane() {
    return RepairWork.Lane.CONFIRMATION;
  }

  @Override
  long marketMs(Confirmation waiting) {
    return waiting.waiting()[0];
  }

  @Override
  long endMs(Confirmation waiting) {
    return waiting.waiting()[waiting.waiting().length - 1];
  }

  @Override
  long dueMs(Confirmation waiting) {
    return waiting.dueMs(session.profile.askAfterMs());
  }

  @Override
  Confirmation postponed(Confirmation waiting, long timeMs) {
    return waiting.postponed(timeMs);
  }

  @Override
  public void announced(RepairEvent.Announced told) {
    replace(told.stream(), Confirmation.among(told, session.profile));
    Confirmation waiting = get(told.stream().id());
    if (waiting != null) {
      resume(waiting, told.toMs());
    }
  }

  @Override
  public void confirm(RepairEvent.Confirm told) {
    over(told.stream(), Intervals.of(told.fromMs(), told.toMs()), told.toMs());
  }

  /** Intervals are over, up to {@code toMs}: what has waited for too long until then is a gap. */
  private void over(StreamKey stream, Intervals news, long toMs) {
    Confirmation held = get(stream.id());
    Intervals all = held == null ? news : held.intervals().union(news);
    Intervals overdue = all.intersect(Confirmation.overdue(toMs, session.profile.askAfterMs()));
    replace(stream, all.minus(overdue));
    gaps.missing(stream, overdue, Reason.NOT_CONFIRMED);
  }

  private void replace(StreamKey stream, Intervals intervals) {
    Confirmation held = get(stream.id());
    Confirmation known = held == null ? new Confirmation(stream, intervals.toArray(), 0, 0) : held;
    keepOrForget(stream, known.with(intervals));
  }

  private void keepOrForget(StreamKey stream, Optional<Confirmation> waiting) {
    if (waiting.isPresent()) {
      keep(waiting.get());
    } else {
      remove(stream.id());
      unschedule(stream.id());
    }
  }

  @Override
  Optional<RepairRequest> request(Confirmation waiting, RepairWork work, long nowMs) {
    StreamKey stream = waiting.stream();
    Optional<GapState.Page> page =
        waiting.page(
            session.profile.pageRows(),
            session.margin(),
            session.settledToMs(nowMs),
            session.profile.auditMs());
    if (page.isEmpty()) {
      // it was due when the venue's time seemed to be later
      keep(waiting.postponed(nowMs + Confirmation.SHOWN_MS));
    }
    return page.map(
        asked -> RepairRequest.candles(work, session.candles(stream, asked, nowMs), asked));
  }

  @Override
  void answered(Confirmation waiting, RepairAnswer answer, RestAnswer said, long nowMs) {
    StreamKey stream = waiting.stream();
    long stepMs = stream.timeframe().millis();
    AnswerReach reach = session.reach(answer.request(), said, nowMs);
    Intervals wanted = reach.of(answer.request().wanted()).intersect(waiting.intervals());
    BelievedRows believed = BelievedRows.of(session.venue, answer, said, stepMs, nowMs);
    Proof proof = Proof.of(wanted, believed.rows(), stepMs, session.profile.silence());
    Intervals settled = wanted.minus(proof.left());
    session.claims.settled(stream, proof.found(), proof.empty(), Evidence.REST);
    reads.audit(stream, settled, believed.rows().within(settled), believed.wholeToMs());
    keepOrForget(stream, waiting.answered(settled, proof.left(), nowMs));
  }
}
