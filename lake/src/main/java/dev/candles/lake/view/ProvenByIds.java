package dev.candles.lake.view;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells which silence neighbouring trade ids prove: the last id of the candle before it and the
 * first one of the candle after it follow on each other, however far apart the two are. Reads the
 * days of those candles; one that is archived, or cannot be read, proves nothing.
 */
public final class ProvenByIds {
  private static final long DAY_MS = Timeframe.D1.millis();

  /** Runs ascend, so the day of the next one is seldom another. */
  private static final int KEPT_DAYS = 3;

  private final LakeLayout layout;

  /** In this lake. */
  public ProvenByIds(LakeLayout layout) {
    this.layout = layout;
  }

  /**
   * The part of some silent intervals that ids prove.
   *
   * @param silent intervals of the stream of which nothing is known but that coverage calls them
   *     empty; where there is a candle after all, that interval is left out
   * @throws IOException if the lake cannot be listed or read
   */
  public Intervals of(StreamKey stream, Intervals silent) throws IOException {
    if (silent.isEmpty()) {
      return silent;
    }
    Candles candles = new Candles(stream);
    Intervals.Builder proven = new Intervals.Builder(silent.count());
    for (int i = 0; i < silent.count(); i++) {
      Intervals runs =
          Intervals.of(silent.from(i), silent.to(i))
              .minus(candles.within(silent.from(i), silent.to(i)));
      for (int run = 0; run < runs.count(); run++) {
        if (areNeighbours(candles.before(runs.from(run)), candles.from(runs.to(run)))) {
          proven.add(runs.from(run), runs.to(run));
        }
      }
    }
    return proven.build();
  }

  private static boolean areNeighbours(@Nullable Candle before, @Nullable Candle after) {
    Long last = before == null ? null : before.lastTradeId();
    Long first = after == null ? null : after.firstTradeId();
    return last != null && first != null && last + 1 == first;
  }

  /** The candles of a stream, a few days of them at a time. */
  private final class Candles {
    private final StreamKey stream;
    private final TreeSet<LocalDate> dates;
    private final DayReader reader = new DayReader(layout, new SafeReader(file -> {}));
    private final Map<LocalDate, Day> kept = new LinkedHashMap<>();

    private record Day(Intervals finals, TreeMap<Long, Candle> candles) {}

    Candles(StreamKey stream) throws IOException {
      this.stream = stream;
      this.dates = new TreeSet<>(layout.dates(Folder.CANDLES, stream).dates());
    }

    Intervals within(long fromMs, long toMs) throws IOException {
      Intervals all = Intervals.empty();
      for (LocalDate date : dates.subSet(date(fromMs), true, date(toMs - 1), true)) {
        all = all.union(day(date).finals);
      }
      return all;
    }

    @Nullable Candle before(long openTimeMs) throws IOException {
      LocalDate date = dates.floor(date(openTimeMs - 1));
      while (date != null) {
        Map.Entry<Long, Candle> found = day(date).candles.lowerEntry(openTimeMs);
        if (found != null) {
          return found.getValue();
        }
        date = dates.lower(date);
      }
      return null;
    }

    @Nullable Candle from(long openTimeMs) throws IOException {
      LocalDate date = dates.ceiling(date(openTimeMs));
      while (date != null) {
        Map.Entry<Long, Candle> found = day(date).candles.ceilingEntry(openTimeMs);
        if (found != null) {
          return found.getValue();
        }
        date = dates.higher(date);
      }
      return null;
    }

    private Day day(LocalDate date) throws IOException {
      Day known = kept.get(date);
      if (known != null) {
        return known;
      }
      DayReader.Whole whole = reader.whole(new Partition(stream, date));
      TreeMap<Long, Candle> candles = new TreeMap<>();
      whole.candles().forEach(candle -> candles.put(candle.openTimeMs(), candle));
      if (kept.size() == KEPT_DAYS) {
        kept.remove(kept.keySet().iterator().next());
      }
      Day day = new Day(whole.finals(), candles);
      kept.put(date, day);
      return day;
    }

    private static LocalDate date(long epochMs) {
      return LocalDate.ofEpochDay(Math.floorDiv(epochMs, DAY_MS));
    }
  }
}
