package dev.candles.cli.drill;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapHistory;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.view.LakeAccounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the lake says itself of the times in which nothing collected: whether each base interval of
 * them was noted as a gap, and when it was filled. Pure but for {@link #read}.
 *
 * @param expected base intervals that lie wholly in such a time
 * @param unnoted those of them that no gap of the lake's coverage holds
 * @param rows gaps that touch such a time
 * @param open those of them that are not filled
 * @param longestMs the longest of them from the moment at which all tasks ran again, or it was
 *     noted if that was later, until it was filled; market time
 */
record GapAudit(long expected, long unnoted, long rows, long open, long longestMs) {

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

  /** The gaps of all base streams of a lake, by stream. */
  static SortedMap<StreamKey, List<GapRecord>> read(Path lake) throws IOException {
    LakeAccounts accounts = new LakeAccounts(lake);
    Predicate<StreamKey> base = stream -> stream.timeframe() == Timeframe.BASE;
    SortedMap<StreamKey, List<GapRecord>> gaps = new TreeMap<>(Comparator.comparing(StreamKey::id));
    Map<StreamKey, List<CoverageRow>> changes = accounts.changes(base);
    for (StreamAccount account : accounts.read(base, Long.MIN_VALUE, Long.MAX_VALUE)) {
      gaps.put(
          account.stream(),
          GapHistory.of(account, changes.getOrDefault(account.stream(), List.of())));
    }
    return gaps;
  }

  /**
   * Judges them.
   *
   * @param streams all base streams there should be
   */
  static GapAudit of(
      List<StreamKey> streams, Map<StreamKey, List<GapRecord>> gaps, List<Window> windows) {
    long expected = 0;
    long unnoted = 0;
    long open = 0;
    long longest = 0;
    List<GapRecord> touched = new ArrayList<>();
    for (StreamKey stream : streams) {
      List<GapRecord> all = gaps.getOrDefault(stream, List.of());
      for (Window window : windows) {
        List<GapRecord> mine = all.stream().filter(window::touches).toList();
        touched.addAll(mine);
        long from = stream.timeframe().ceil(window.fromMs);
        long to = stream.timeframe().floor(window.toMs);
        if (from < to) {
          Intervals missed = Intervals.of(from, to);
          expected += missed.length() / stream.timeframe().millis();
          for (GapRecord gap : mine) {
            missed = missed.minus(Intervals.of(gap.fromMs(), gap.toMs()));
          }
          unnoted += missed.length() / stream.timeframe().millis();
        }
        for (GapRecord gap : mine) {
          long since = Math.max(window.toMs, gap.openedAtMs());
          open += gap.filled() ? 0 : 1;
          longest = Math.max(longest, gap.closedAtMs() - since);
        }
      }
    }
    return new GapAudit(expected, unnoted, touched.stream().distinct().count(), open, longest);
  }
}
