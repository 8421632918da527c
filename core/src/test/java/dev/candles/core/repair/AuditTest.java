package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.finality.Verdict;
import dev.candles.core.finality.Version;
import dev.candles.core.finality.VersionPolicy;
import dev.candles.core.proof.Silence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Repairs that came too soon, on a venue that publishes trades late and answers from caches. */
class AuditTest {
  private static final int MINUTES = 45;
  private static final long AFTER_MS = 600_000;
  private static final long STALE_MS = 120_000;
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void aTradePublishedWithinEightMinutesRevisesWhatWasRepairedBefore(long seed) {
    Model model = new Model(new SplittableRandom(seed));
    model.repairAll();
    int reads = model.auditAll();
    assertThat(model.lake).isEqualTo(model.truth());
    assertThat(reads).as("requests").isLessThanOrEqualTo(60);
  }

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void anUnchangedVenueIsReadOnceOrTwicePerWindow(long seed) {
    Model model = new Model(new SplittableRandom(seed));
    model.late.clear();
    model.faults = 0;
    model.repairAll();
    Map<Long, Double> before = Map.copyOf(model.lake);
    assertThat(model.auditAll()).isLessThanOrEqualTo(2 * (1 + MINUTES / 10));
    assertThat(model.lake).isEqualTo(before);
    assertThat(model.revisions).isZero();
  }

  @Test
  void whatWasRepairedOldEnoughIsNotReadAgain() {
    Intervals old = Intervals.of(T0, T0 + MINUTE);
    assertThat(Audit.of(Candles.STREAM, old, List.of(), AFTER_MS, T0 + MINUTE)).isEmpty();
    assertThat(Audit.of(Candles.STREAM, old, List.of(), AFTER_MS, T0 + MINUTE - 1)).hasSize(1);
    assertThat(Audit.of(Candles.STREAM, old, List.of(), AFTER_MS, Long.MIN_VALUE)).hasSize(1);
    assertThat(Audit.of(Candles.STREAM, old, List.of(), 0, T0)).isEmpty();
  }

  /**
   * A page of ten minutes after, out of a cache or slow on its way, says no more than it did then.
   */
  @Test
  void howOldARepairWasIsToldByTheAnswer() {
    Intervals minute = Intervals.of(T0, T0 + MINUTE);
    Candle half = Candles.candle(T0, 100, 1, Evidence.REST);
    Candle whole = Candles.candle(T0, 100, 2, Evidence.REST);
    long nowMs = T0 + 60 * MINUTE;
    Reconfirmation question = Audit.of(Candles.STREAM, minute, List.of(half), AFTER_MS, T0).get(0);
    for (int i = 0; i < 30; i++) { // for as long as the cache is not asked anew
      assertThat(Audit.isTooSoon(question, AFTER_MS, T0 + MINUTE - 1, nowMs)).isTrue();
      question = question.tooSoon(nowMs);
      assertThat(question.nextTryMs()).isBetween(nowMs + 2 * MINUTE, nowMs + 60 * MINUTE);
    }
    assertThat(Audit.isTooSoon(question, AFTER_MS, T0 + MINUTE, nowMs)).isFalse();
    Proof.Rows now = new Proof.Rows(List.of(whole), List.of(), List.of());
    Reconfirmation last =
        question.read(now, Silence.ABSENT_ROWS, T0 + 70 * MINUTE).next().orElseThrow();
    assertThat(last.read(now, Silence.ABSENT_ROWS, T0 + 80 * MINUTE).agreed())
        .singleElement()
        .satisfies(c -> assertThat(c.volume()).isEqualTo(whole.volume()));
    Reconfirmation feared = Reconfirmation.fresh(Candles.STREAM, T0, T0 + MINUTE, null);
    assertThat(Audit.isTooSoon(feared, AFTER_MS, T0, nowMs)).isFalse();
  }

  /** Where nobody trades no row will ever show it; no cache holds an answer for a day. */
  @Test
  void nothingIsAskedForEverWhereNobodyTrades() {
    Intervals minute = Intervals.of(T0, T0 + MINUTE);
    Reconfirmation question = Audit.of(Candles.STREAM, minute, List.of(), AFTER_MS, T0).get(0);
    long dayMs = T0 + MINUTE + AFTER_MS + 24 * 60 * MINUTE;
    assertThat(Audit.isTooSoon(question, AFTER_MS, Long.MIN_VALUE, dayMs - 1)).isTrue();
    assertThat(Audit.isTooSoon(question, AFTER_MS, Long.MIN_VALUE, dayMs)).isFalse();
  }

  /** Pages and second reads reach so far that a row shows their age, if anybody traded. */
  @Test
  void whatIsAskedForReachesToWhereItsAgeShows() {
    Intervals day = Intervals.of(T0, T0 + 1_000 * MINUTE);
    GapState gap = GapState.fresh(Candles.STREAM, Timeframe.D1.floor(T0), day, Reason.HISTORY);
    GapState.Page page = gap.nextPage(300, T0 + 900 * MINUTE, AFTER_MS).orElseThrow();
    assertThat(page.endMs()).isEqualTo(T0 + 900 * MINUTE);
    assertThat(page.askToMs()).isGreaterThan(page.endMs() + AFTER_MS);
    assertThat(page.rows(MINUTE)).isEqualTo(300);
    for (int rows = 1; rows < 60; rows++) {
      GapState.Page narrow = gap.nextPage(rows, T0 + 900 * MINUTE, AFTER_MS).orElseThrow();
      assertThat(narrow.wanted().isEmpty()).isFalse();
      assertThat(narrow.rows(MINUTE)).isLessThanOrEqualTo(rows);
    }
    Reconfirmation question = Audit.of(Candles.STREAM, day, List.of(), AFTER_MS, T0).get(0);
    Intervals range = question.range(300, 300, AFTER_MS);
    assertThat(range.to(0)).isGreaterThan(question.toMs() + AFTER_MS);
    for (int rows = 10; rows < 60; rows++) {
      assertThat(question.range(rows, rows, AFTER_MS).length()).isLessThanOrEqualTo(rows * MINUTE);
    }
  }

  @Test
  void noIntervalIsReadBeforeItIsOldEnough() {
    long to = T0 + 25 * MINUTE;
    List<Reconfirmation> questions =
        Audit.of(Candles.STREAM, Intervals.of(T0, to), List.of(), AFTER_MS, to - 25 * MINUTE);
    assertThat(questions)
        .allSatisfy(q -> assertThat(q.nextTryMs()).isGreaterThanOrEqualTo(q.toMs() + AFTER_MS));
  }

  /** One stream: what the venue says of a minute at a time, and what the ledger made of it. */
  private static final class Model {
    final Map<Long, Double> lake = new TreeMap<>();
    final Map<Long, Long> late = new HashMap<>();
    int faults = 15;
    int revisions;

    private final SplittableRandom random;
    private final Map<Long, Version> versions = new HashMap<>();
    private final Map<String, Reconfirmation> questions = new TreeMap<>();
    private final Map<Long, Double> first = new HashMap<>();

    Model(SplittableRandom random) {
      this.random = random;
      for (int i = 0; i < MINUTES; i++) {
        long open = T0 + i * MINUTE;
        if (random.nextInt(4) > 0) {
          first.put(open, (double) random.nextInt(1, 100));
        }
        if (random.nextInt(3) == 0) {
          late.put(open, open + MINUTE + random.nextLong(AFTER_MS - STALE_MS));
        }
      }
    }

    Map<Long, Double> truth() {
      Map<Long, Double> truth = new TreeMap<>();
      for (int i = 0; i < MINUTES; i++) {
        said(T0 + i * MINUTE, Long.MAX_VALUE).forEach(c -> truth.put(c.openTimeMs(), c.volume()));
      }
      return truth;
    }

    /** Each minute by itself, at any age. */
    void repairAll() {
      for (int i = 0; i < MINUTES; i++) {
        long open = T0 + i * MINUTE;
        long now = open + MINUTE + 3_000 + random.nextLong(AFTER_MS + 2 * MINUTE);
        List<Candle> found = said(open, now);
        found.forEach(this::ledger);
        Intervals settled = Intervals.of(open, open + MINUTE);
        for (Reconfirmation q :
            Audit.of(Candles.STREAM, settled, found, AFTER_MS, now - AFTER_MS)) {
          questions.merge(q.key(), q, Audit::merged);
        }
      }
    }

    int auditAll() {
      int reads = 0;
      while (!questions.isEmpty()) {
        Reconfirmation question = questions.remove(questions.keySet().iterator().next());
        long now = question.nextTryMs() + random.nextInt(1_000);
        List<Candle> rows = new ArrayList<>();
        int fault = random.nextInt(100) < faults ? random.nextInt(3) : -1;
        Intervals range = question.range(300, 300, AFTER_MS);
        for (long open = range.from(0); open < range.to(0); open += MINUTE) {
          rows.addAll(said(open, fault == 0 ? now - STALE_MS : now));
        }
        List<Candle> answer =
            fault == 1 ? List.of() : fault == 2 ? rows.subList(rows.size() / 2, rows.size()) : rows;
        Reconfirmation.Outcome outcome =
            question.read(new Proof.Rows(answer, List.of(), List.of()), Silence.ABSENT_ROWS, now);
        outcome.agreed().forEach(this::ledger);
        outcome.next().ifPresent(next -> questions.put(next.key(), next));
        assertThat(++reads).as("asked for ever").isLessThan(1_000);
      }
      return reads;
    }

    private List<Candle> said(long open, long atMs) {
      Double volume =
          open < T0 || open >= T0 + MINUTES * MINUTE ? Double.valueOf(1) : first.get(open);
      boolean more = late.containsKey(open) && late.get(open) <= atMs;
      if (volume == null && !more) {
        return List.of();
      }
      double all = (volume == null ? 0 : volume) + (more ? 1 : 0);
      return List.of(Candles.candle(open, 100, all, Evidence.REST));
    }

    private void ledger(Candle candle) {
      Version known = versions.get(candle.openTimeMs());
      IntervalState state = known == null ? null : IntervalState.FINAL;
      Verdict verdict = VersionPolicy.judge(state, known, candle);
      if (verdict instanceof Verdict.Accept || verdict instanceof Verdict.Revision) {
        revisions += verdict instanceof Verdict.Revision ? 1 : 0;
        versions.put(candle.openTimeMs(), Version.of(candle));
        lake.put(candle.openTimeMs(), candle.volume());
      }
    }
  }
}
