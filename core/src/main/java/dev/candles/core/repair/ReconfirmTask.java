package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.proof.Silence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Final candles that may not hold: those that a closed candle contradicts, those of which a
 * correction could have been missed, and those that were repaired or confirmed young ({@link
 * Audit}). Each is read until two answers agree, or nothing comes of it.
 */
final class ReconfirmTask extends RepairTask<Reconfirmation> {
  static final RepairStore.Kind<Reconfirmation> STORED =
      new RepairStore.Kind<>("rechecks", Reconfirmation.class);

  /** How far back what the lake holds may have been read young, and not again. */
  private static final long HELD_MS = 10_800_000;

  private static final long BASE_MS = Timeframe.BASE.millis();

  ReconfirmTask(RepairStore store, VenueSession session) {
    super(STORED, store, session);
  }

  @Override
  String key(Reconfirmation question) {
    return question.key();
  }

  @Override
  StreamKey stream(Reconfirmation question) {
    return question.stream();
  }

  @Override
  RepairWork.Lane lane() {
    return RepairWork.Lane.RECHECK;
  }

  @Override
  long marketMs(Reconfirmation question) {
    return question.fromMs();
  }

  @Override
  long endMs(Reconfirmation question) {
    return question.toMs();
  }

  @Override
  long dueMs(Reconfirmation question) {
    return question.dueMs(session.profile.askAfterMs());
  }

  @Override
  Reconfirmation postponed(Reconfirmation question, long timeMs) {
    return question.postponed(timeMs);
  }

  @Override
  public void announced(RepairEvent.Announced told) {
    super.announced(told);
    if (session.profile.confirms()) {
      auditHeld(told);
    }
  }

  @Override
  public void recheck(RepairEvent.Reconfirm told) {
    Reconfirmation fresh =
        Reconfirmation.fresh(told.stream(), told.fromMs(), told.toMs(), told.candidate());
    Reconfirmation question = fresh.keptBy(keyOf(fresh));
    Reconfirmation open = get(question.key());
    Reconfirmation both = open == null ? question : open.and(question);
    if (!both.equals(open)) {
      keep(both);
    }
  }

  /**
   * Where its candidate is asked about already, else where nothing is; its own if all are taken.
   */
  private String keyOf(Reconfirmation question) {
    String free = null;
    for (String key : question.keys()) {
      Reconfirmation held = get(key);
      if (held != null && held.isOfCandidateOf(question)) {
        return key;
      }
      if (held == null && free == null) {
        free = key;
      }
    }
    return free == null ? question.key() : free;
  }

  @Override
  Optional<RepairRequest> request(Reconfirmation question, RepairWork work, long nowMs) {
    Intervals range =
        question.range(session.profile.pageRows(), session.margin(), session.profile.auditMs());
    GapState.Page page =
        new GapState.Page(Intervals.fromArray(question.asked()), range.from(0), range.to(0));
    RestQuery query = session.candles(question.stream(), page, nowMs);
    return Optional.of(new RepairRequest(work, RepairRequest.Rows.CANDLES, query, null));
  }

  @Override
  void answered(Reconfirmation all, RepairAnswer answer, RestAnswer said, long nowMs) {
    BelievedRows believed = BelievedRows.of(session.venue, answer, said, BASE_MS, nowMs);
    AnswerReach reach = session.reach(answer.request(), said, nowMs);
    long fromMs =
        Math.max(reach.fromMs(), answer.request().query().fromMs()); // it may ask for less
    Reconfirmation question =
        reached(all, new AnswerReach(fromMs, reach.toMs()), believed.wholeToMs());
    if (Audit.isTooSoon(question, session.profile.auditMs(), believed.wholeToMs(), nowMs)) {
      keep(question.tooSoon(nowMs));
      return;
    }
    Silence by = session.profile.confirms() ? session.profile.silence() : Silence.ABSENT_ROWS;
    Reconfirmation.Outcome outcome = question.read(believed.rows(), by, nowMs);
    outcome.agreed().stream()
        .filter(row -> !lacksAll(row, believed.wholeToMs()))
        .forEach(session.claims::candle);
    if (outcome.gaveUp()) {
      session.log.log(
          RepairLog.Level.WARN,
          "event=disagreement stream={} open_time={} open_time_ms={} tries={}",
          question.stream(),
          Instant.ofEpochMilli(question.fromMs()),
          question.fromMs(),
          question.tries() + 1);
    }
    if (outcome.next().isPresent()) {
      keep(outcome.next().get());
    } else {
      remove(question.key());
    }
  }

  /** Whether a row that shows no trade may lack all of them, where young rows lack some. */
  private boolean lacksAll(Candle row, long wholeToMs) {
    return session.profile.auditMs() > 0 && FlatRow.matches(row) && row.endTimeMs() > wholeToMs;
  }

  /**
   * The question about what an answer speaks of. The rest is asked by itself, and so is what is too
   * young in a cut answer: rows that would show when it was made may have been cut off.
   */
  private Reconfirmation reached(Reconfirmation question, AnswerReach reach, long wholeToMs) {
    Intervals asked = Intervals.fromArray(question.asked());
    Intervals told = reach.of(asked);
    if (told.equals(asked) || question.candidate() != null) {
      return question;
    }
    Intervals old = told.intersect(Intervals.before(wholeToMs));
    Intervals part = old.isEmpty() ? told : old;
    Reconfirmation rest = question.unreached(asked.minus(part));
    Reconfirmation held = get(rest.key());
    keep(held == null ? rest : held.and(rest));
    return question.about(part);
  }

  @Override
  void gapRead(GapReading reading) {
    audit(reading.gap().stream(), reading.settled(), reading.rows(), reading.wholeToMs());
  }

  /** What the lake holds of the last while is read again: state may not know that it was young. */
  private void auditHeld(RepairEvent.Announced announced) {
    long reachMs = Math.min(HELD_MS, session.profile.pageRows() / 2 * BASE_MS);
    Intervals held =
        Intervals.of(Math.min(announced.fromMs(), announced.toMs()), announced.toMs())
            .minus(Intervals.fromArray(announced.missing()))
            .minus(announced.lost());
    if (held.isEmpty()) {
      return;
    }
    long heldToMs = held.to(held.count() - 1); // however long ago it was
    Intervals last = held.intersect(Intervals.of(heldToMs - reachMs, heldToMs));
    Audit.ofHeld(announced.stream(), last, heldToMs, session.profile.auditMs()).forEach(this::keep);
  }

  /** What was settled young is read once more, see {@link Audit#of}. */
  void audit(StreamKey stream, Intervals settled, List<Candle> found, long wholeToMs) {
    for (Reconfirmation question :
        Audit.of(stream, settled, found, session.profile.auditMs(), wholeToMs)) {
      Reconfirmation held = get(question.key());
      keep(held == null ? question : Audit.merged(held, question));
    }
  }
}
