package dev.candles.core.rollup;

import static dev.candles.core.rollup.RollupHarness.BASE;
import static dev.candles.core.rollup.RollupHarness.LARGER;
import static dev.candles.core.rollup.RollupHarness.MINUTE;
import static dev.candles.core.rollup.RollupHarness.REREAD_MS;
import static dev.candles.core.rollup.RollupHarness.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.time.Retention;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Minutes that are found, given up and revised at any time of days, while checkpoints fail for
 * hours and the process is stopped and started again.
 */
class LateMinutesTest {
  private static final int WINDOWS = 6;
  private static final int MINUTES = 5 * WINDOWS;
  private static final long HOUR = Timeframe.H1.millis();
  private static final int HOURS_OF_FAILURE = 36;

  /** The rollup, and what the ledger and the lake know meanwhile. */
  private static final class World {
    final SplittableRandom random;
    final RollupHarness rollup = new RollupHarness();
    final TreeMap<Long, List<AcceptedEvent>> coming = new TreeMap<>();
    final Candle[] last = new Candle[MINUTES];
    final Set<Integer> unknown = new HashSet<>();

    /** Told since the last checkpoint, and before it but not in the lake yet. */
    private final List<AcceptedEvent> fresh = new ArrayList<>();

    private final List<AcceptedEvent> committing = new ArrayList<>();
    private final Set<Long> hoursOfFailure = new TreeSet<>();

    World(long seed) {
      random = new SplittableRandom(seed);
      for (int minute = 0; minute < MINUTES; minute++) {
        plan(minute);
      }
      for (int i = random.nextInt(12); i > 0; i--) {
        hoursOfFailure.add(random.nextLong(HOURS_OF_FAILURE));
      }
    }

    private void plan(int minute) {
      long at = T0 + (minute + 1) * MINUTE + random.nextLong(random.nextBoolean() ? 5_000 : HOUR);
      boolean lost = random.nextInt(6) == 0;
      if (lost) {
        tell(
            at,
            new LedgerEvent.Unrecoverable(BASE, open(minute), open(minute + 1), Reason.NO_PROOF));
        at = later(at);
      }
      if (lost && random.nextInt(4) == 0) {
        unknown.add(minute);
        return;
      }
      int revision = 0;
      boolean silent = random.nextInt(3) == 0;
      if (silent) {
        tell(at, new LedgerEvent.Empty(BASE, open(minute), open(minute + 1), Evidence.REST));
      } else {
        last[minute] = candle(minute, revision++);
        tell(
            at,
            lost ? new AcceptedEvent.Changed(last[minute]) : new LedgerEvent.Final(last[minute]));
      }
      while (random.nextInt(3) == 0) {
        at = later(at);
        last[minute] = candle(minute, revision++);
        tell(at, new AcceptedEvent.Changed(last[minute]));
      }
    }

    private void tell(long atMs, AcceptedEvent event) {
      coming.computeIfAbsent(atMs, at -> new ArrayList<>()).add(event);
    }

    private long later(long atMs) {
      return atMs + 1 + random.nextLong(random.nextBoolean() ? HOUR : 10 * HOUR);
    }

    private Candle candle(int minute, int revision) {
      return RollupHarness.candle(minute, 1 + random.nextInt(1_000), revision);
    }

    void run() {
      rollup.take(RollupHarness.announced());
      long lastMs = Math.max(coming.lastKey(), T0 + HOURS_OF_FAILURE * HOUR);
      long endMs = lastMs + Retention.COLLECTOR.partsMs() + HOUR;
      for (long at = T0; at < endMs; at += REREAD_MS) {
        Map<Long, List<AcceptedEvent>> due = coming.headMap(at, true);
        due.forEach((atMs, events) -> events.forEach(event -> take(atMs, event)));
        due.clear();
        rollup.advanceTo(at + random.nextInt(2));
        if (!hoursOfFailure.contains((at - T0) / HOUR)) {
          checkpoint();
        }
        if (!coming.isEmpty() && random.nextInt(500) == 0) {
          restart();
        }
      }
    }

    private void take(long atMs, AcceptedEvent event) {
      rollup.advanceTo(Math.max(atMs, rollup.nowMs()));
      rollup.take(new RollupEvent.Base(LARGER, event));
      fresh.add(event);
    }

    /** Others commit before us or after us. */
    private void checkpoint() {
      committing.forEach(this::hold);
      committing.clear();
      for (AcceptedEvent event : fresh) {
        if (random.nextBoolean()) {
          hold(event);
        } else {
          committing.add(event);
        }
      }
      fresh.clear();
      rollup.complete(1);
    }

    /** With a savepoint. What comes before the announcement waits for it. */
    private void restart() {
      committing.forEach(this::hold);
      committing.clear();
      fresh.forEach(this::hold);
      fresh.clear();
      rollup.restart();
      Map.Entry<Long, List<AcceptedEvent>> next = coming.pollFirstEntry();
      if (next != null) {
        next.getValue().forEach(event -> take(rollup.nowMs(), event));
      }
      rollup.take(RollupHarness.announced());
    }

    private void hold(AcceptedEvent event) {
      int minute = (int) ((event.fromMs() - T0) / MINUTE);
      if (event instanceof LedgerEvent.Empty) {
        rollup.lake.silent.add(minute);
      } else if (event instanceof LedgerEvent.Final told) {
        hold(told.candle(), minute);
      } else if (event instanceof AcceptedEvent.Changed told) {
        hold(told.candle(), minute);
      }
    }

    /** The lake tells the current version, in whatever order files are published. */
    private void hold(Candle candle, int minute) {
      rollup.lake.silent.remove(minute);
      rollup.lake.held.merge(
          minute, candle, (held, told) -> told.revision() > held.revision() ? told : held);
    }

    /** The last that was said of each interval, given up aside. */
    Map<Long, LedgerEvent> lastWords() {
      Map<Long, LedgerEvent> words = new TreeMap<>();
      for (LedgerEvent event : rollup.told.events) {
        if (!(event instanceof LedgerEvent.Unrecoverable)) {
          words.put(event.fromMs(), event);
        }
      }
      return words;
    }

    /** Null if one of its minutes was never known. */
    @Nullable LedgerEvent expected(int window) {
      List<Candle> parts = new ArrayList<>();
      for (int minute = 5 * window; minute < 5 * window + 5; minute++) {
        if (unknown.contains(minute)) {
          return null;
        }
        if (last[minute] != null) {
          parts.add(last[minute]);
        }
      }
      long openMs = open(5 * window);
      return Rollup.fold(LARGER, openMs, parts)
          .<LedgerEvent>map(LedgerEvent.Final::new)
          .orElseGet(
              () -> new LedgerEvent.Empty(LARGER, openMs, open(5 * window + 5), Evidence.ROLLUP));
    }
  }

  private static long open(int minute) {
    return T0 + minute * MINUTE;
  }

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void theLastWordIsTheFoldOfTheLastVersionsAndNothingIsKept(long seed) {
    World world = new World(seed);
    world.run();
    Map<Long, LedgerEvent> words = world.lastWords();
    for (int window = 0; window < WINDOWS; window++) {
      assertThat(words.get(open(5 * window)))
          .as("window %d", window)
          .isEqualTo(world.expected(window));
    }
    world.rollup.mustKeepNothing();
  }
}
