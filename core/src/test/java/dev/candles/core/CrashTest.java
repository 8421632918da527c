package dev.candles.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.finality.LiveEdge;
import dev.candles.core.finality.Verdict;
import dev.candles.core.finality.Version;
import dev.candles.core.finality.VersionPolicy;
import dev.candles.core.proof.Silence;
import dev.candles.core.repair.Answered;
import dev.candles.core.repair.GapRepair;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules together, as the operators run them: frames that are lost, repeated and late, repair
 * that fails, checkpoints, and crashes at any step that come back with the newest state, an older
 * one or none. What was not checkpointed is lost; what the lake holds is announced and wins.
 */
class CrashTest {
  private static final int MINUTES = 300;

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void theLakeEndsAsTheTruthWithEveryKeyOnce(long seed) {
    Model model = new Model(new SplittableRandom(seed));
    for (int minute = 0; minute < MINUTES; minute++) {
      model.live(minute);
      model.disturb(minute);
    }
    model.finish();
    assertThat(model.lake).isEqualTo(model.truth);
    assertThat(model.silent)
        .isEqualTo(
            Intervals.of(at(0), at(MINUTES))
                .minus(Intervals.ofOpenTimes(keys(model.truth), Candles.MINUTE)));
  }

  private static long at(int minute) {
    return Candles.T0 + minute * Candles.MINUTE;
  }

  private static long[] keys(TreeMap<Long, Candle> candles) {
    return candles.keySet().stream().mapToLong(Long::longValue).toArray();
  }

  /** What a checkpoint keeps. */
  private record State(long frontier, long[] coverage, @Nullable GapState gap) {}

  private static final class Model {
    final TreeMap<Long, Candle> truth = new TreeMap<>();
    final TreeMap<Long, Candle> lake = new TreeMap<>();
    Intervals silent = Intervals.empty();

    private final TreeMap<Long, Candle> around = new TreeMap<>();
    private final SplittableRandom random;
    private final List<State> checkpoints = new ArrayList<>();
    private List<Candle> pendingCandles = new ArrayList<>();
    private Intervals pendingSilent = Intervals.empty();
    private long frontier = Candles.T0;
    private DayCoverage coverage;
    private @Nullable GapState gap;
    private long now = Candles.T0;

    Model(SplittableRandom random) {
      this.random = random;
      coverage = DayCoverage.of(Candles.STREAM.timeframe(), Candles.T0, null);
      for (int i = 0; i < MINUTES; i++) {
        if (random.nextInt(6) > 0) {
          truth.put(at(i), Candles.random(random, at(i)));
        }
      }
      around.put(at(MINUTES + 1), Candles.random(random, at(MINUTES + 1)));
      around.put(at(-1), Candles.random(random, at(-1)));
    }

    /** The closing frame of a minute: delivered, repeated, or lost and noticed by the clock. */
    void live(int minute) {
      now = at(minute + 1);
      Candle candle = truth.get(at(minute));
      if (candle == null || random.nextInt(5) == 0) {
        step(LiveEdge.overdue(frontier, now), null);
        return;
      }
      for (int times = random.nextInt(4) == 0 ? 2 : 1; times > 0; times--) {
        step(LiveEdge.closed(frontier, candle, null), candle);
      }
    }

    void disturb(int minute) {
      if (minute > 0 && random.nextInt(6) == 0) {
        Candle late = truth.get(at(random.nextInt(minute)));
        if (late != null) {
          step(LiveEdge.closed(frontier, late, null), late);
        }
      }
      if (random.nextInt(3) == 0) {
        repair();
      }
      if (random.nextInt(10) == 0) {
        checkpoint();
      }
      if (random.nextInt(20) == 0) {
        crash();
      }
    }

    void finish() {
      for (int tries = 0; gap != null; tries++) {
        assertThat(tries).as("repairs until done").isLessThan(5_000);
        now = Math.max(now + 1, gap.nextTryMs());
        repair();
        if (random.nextInt(50) == 0) {
          crash();
        }
      }
      checkpoint();
    }

    private void step(LiveEdge.Step step, @Nullable Candle candle) {
      frontier = step.frontierMs();
      missing(step.gap());
      if (candle != null && step.pass()) {
        ledger(candle);
      }
    }

    private void missing(Intervals more) {
      if (!more.isEmpty()) {
        gap =
            gap == null
                ? GapState.fresh(Candles.STREAM, Candles.T0, more, Reason.NOT_CLOSED)
                : gap.withOpen(gap.open().union(more));
      }
    }

    private void ledger(Candle candle) {
      Version known = Version.of(candle);
      Verdict verdict = VersionPolicy.judge(coverage.state(candle.openTimeMs()), known, candle);
      if (verdict instanceof Verdict.Accept) {
        coverage.set(candle.openTimeMs(), IntervalState.FINAL);
        pendingCandles.add(candle);
      }
    }

    private void repair() {
      if (gap == null || gap.nextTryMs() > now) {
        return;
      }
      GapState.Page page = gap.nextPage(50, Long.MAX_VALUE, 0).orElseThrow();
      TreeMap<Long, Candle> all = new TreeMap<>(truth);
      all.putAll(around);
      List<Candle> rows = asked(all, page);
      List<Candle> answer = rows.subList(random.nextInt(5) == 0 ? rows.size() / 2 : 0, rows.size());
      Proof proof =
          Proof.of(
              page.wanted(),
              new Proof.Rows(answer, List.of(), List.of()),
              Candles.MINUTE,
              Silence.ABSENT_ROWS);
      proof.found().forEach(this::ledger);
      empty(proof.empty());
      GapRepair.Outcome outcome = Answered.by(gap, page, proof, now);
      assertThat(outcome.unrecoverable().isEmpty()).isTrue();
      gap = outcome.gap().isDone() ? null : outcome.gap();
    }

    private List<Candle> asked(TreeMap<Long, Candle> venue, GapState.Page page) {
      long toMs = Math.max(page.askFromMs(), Math.min(page.askToMs(), now));
      return List.copyOf(venue.subMap(page.askFromMs(), toMs).values());
    }

    private void empty(Intervals proven) {
      coverage.set(proven, IntervalState.VERIFIED_EMPTY);
      pendingSilent = pendingSilent.union(proven);
    }

    private void checkpoint() {
      for (Candle candle : pendingCandles) {
        assertThat(lake.put(candle.openTimeMs(), candle)).as("a key written twice").isNull();
      }
      silent = silent.union(pendingSilent);
      pendingCandles = new ArrayList<>();
      pendingSilent = Intervals.empty();
      checkpoints.add(new State(frontier, coverage.words(), gap));
    }

    /** Comes back with the newest state, an older one, or none; then the lake is announced. */
    private void crash() {
      pendingCandles = new ArrayList<>();
      pendingSilent = Intervals.empty();
      int back = random.nextInt(4);
      int which = back == 0 ? random.nextInt(checkpoints.size() + 1) : checkpoints.size() - 1;
      State state =
          back == 1 || which < 0 || which >= checkpoints.size() ? null : checkpoints.get(which);
      coverage =
          DayCoverage.of(
              Candles.STREAM.timeframe(), Candles.T0, state == null ? null : state.coverage());
      gap = state == null ? null : state.gap();
      announce();
    }

    private void announce() {
      frontier = Candles.STREAM.timeframe().floor(now);
      Intervals range = Intervals.of(Candles.T0, Math.min(frontier, at(MINUTES)));
      Intervals finals = Intervals.ofOpenTimes(keys(lake), Candles.MINUTE);
      coverage.set(Intervals.of(Candles.T0, at(MINUTES)), null);
      coverage.set(silent, IntervalState.VERIFIED_EMPTY);
      coverage.set(finals, IntervalState.FINAL);
      Intervals unknown = range.minus(finals).minus(silent);
      gap = gap == null ? null : gap.withOpen(gap.open().intersect(unknown));
      gap = gap == null || gap.isDone() ? null : gap;
      missing(unknown);
    }
  }
}
