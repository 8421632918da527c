package dev.candles.cli.drill;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapHistory;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.text.Counted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the lake says itself of the times in which nothing collected: whether each base interval of
 * them was noted as a gap, and when it was filled. An interval that was never a gap need not be
 * noted: a venue that begins a subscription with its last trades tells of a minute or two before
 * it. Pure but for {@link #read}.
 *
 * @param expected base intervals that lie wholly in such a time
 * @param noted those of them that a gap of the lake's coverage holds
 * @param fed those of the others that have their candle or their proof all the same
 * @param rows gaps that touch such a time
 * @param open those of them that are not filled
 * @param longestMs the longest of them from the last moment before its end at which all tasks ran
 *     again, or it was noted if that was later, until it was filled; market time
 */
record GapAudit(long expected, long noted, long fed, long rows, long open, long longestMs) {

  /**
   * A time in which nothing collected, epoch ms, UTC.
   *
   * @param fromMs the signal
   * @param toMs when all tasks ran again
   */
  record Window(long fromMs, long toMs) {
    boolean touches(GapRecord gap) {
      return gap.fromMs() < toMs && gap.toMs() > fromMs;
    }
  }

  /**
   * What a lake knows of a base stream.
   *
   * @param gaps also intervals that nobody accounts for, which were never noted
   * @param settled intervals that have their candle or their proof
   */
  record Known(List<GapRecord> gaps, Intervals settled) {
    static final Known NOTHING = new Known(List.of(), Intervals.empty());
  }

  /** What a lake knows of its base streams. */
  static SortedMap<StreamKey, Known> read(Path lake) throws IOException {
    LakeAccounts accounts = new LakeAccounts(lake);
    Predicate<StreamKey> base = stream -> stream.timeframe() == Timeframe.BASE;
    SortedMap<StreamKey, Known> known = new TreeMap<>(Comparator.comparing(StreamKey::id));
    Map<StreamKey, List<CoverageRow>> changes = accounts.changes(base);
    for (StreamAccount account : accounts.read(base, Long.MIN_VALUE, Long.MAX_VALUE)) {
      known.put(
          account.stream(),
          new Known(
              GapHistory.of(account, changes.getOrDefault(account.stream(), List.of())),
              account.in(IntervalState.FINAL).union(account.in(IntervalState.VERIFIED_EMPTY))));
    }
    return known;
  }

  /**
   * Judges them.
   *
   * @param streams all base streams there should be
   */
  static GapAudit of(List<StreamKey> streams, Map<StreamKey, Known> lake, List<Window> windows) {
    long expected = 0;
    long noted = 0;
    long fed = 0;
    List<GapRecord> touched = new ArrayList<>();
    long longest = 0;
    for (StreamKey stream : streams) {
      Known known = lake.getOrDefault(stream, Known.NOTHING);
      for (Window window : windows) {
        List<GapRecord> gaps = known.gaps.stream().filter(window::touches).toList();
        touched.addAll(gaps);
        Intervals away = away(stream, window);
        Intervals left = away;
        for (GapRecord gap : gaps) {
          longest = Math.max(longest, gap.closedAtMs() - since(gap, windows));
          if (gap.openedAtMs() > 0) {
            left = left.minus(Intervals.of(gap.fromMs(), gap.toMs()));
          }
        }
        long interval = stream.timeframe().millis();
        expected += away.length() / interval;
        noted += (away.length() - left.length()) / interval;
        fed += left.intersect(known.settled).length() / interval;
      }
    }
    List<GapRecord> rows = touched.stream().distinct().toList();
    long open = rows.stream().filter(gap -> !gap.filled()).count();
    return new GapAudit(expected, noted, fed, rows.size(), open, longest);
  }

  /** A kill in the middle of a backfill has it begin anew. */
  private static long since(GapRecord gap, List<Window> windows) {
    return windows.stream()
        .mapToLong(Window::toMs)
        .filter(toMs -> toMs <= gap.closedAtMs())
        .map(toMs -> Math.max(toMs, gap.openedAtMs()))
        .max()
        .orElse(gap.closedAtMs());
  }

  private static Intervals away(StreamKey stream, Window window) {
    long from = stream.timeframe().ceil(window.fromMs);
    long to = stream.timeframe().floor(window.toMs);
    return from < to ? Intervals.of(from, to) : Intervals.empty();
  }

  /** What was found, for a person: where nothing could be overlooked, that shows nothing. */
  String text() {
    return expected == 0
        ? "no whole minute of the market lay in a time away, so that none had to be noted; a longer"
            + " --downtime or a higher --speed makes some"
        : String.format(
            Locale.ROOT,
            "%s away: %d noted by %s in coverage, %d told by the feed all the same",
            Counted.of(expected, "minute"),
            noted,
            Counted.of(rows, "gap"),
            fed);
  }

  /** Whether nothing was overlooked. */
  boolean isComplete() {
    return noted + fed == expected;
  }
}
