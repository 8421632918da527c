package dev.candles.core.proof;

import dev.candles.core.coverage.Intervals;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What goes wrong in one seed, each kind for a while, and how often it was told. */
final class ModelLies {
  /** The kinds. */
  enum Lie {
    /** The newer half of a page is not there. */
    WITHOUT_NEWER_HALF,
    /** The older half of a page is not there. */
    WITHOUT_OLDER_HALF,
    EMPTY_PAGE,
    /** As of a while ago, without a word about it. */
    STALE,
    /** As of a while ago, and its Age says so. */
    CACHED,
    /** Rows lack trades for as long as they may: until they are no longer read again. */
    HALF_MADE,
    /** Rows between others are left out. */
    WITHOUT_ROWS,
    /** Trades between others are left out. */
    WITHOUT_TRADES,
    /** Trades are published up to ten minutes late. */
    LATE_IDS,
    /** Our clock is off by up to ten minutes, and is set meanwhile. */
    CLOCK,
    FEED_CUT,
    /** Single trades do not come by the feed. */
    FEED_LOSS,
    /** The process is gone for a while, and its memory for good. */
    RESTART,
    FAILING,
    UNREADABLE,
    /** Nobody trades, and nothing answers. */
    OUTAGE
  }

  /** From when to when, how often, how much. */
  record Window(Lie lie, long fromMs, long toMs, double often, long sizeMs) {}

  final List<Window> windows = new ArrayList<>();
  final Map<Lie, Integer> told = new EnumMap<>(Lie.class);
  private final SplittableRandom random;

  ModelLies(SplittableRandom random, long fromMs, long toMs) {
    this.random = random;
    int kinds = random.nextInt(10) == 0 ? 0 : random.nextInt(1, 8);
    for (int i = 0; i < kinds; i++) {
      Lie lie = Lie.values()[random.nextInt(Lie.values().length)];
      long a = fromMs + random.nextLong(toMs - fromMs);
      long b = fromMs + random.nextLong(toMs - fromMs);
      double often = random.nextInt(3) == 0 ? 1 : random.nextDouble();
      long size = (long) (60_000 * Math.pow(90, random.nextDouble()));
      windows.add(new Window(lie, Math.min(a, b), Math.max(a, b) + 1, often, size));
    }
  }

  /** When the last one ends; nothing is wrong from then on. */
  long endMs(long fromMs) {
    long end = fromMs;
    for (Window window : windows) {
      long late = window.lie() == Lie.LATE_IDS ? TradeEvidence.LATE_MS : 0;
      end = Math.max(end, window.toMs() + late);
    }
    return end;
  }

  /** Whether this lie is told now. */
  boolean tells(Lie lie, long nowMs) {
    return size(lie, nowMs) > 0;
  }

  /** Counts it. */
  void tell(Lie lie) {
    told.merge(lie, 1, Integer::sum);
  }

  /** How much of this lie is told now; 0 for none. */
  long size(Lie lie, long nowMs) {
    for (Window window : windows) {
      if (window.lie() == lie
          && nowMs >= window.fromMs()
          && nowMs < window.toMs()
          && random.nextDouble() < window.often()) {
        tell(lie);
        return window.sizeMs();
      }
    }
    return 0;
  }

  /** The same all through its window, whatever happens: for what is not told answer by answer. */
  boolean lasts(Lie lie, long nowMs) {
    return span(lie).contains(nowMs);
  }

  /** When a kind is told. */
  Intervals span(Lie lie) {
    Intervals all = Intervals.empty();
    for (Window window : windows) {
      if (window.lie() == lie) {
        all = all.union(Intervals.of(window.fromMs(), window.toMs()));
      }
    }
    return all;
  }

  SplittableRandom random() {
    return random;
  }
}
