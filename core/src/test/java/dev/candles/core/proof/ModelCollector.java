package dev.candles.core.proof;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.TradeHole;
import dev.candles.core.proof.TradeEvidence.Ends;
import dev.candles.core.repair.Audit;
import dev.candles.core.repair.GapRepair;
import dev.candles.core.repair.Heard;
import dev.candles.core.repair.OpenGap;
import dev.candles.core.repair.PageWidth;
import dev.candles.core.repair.Proof;
import dev.candles.core.repair.RateBudget;
import dev.candles.core.repair.Recheck;
import dev.candles.core.repair.TradeSpan;
import dev.candles.core.repair.TradeWalk;
import dev.candles.core.time.VenueClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Does with the pure rules what the desks of the backfill do: it asks, hands the answer to a rule
 * and does what that says. Gaps, spans and rechecks outlive a restart, all else is memory.
 */
final class ModelCollector {
  private static final long STEP = ModelTape.MINUTE;
  private static final int MOST_INTERVALS = 1_440;
  private static final int MOST_JOINTS = 64;
  private static final long FAILURE_MS = 5_000;

  final Map<String, OpenGap> gaps = new TreeMap<>();
  final Map<String, TradeSpan> spans = new TreeMap<>();
  final Map<String, Recheck> rechecks = new TreeMap<>();
  final ModelLedger ledger;
  int requests;

  private final ModelVenue venue;
  private final ModelVenue.Kind kind;
  private final RateBudget budget;
  private Map<String, Heard> heard = new HashMap<>();
  private Map<String, PageWidth> widths = new HashMap<>();
  private Map<String, TradeWalk> walks = new HashMap<>();
  private NavigableMap<Long, Long> lastIds = new TreeMap<>();
  private VenueClock clock = new VenueClock();
  private long blockedMs;
  private long nowMs;

  ModelCollector(ModelVenue venue, ModelLedger ledger, RateBudget budget) {
    this.venue = venue;
    this.kind = venue.kind;
    this.ledger = ledger;
    this.budget = budget;
  }

  /** The process starts again: what was in memory is gone. */
  void restart() {
    heard = new HashMap<>();
    widths = new HashMap<>();
    walks = new HashMap<>();
    lastIds = new TreeMap<>();
    clock = new VenueClock();
    blockedMs = Long.MIN_VALUE;
  }

  /** The lake says what is missing: no more, no less. */
  void announced(Intervals missing, Intervals givenUp) {
    for (OpenGap held : List.copyOf(gaps.values())) {
      Intervals still = held.open().intersect(held.givenUp() ? givenUp : missing);
      gaps.remove(held.key());
      if (!still.isEmpty()) {
        keep(held.withOpen(still));
      }
    }
    missing(missing, Reason.HISTORY);
    for (Map.Entry<Long, Intervals> day : DayCoverage.byDay(givenUp).entrySet()) {
      OpenGap held = gaps.get(OpenGap.key(ModelTape.STREAM, day.getKey()));
      keep(
          held == null
              ? OpenGap.givenUp(ModelTape.STREAM, day.getKey(), day.getValue(), 0)
              : held.withOpen(held.open().union(day.getValue())));
    }
  }

  void missing(Intervals more, Reason reason) {
    for (Map.Entry<Long, Intervals> day : DayCoverage.byDay(more).entrySet()) {
      OpenGap held = gaps.get(OpenGap.key(ModelTape.STREAM, day.getKey()));
      keep(
          held == null
              ? OpenGap.fresh(ModelTape.STREAM, day.getKey(), day.getValue(), reason)
              : held.withOpen(held.open().union(day.getValue())));
    }
  }

  void recheck(long fromMs, long toMs, @Nullable Candle candidate) {
    Recheck question = Recheck.fresh(ModelTape.STREAM, fromMs, toMs, candidate);
    rechecks.putIfAbsent(question.key(), question);
  }

  void trades(TradeHole hole) {
    TradeSpan news = TradeSpan.fresh(ModelTape.STREAM, hole);
    spans.put(news.key(), news.with(spans.get(news.key())));
  }

  void joined(long timeMs, long lastId) {
    lastIds.put(timeMs, lastId);
    if (lastIds.size() > MOST_JOINTS) {
      lastIds.pollFirstEntry();
    }
    for (OpenGap gap : List.copyOf(gaps.values())) {
      if (!gap.givenUp() && gap.dayMs() + Timeframe.D1.millis() > timeMs) {
        keep(gap.postponed(0));
      }
    }
  }

  /** Whether something of before that time is still asked for. */
  boolean isBusy(long beforeMs) {
    return gaps.values().stream().anyMatch(g -> g.open().from(0) < beforeMs)
        || spans.values().stream().anyMatch(s -> s.hole().fromMs() < beforeMs)
        || rechecks.values().stream().anyMatch(r -> r.fromMs() < beforeMs);
  }

  /**
   * Asks for what is due, the newest first.
   *
   * @param venueMs the venue's time
   * @param ourMs what our clock shows
   */
  void work(long venueMs, long ourMs, int most) {
    for (int sent = 0; sent < most; sent++) {
      nowMs = clock.at(ourMs);
      String due = ourMs < blockedMs ? null : due();
      if (due == null || !budget.tryTake(ourMs)) {
        return;
      }
      requests++;
      ModelVenue.Answer answer;
      if (due.startsWith("gap ")) {
        OpenGap gap = gaps.get(due.substring(4));
        OpenGap.Page page =
            width(gap.key())
                .next(
                    gap,
                    venue.pageRows,
                    nowMs - kind.askAfterMs(),
                    AnswerAge.reachMs(gap.endMs(), nowMs, kind.auditMs))
                .orElseThrow(() -> new IllegalStateException("nothing to ask: " + gap));
        answer = venue.candles(page, venueMs, nowMs);
        heardOf(answer, ourMs);
        page(gap, page, answer, ourMs);
      } else if (due.startsWith("rec ")) {
        Recheck question = rechecks.get(due.substring(4));
        Intervals range = question.range(venue.pageRows, kind.auditMs);
        OpenGap.Page page =
            new OpenGap.Page(Intervals.fromArray(question.asked()), range.from(0), range.to(0));
        answer = venue.candles(page, venueMs, nowMs);
        heardOf(answer, ourMs);
        reread(question, answer, ourMs);
      } else {
        TradeSpan span = spans.get(due.substring(4));
        TradeWalk walk = walk(span);
        boolean byTime = kind == ModelVenue.Kind.SNAPSHOTS;
        long from = byTime ? walk.sinceMs() : walk.below(venue.tradeRows);
        answer = venue.trades(from, byTime, venueMs);
        heardOf(answer, ourMs);
        tradePage(span, walk, answer, ourMs);
      }
    }
  }

  private void heardOf(ModelVenue.Answer answer, long ourMs) {
    if (!answer.failed()) {
      clock.answered(answer.dateMs(), ourMs);
    }
    nowMs = clock.at(ourMs);
  }

  private @Nullable String due() {
    String due = null;
    long newest = Long.MIN_VALUE;
    for (OpenGap gap : gaps.values()) {
      if (gap.dueMs(kind.askAfterMs()) <= nowMs && gap.dayMs() > newest) {
        newest = gap.dayMs();
        due = "gap " + gap.key();
      }
    }
    for (Recheck recheck : rechecks.values()) {
      if (recheck.dueMs(kind.askAfterMs()) <= nowMs && recheck.fromMs() > newest) {
        newest = recheck.fromMs();
        due = "rec " + recheck.key();
      }
    }
    for (TradeSpan span : spans.values()) {
      if (span.nextTryMs() <= nowMs && span.hole().fromMs() > newest) {
        newest = span.hole().fromMs();
        due = "spa " + span.key();
      }
    }
    return due;
  }

  private void page(OpenGap gap, OpenGap.Page asked, ModelVenue.Answer answer, long ourMs) {
    if (answer.failed()) {
      blockedMs = ourMs + FAILURE_MS;
      heard.computeIfPresent(gap.key(), (key, all) -> all.failed());
      keep(gap.failed(asked, Math.max(nowMs + FAILURE_MS, GapRepair.afterFailure(gap, nowMs))));
      return;
    }
    PageWidth width = width(gap.key());
    if (answer.readable()) {
      width.readable(asked, STEP);
    } else if (width.unreadable(asked, STEP)) {
      keep(gap);
      return;
    }
    Proof proof = Proof.of(asked.wanted(), rows(answer), STEP, kind.silence);
    ModelLedger.Claim claim = claim(answer, answer.folded() ? 0 : kind.settleMs);
    proof.found().forEach(c -> ledger.candle(c, claim));
    ledger.empty(proof.empty(), claim);
    Heard before = heard.getOrDefault(gap.key(), Heard.NOTHING).answered(nowMs);
    Heard now = answer.readable() ? before.read(proof.left()) : before;
    heard.put(gap.key(), now);
    GapRepair.Outcome outcome =
        GapRepair.answered(gap, asked, proof, now, 0, nowMs - kind.askAfterMs(), nowMs);
    ledger.unrecoverable(outcome.unrecoverable(), outcome.why());
    audit(asked.wanted().minus(proof.left()), proof.found(), wholeToMs(answer));
    if (answer.readable()) {
      search(outcome.gap(), proof.left());
    }
    gaps.remove(gap.key());
    keep(outcome.gap());
  }

  private static ModelLedger.Claim claim(ModelVenue.Answer answer, long settleMs) {
    return new ModelLedger.Claim(answer.asOfMs(), settleMs, new TreeMap<>(), answer.wholeToMs());
  }

  /** The rows of an answer that are believed. */
  private Proof.Rows rows(ModelVenue.Answer answer) {
    long settledToMs =
        kind == ModelVenue.Kind.ZERO_ROWS || answer.folded()
            ? Long.MAX_VALUE
            : AnswerAge.settledToMs(
                answer.dateMs() - answer.ageMs(), answer.newestMs(), kind.settleMs);
    return answer.rows().settled(settledToMs, STEP);
  }

  private long wholeToMs(ModelVenue.Answer answer) {
    long saidMs = answer.dateMs() - answer.ageMs();
    long shownMs = AnswerAge.settledToMs(saidMs, answer.newestMs(), kind.auditMs);
    return answer.folded() ? nowMs : Math.min(nowMs - kind.auditMs, shownMs);
  }

  private void audit(Intervals settled, List<Candle> found, long wholeToMs) {
    for (Recheck question : Audit.of(ModelTape.STREAM, settled, found, kind.auditMs, wholeToMs)) {
      Recheck held = rechecks.get(question.key());
      rechecks.put(question.key(), held == null ? question : Audit.merged(held, question));
    }
  }

  private void reread(Recheck question, ModelVenue.Answer answer, long ourMs) {
    if (answer.failed()) {
      blockedMs = ourMs + FAILURE_MS;
      rechecks.put(question.key(), question.postponed(nowMs + FAILURE_MS));
      return;
    }
    if (Audit.isTooSoon(question, kind.auditMs, wholeToMs(answer), nowMs)) {
      rechecks.put(question.key(), question.tooSoon(nowMs));
      return;
    }
    Recheck.Outcome outcome = question.read(rows(answer), nowMs);
    outcome.agreed().forEach(c -> ledger.candle(c, claim(answer, kind.settleMs)));
    rechecks.remove(question.key());
    outcome.next().ifPresent(next -> rechecks.put(next.key(), next));
  }

  private void search(OpenGap gap, Intervals left) {
    Intervals old = left.minus(gap.young(nowMs - kind.askAfterMs()));
    boolean folds = kind == ModelVenue.Kind.SNAPSHOTS;
    if (!kind.chains() || old.isEmpty() || (folds && gap.attempts() < 2)) {
      return;
    }
    for (TradeSpan span : TradeSpan.ofLeft(gap, old, MOST_INTERVALS)) {
      spans.putIfAbsent(span.key(), span);
    }
  }

  private void tradePage(TradeSpan span, TradeWalk walk, ModelVenue.Answer answer, long ourMs) {
    if (answer.failed()) {
      blockedMs = ourMs + FAILURE_MS;
      spans.put(span.key(), span.postponed(nowMs + FAILURE_MS));
      return;
    }
    boolean goesOn = walk.take(answer.trades());
    TradeSpan.Reading reading = span.read(walk, nowMs);
    if (!reading.whole() && goesOn) {
      return;
    }
    walks.remove(span.key());
    proven(reading.proven(), answer);
    for (OpenGap gap : List.copyOf(gaps.values())) {
      if (!walk.trades().isEmpty()) {
        proven(walk.read(gap.open(), nowMs), answer);
      }
    }
    spans.remove(span.key());
    if (reading.whole()) {
      reading.more().forEach(m -> spans.put(m.key(), m.with(spans.get(m.key()))));
    } else if (walk.isFull() && !span.halves().isEmpty()) {
      span.halves().forEach(half -> spans.put(half.key(), half));
    } else if (!walk.isFull()) {
      Optional<TradeSpan> next = span.again(nowMs);
      next.ifPresent(n -> spans.put(n.key(), n));
    }
  }

  private void proven(TradeEvidence.Reading reading, ModelVenue.Answer answer) {
    ModelLedger.Claim claim =
        new ModelLedger.Claim(answer.asOfMs(), 0, lastIds, answer.wholeToMs());
    reading.candles().forEach(c -> ledger.candle(c, claim));
    ledger.empty(reading.silent(), claim);
    ledger.unrecoverable(reading.unlisted(), Reason.BEFORE_LISTING);
    Intervals settled = reading.decided(STEP);
    for (OpenGap gap : List.copyOf(gaps.values())) {
      if (!gap.open().intersect(settled).isEmpty()) {
        gaps.remove(gap.key());
        keep(gap.withOpen(gap.open().minus(settled)));
      }
    }
  }

  private PageWidth width(String key) {
    return widths.computeIfAbsent(key, k -> new PageWidth());
  }

  private TradeWalk walk(TradeSpan span) {
    return walks.computeIfAbsent(
        span.key(), k -> new TradeWalk(span, span.ends(new Ends(kind.firstId, lastIds))));
  }

  private void keep(OpenGap gap) {
    if (!gap.isDone()) {
      gaps.put(gap.key(), gap);
    } else {
      heard.remove(gap.key());
      widths.remove(gap.key());
    }
  }
}
