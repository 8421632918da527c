package dev.candles.core.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.finality.Finalizer;
import dev.candles.core.finality.FinalizerOutput;
import dev.candles.core.finality.FinalizerStore;
import dev.candles.core.proof.ModelLies.Lie;
import dev.candles.core.repair.Confirmation;
import dev.candles.core.repair.MemoryStore;
import dev.candles.core.repair.RepairRequest;
import dev.candles.core.time.Retention;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole repairs by the planner alone: a lake without history, minutes that go missing while it is
 * repaired, and a REST whose answers are late, out of order, lost, refused, stale or unreadable.
 * Store and ledger are kept by checkpoints and fall back to the last one at random steps. 60 seeds;
 * {@code -Drepair.seeds=2000} for more, {@code -Drepair.from=180} to begin with one. Four kinds of
 * venue take turns by seed.
 */
@Timeout(600) // a planner that never stops asking fails, too
class WholeRepairTest {
  private static final long MINUTE = ModelTape.MINUTE;
  private static final long HOUR = 60 * MINUTE;
  private static final List<Lie> LIES =
      List.of(
          Lie.WITHOUT_NEWER_HALF,
          Lie.WITHOUT_OLDER_HALF,
          Lie.EMPTY_PAGE,
          Lie.STALE,
          Lie.CACHED,
          Lie.HALF_MADE,
          Lie.WITHOUT_TRADES,
          Lie.FAILING,
          Lie.UNREADABLE);

  /** Requests that may wait for their answer at a time. */
  private static final int MOST_IN_FLIGHT = 4;

  /** The planner knows the venue's time by answers that were on their way, in whole seconds. */
  private static final long CLOCK_MS = 6_000;

  private static final long BOUND_MS = 26 * HOUR;

  static LongStream seeds() {
    return LongStream.range(Long.getLong("repair.from", 0), Long.getLong("repair.seeds", 60));
  }

  /** What is on its way; nothing comes where {@code answer} is null. */
  private record Pending(
      RepairRequest request, ModelVenue.@Nullable Answer answer, long waitMs, long atMs) {}

  private record Checkpoint(MemoryStore store, ModelLedger.Saved ledger) {}

  /** One seed. */
  private static final class Run {
    final SplittableRandom random;
    final ModelVenue.Kind kind;
    final ModelTape tape;
    final ModelLies lies;
    final ModelLedger ledger;
    final ModelCollector collector;
    private Finalizer finalizer = new Finalizer(FinalizerStore.inMemory(), Retention.COLLECTOR);
    final long startMs;
    final long fromMs;
    final long troubleEndMs;
    final List<Pending> pending = new ArrayList<>();
    long nowMs;
    long toMs;
    long refusedUntilMs;
    int crashes;
    int refusals;
    int losses;
    Checkpoint checkpoint;

    /** Whether each start is one without state. */
    final boolean losesState;

    Run(long seed, List<ModelVenue.Kind> kinds, boolean losesState) {
      this.losesState = losesState;
      random = new SplittableRandom(seed);
      kind = ModelVenue.Kind.of(kinds, seed);
      startMs = 1_767_571_200_000L + random.nextLong(24 * HOUR);
      fromMs = Timeframe.M1.floor(startMs - random.nextLong(HOUR, 30 * HOUR));
      troubleEndMs = startMs + random.nextLong(HOUR, 3 * HOUR);
      lies = new ModelLies(random.split(), startMs, startMs + 1);
      lies.windows.clear();
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        Lie lie = LIES.get(random.nextInt(LIES.size()));
        long size = (long) (MINUTE * Math.pow(90, random.nextDouble()));
        long from = startMs + random.nextLong(HOUR / 2);
        lies.windows.add(new ModelLies.Window(lie, from, troubleEndMs, random.nextDouble(), size));
      }
      Intervals late =
          kind.chains() ? Intervals.of(fromMs - HOUR, startMs - 2 * HOUR) : Intervals.empty();
      long longest = kind.silence == Silence.ABSENT_ROWS ? 20 * MINUTE : 3 * HOUR;
      tape =
          ModelTape.of(
              random.split(),
              fromMs - 3 * HOUR,
              troubleEndMs + BOUND_MS + 6 * HOUR,
              fromMs < startMs - 2 * HOUR ? late : Intervals.empty(),
              random.nextInt(3, 40),
              Intervals.empty(),
              longest);
      ledger = new ModelLedger(tape);
      int perSecond = kind == ModelVenue.Kind.SNAPSHOTS ? 1 : 10;
      collector =
          new ModelCollector(
              new ModelRest(new ModelVenue(kind, tape, lies), perSecond), ledger, startMs);
      nowMs = startMs;
      toMs = Timeframe.M1.floor(startMs);
      checkpoint = new Checkpoint(collector.store.copy(), ledger.save());
    }

    void run() {
      announce();
      while (nowMs < troubleEndMs) {
        step(random.nextLong(50, 4_000), true);
        if (random.nextInt(40) == 0) {
          checkpoint = new Checkpoint(collector.store.copy(), ledger.save());
        }
        if (random.nextInt(400) == 0) {
          crash();
        }
      }
      while (nowMs < troubleEndMs + BOUND_MS && !isDone()) {
        for (int i = 0; i < 50; i++) {
          step(5_000, false);
        }
      }
    }

    private boolean isDone() {
      return !collector.isBusy(troubleEndMs) && wrongIntervals().isEmpty();
    }

    private void step(long byMs, boolean trouble) {
      nowMs += byMs;
      ledger.nowMs = nowMs;
      news(trouble);
      arrivals();
      for (RepairRequest request : collector.due(nowMs)) {
        send(request, trouble);
      }
      assertThat(pending).as("in flight").hasSizeLessThanOrEqualTo(MOST_IN_FLIGHT);
    }

    /** Every minute goes missing while there is trouble; now and then one is doubted as well. */
    private void news(boolean trouble) {
      long passedMs = Timeframe.M1.floor(Math.min(nowMs, troubleEndMs));
      if (passedMs > toMs) {
        if (kind.live() == Evidence.REST) {
          live(new LiveEvent.Clock(ModelTape.STREAM, passedMs));
        } else {
          Intervals missed = Intervals.of(toMs, passedMs);
          collector.take(RepairEvent.gap(ModelTape.STREAM, missed, Reason.NOT_CLOSED));
        }
        toMs = passedMs;
      }
      if (trouble && random.nextInt(200) == 0) {
        long open = fromMs + random.nextLong((toMs - fromMs) / MINUTE) * MINUTE;
        long endMs = Math.min(toMs, open + 5 * MINUTE);
        collector.take(new RepairEvent.Reconfirm(ModelTape.STREAM, open, endMs, null));
        List<ModelTape.Print> prints = tape.byOpen.get(open);
        if (kind.chains() && prints != null) {
          long id = prints.get(0).trade().id();
          MissingTrades late = MissingTrades.near(open, open + MINUTE, id);
          collector.take(new RepairEvent.Trades(ModelTape.STREAM, late));
        }
      }
    }

    private void send(RepairRequest request, boolean trouble) {
      assertThat(nowMs).as("the venue has said no").isGreaterThanOrEqualTo(refusedUntilMs);
      String name = name(request);
      assertThat(pending)
          .as("asked twice at a time")
          .noneMatch(p -> name(p.request()).equals(name));
      assertThat(nowMs + CLOCK_MS)
          .as("%s waits", name)
          .isGreaterThanOrEqualTo(collector.store.nextTryMs(request.work()));
      long atMs = nowMs + random.nextLong(20, trouble ? 3_000 : 200);
      ModelVenue.Answer answer = collector.ask(request, nowMs, nowMs);
      boolean lost = trouble && random.nextInt(12) == 0;
      boolean refused = !lost && trouble && random.nextInt(15) == 0;
      pending.add(
          new Pending(
              request,
              lost || refused ? null : answer,
              refused ? random.nextLong(1_000, 60_000) : 0,
              atMs));
    }

    /** Whatever has arrived by now, in any order. */
    private void arrivals() {
      List<Pending> here = new ArrayList<>();
      pending.removeIf(p -> p.atMs() <= nowMs && here.add(p));
      while (!here.isEmpty()) {
        arrives(here.remove(random.nextInt(here.size())));
      }
    }

    private void arrives(Pending one) {
      if (one.waitMs() > 0) {
        refusals++;
        refusedUntilMs = Math.max(refusedUntilMs, nowMs + one.waitMs());
        collector.refused(one.request(), one.waitMs(), nowMs);
        return;
      }
      if (one.answer() == null) {
        losses++;
        collector.unanswered(one.request(), nowMs);
        return;
      }
      collector.answered(one.request(), one.answer(), nowMs);
    }

    private static String name(RepairRequest request) {
      return request.work().lane() + " " + request.work().key();
    }

    /** The process is gone, with all that no checkpoint holds. */
    private void crash() {
      crashes++;
      pending.clear();
      refusedUntilMs = 0;
      nowMs += random.nextLong(10 * MINUTE);
      ledger.restore(checkpoint.ledger());
      collector.store = losesState ? new MemoryStore() : checkpoint.store().copy();
      if (losesState) {
        ledger.lose();
      }
      collector.restart(nowMs);
      announce();
    }

    private void announce() {
      ledger.nowMs = nowMs;
      toMs = Timeframe.M1.floor(Math.min(nowMs, troubleEndMs));
      finalizer = new Finalizer(FinalizerStore.inMemory(), Retention.COLLECTOR);
      StreamBootstrap held = ledger.announcement(fromMs, toMs, kind.live());
      live(new LiveEvent.Announced(ModelTape.STREAM, held));
    }

    private void live(LiveEvent event) {
      finalizer.take(
          event,
          new FinalizerOutput() {
            @Override
            public void ledger(LedgerEvent told) {
              ledger.take(told, ModelLedger.Claim.NONE);
            }

            @Override
            public void repair(RepairEvent told) {
              collector.take(told);
            }
          });
    }

    Set<Long> wrongIntervals() {
      Set<Long> wrong = new HashSet<>();
      for (long open = fromMs; open + MINUTE <= troubleEndMs; open += MINUTE) {
        if (!ledger.isRight(open, Long.MIN_VALUE)) {
          wrong.add(open);
        }
      }
      return wrong;
    }

    long intervals() {
      return (troubleEndMs - fromMs) / MINUTE;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void endsAsTheTruthHasItWhateverTheVenueSaysAndWheneverTheProcessDies(long seed) {
    endsRight(new Run(seed, ModelVenue.Kind.BY_FEED, false));
  }

  private static void endsRight(Run run) {
    run.run();
    assertThat(run.ledger.wrong).as("claims of %s: %s", run.kind, run.lies.told).isEmpty();
    assertThat(run.wrongIntervals())
        .as("%s after %d crashes: %s", run.kind, run.crashes, run.lies.told)
        .isEmpty();
    assertThat(run.collector.isBusy(run.troubleEndMs)).as("something is still asked").isFalse();
    assertThat(run.collector.requests)
        .as("requests")
        .isLessThan((int) (1_000 + 5 * run.intervals()));
    assertThat(run.refusals + run.losses).as("refused or lost").isPositive();
  }

  /** What the lake holds is not written again, wherever it lies and whatever is forgotten. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aStartWithoutStateWritesNothingTwice(long seed) {
    writesNothingTwice(new Run(seed, ModelVenue.Kind.BY_FEED, true));
  }

  private static void writesNothingTwice(Run run) {
    run.run();
    assertThat(run.ledger.wrong)
        .as("claims of %s after %d crashes: %s", run.kind, run.crashes, run.lies.told)
        .noneMatch(wrong -> wrong.contains("written twice") || wrong.contains("over a candle"));
  }

  static LongStream confirmedSeeds() {
    return LongStream.range(0, Long.getLong("repair.seeds", 100));
  }

  /** Finalizer, repair and ledger together, where REST has to confirm each minute. */
  @ParameterizedTest
  @MethodSource("confirmedSeeds")
  void aConfirmedVenueEndsAsTheTruthHasItAndMissesNothingBeforeItsTime(long seed) {
    Run run = new Run(seed, ModelVenue.Kind.CONFIRMED, false);
    endsRight(run);
    missesNothingBeforeItsTime(run);
  }

  /** Without state, too: the lake says what is unknown, and young. */
  @ParameterizedTest
  @MethodSource("confirmedSeeds")
  void aConfirmedVenueStartsWithoutState(long seed) {
    Run run = new Run(seed, ModelVenue.Kind.CONFIRMED, true);
    writesNothingTwice(run);
    missesNothingBeforeItsTime(run);
  }

  /**
   * What the lake holds of the last three hours is read again, where each row may be half-made and
   * a page is not too small for it.
   */
  @ParameterizedTest
  @MethodSource("confirmedSeeds")
  void whatALostStateKnewToBeYoungIsReadAgain(long seed) {
    Run run = new Run(seed, List.of(ModelVenue.Kind.CONFIRMED_ABSENT_ROWS), true);
    run.lies.windows.clear();
    run.lies.windows.add(
        new ModelLies.Window(Lie.HALF_MADE, run.startMs, run.troubleEndMs, 0.5, 1));
    endsRight(run);
  }

  private static void missesNothingBeforeItsTime(Run run) {
    long waitMs = run.kind.askAfterMs() + Confirmation.WITHIN_MS;
    assertThat(run.ledger.missing).noneMatch(row -> row.toMs() > row.atMs() - waitMs);
  }
}
