package dev.candles.batch.quality.scan;

import dev.candles.batch.quality.check.ConditionalFinding;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Dates;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.parquet.CoverageFiles;
import dev.candles.lake.parquet.UnreadableFileException;
import dev.candles.lake.partition.Snapshot;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds minutes that got a version or were proven empty a short while ago, long after they were
 * over. A larger candle over one of them follows some checkpoints later: the collector reads the
 * minutes from the lake first, and looks for them when it is the stream's turn. What such a minute
 * contradicts until then is the next run's to judge. Only asked for what would be a finding.
 */
public final class LateChanges {
  private static final Logger LOG = LoggerFactory.getLogger(LateChanges.class);

  /** Three checkpoints at the longest interval that may be configured; market time. */
  private static final long FOLLOWED_MS = 3 * Timeframe.H1.millis();

  /** What more of them contradicts is told. */
  private static final int MOST_SILENT = 100_000;

  /** Of so many days it is remembered what changed. */
  private static final int MOST_DAYS = 1_000;

  private static final long NEVER = Long.MIN_VALUE;

  private record Silence(StreamKey minutes, long fromMs, long toMs) {}

  private final LakeLayout layout;
  private final long nowMs;
  private final long liveMs;
  private final Map<Partition, long[]> candles = new HashMap<>();
  private @Nullable Map<StreamKey, Intervals> silent;

  /**
   * @param root of the lake
   * @param nowMs market time, epoch ms, UTC
   * @param liveMs what changes sooner after its end is not late
   */
  public LateChanges(Path root, long nowMs, long liveMs) {
    this.layout = new LakeLayout(root);
    this.nowMs = nowMs;
    this.liveMs = liveMs;
  }

  /** Those of some minutes that changed so. */
  public Intervals of(StreamKey minutes, Intervals asked) {
    if (asked.isEmpty()) {
      return asked;
    }
    Intervals silence = silence(minutes).intersect(asked);
    return silence.union(candles(minutes, asked, NEVER));
  }

  /**
   * Minutes below a larger candle that is in doubt, of which a version came so, and after those of
   * which it was made. That one is proven empty changes no fold.
   */
  public Intervals since(ConditionalFinding doubt) {
    if (doubt.asOfMs() == Long.MAX_VALUE) {
      return Intervals.empty();
    }
    StreamKey larger = StreamKey.parse(doubt.finding().stream()).orElseThrow();
    long openMs = doubt.finding().openTimeMs();
    Intervals asked = Intervals.of(openMs, openMs + larger.timeframe().millis());
    return candles(larger.in(Timeframe.BASE), asked, doubt.asOfMs());
  }

  /** Those of which a version came so, and after some time, epoch ms, UTC. */
  private Intervals candles(StreamKey minutes, Intervals asked, long afterMs) {
    Intervals.Builder late = new Intervals.Builder(2);
    for (Map.Entry<Long, Intervals> day : DayCoverage.byDay(asked).entrySet()) {
      long[] changed = changed(Partition.of(minutes, day.getKey()));
      for (int slot = 0; slot < changed.length; slot++) {
        long openMs = day.getKey() + slot * Timeframe.BASE.millis();
        if (changed[slot] > afterMs) {
          late.add(openMs, openMs + Timeframe.BASE.millis());
        }
      }
    }
    return late.build().intersect(asked);
  }

  private Intervals silence(StreamKey minutes) {
    Map<StreamKey, Intervals> empty = silent;
    if (empty == null) {
      empty = silent();
      silent = empty;
    }
    return empty.getOrDefault(minutes, Intervals.empty());
  }

  /** Of a clock that is wrong by more than that nobody waits. */
  private boolean isFresh(long changedMs) {
    return changedMs > nowMs - FOLLOWED_MS && changedMs < nowMs + FOLLOWED_MS;
  }

  private long[] changed(Partition day) {
    long[] known = candles.get(day);
    if (known == null) {
      if (candles.size() >= MOST_DAYS) {
        candles.clear();
      }
      known = read(day);
      candles.put(day, known);
    }
    return known;
  }

  /** When the newest late version of each minute was received; none if there is none. */
  private long[] read(Partition day) {
    try {
      return Snapshot.read(layout, day, files -> read(day, files));
    } catch (IOException e) {
      LOG.warn("event=qa_second_look_failed partition={} error={}", day.id(), LogValue.of(e));
      return new long[0];
    }
  }

  private long[] read(Partition day, Snapshot files) throws IOException {
    List<Path> all = new ArrayList<>(files.candles());
    all.addAll(files.revisions());
    long[] newest = new long[day.stream().timeframe().perDay()];
    Arrays.fill(newest, NEVER);
    boolean any = false;
    for (Path file : all) {
      try {
        for (Candle candle : CandleFiles.read(file, day)) {
          long changedMs = candle.receivedAtMs();
          if (isFresh(changedMs) && changedMs - liveMs > candle.endTimeMs()) {
            int slot = day.slot(candle.openTimeMs());
            newest[slot] = Math.max(newest[slot], changedMs);
            any = true;
          }
        }
      } catch (UnreadableFileException found) { // by the checks
        LOG.warn(
            "event=qa_second_look_failed file={} error={}", LogValue.of(file), LogValue.of(found));
      }
    }
    return any ? newest : new long[0];
  }

  /** Rows lie in the folder of the day on which they were written. */
  private Map<StreamKey, Intervals> silent() {
    List<Silence> late = new ArrayList<>();
    try {
      for (LocalDate date : layout.dates(Folder.COVERAGE).dates()) {
        long fromMs = Dates.startMs(date);
        if (fromMs < nowMs + FOLLOWED_MS && fromMs + Timeframe.D1.millis() > nowMs - FOLLOWED_MS) {
          DataFiles.readAll(layout.day(Folder.COVERAGE, date), file -> silent(file, late));
        }
      }
    } catch (IOException e) {
      Path log = layout.folder(Folder.COVERAGE);
      LOG.warn("event=qa_second_look_failed file={} error={}", LogValue.of(log), LogValue.of(e));
    }
    late.sort(Comparator.comparingLong(Silence::fromMs));
    Map<StreamKey, Intervals.Builder> builders = new HashMap<>();
    for (Silence one : late) {
      builders
          .computeIfAbsent(one.minutes, stream -> new Intervals.Builder(2))
          .add(one.fromMs, one.toMs);
    }
    Map<StreamKey, Intervals> all = new HashMap<>();
    builders.forEach((stream, builder) -> all.put(stream, builder.build()));
    return all;
  }

  private void silent(Path file, List<Silence> late) throws IOException {
    try {
      for (CoverageRow row : CoverageFiles.read(file)) {
        long toMs = Math.min(row.toMs(), Timeframe.BASE.floor(row.atMs() - liveMs));
        if (row.state() == IntervalState.VERIFIED_EMPTY
            && row.stream().timeframe() == Timeframe.BASE
            && isFresh(row.atMs())
            && row.fromMs() < toMs
            && late.size() < MOST_SILENT) {
          late.add(new Silence(row.stream(), row.fromMs(), toMs));
        }
      }
    } catch (UnreadableFileException found) { // by the checks
      LOG.warn(
          "event=qa_second_look_failed file={} error={}", LogValue.of(file), LogValue.of(found));
    }
  }
}
