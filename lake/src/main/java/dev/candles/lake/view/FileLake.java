package dev.candles.lake.view;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.lake.HeldParts;
import dev.candles.core.lake.LakeParts;
import dev.candles.core.lake.LakeView;
import dev.candles.core.lake.StreamInventory;
import dev.candles.core.time.Retention;
import dev.candles.lake.coverage.CoverageStates;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.partition.Snapshot;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lake read from its files alone. Holds nothing open between calls; safe for several threads.
 *
 * <p>A file that is no good counts as absent, see {@link #unreadableFiles}, and is never deleted; a
 * folder that is not ours is reported and not followed.
 *
 * <p>What the lake holds wins over what anybody remembers, except a claim that nothing proves: an
 * emptiness that an older build believed because the venue said nothing twice is not held, see
 * {@link CoverageStates}.
 */
public final class FileLake implements LakeView, LakeParts {
  /** A candle may be so much ahead of what time we take it to be. */
  private static final long MOST_AHEAD_MS = Timeframe.D1.millis();

  private static final Logger LOG = LoggerFactory.getLogger(FileLake.class);

  private final String root;
  private final AtomicLong unreadable = new AtomicLong();

  /** The lake at this root folder, which need not exist yet. */
  public FileLake(String root) {
    this.root = root;
  }

  /** How many times a file was met that is no good, since this object was made. */
  public long unreadableFiles() {
    return unreadable.get();
  }

  /** The log of coverage, which is of all streams, is read once and at once. */
  @Override
  public Scan open(List<StreamKey> streams, long historyFromMs, long recentFromMs, long nowMs)
      throws IOException {
    return new OpenScan(streams, new Range(historyFromMs, recentFromMs, nowMs));
  }

  private final class OpenScan implements Scan {
    private final Range asked;
    private final long unreadableBefore = unreadable.get();
    private final Map<StreamKey, CoverageStates> logs;
    private final ScanThreads threads = new ScanThreads();
    private final Set<String> venues = new TreeSet<>();
    private final int streams;
    private final Set<StreamKey> unanswered;

    OpenScan(List<StreamKey> streams, Range asked) throws IOException {
      this.asked = asked;
      this.unanswered = new HashSet<>(streams);
      this.streams = unanswered.size();
      try (ScanThreads ofLog = new ScanThreads()) {
        this.logs = coverage(withMinutes(streams), date -> true, ofLog);
      }
    }

    @Override
    public StreamInventory of(StreamKey stream) throws IOException {
      if (!logs.containsKey(stream)) {
        throw new IllegalArgumentException("the scan was begun without it: stream=" + stream);
      }
      StreamInventory held = scan(stream, claims(stream, logs), asked.of(stream), threads);
      venues.add(stream.venue());
      unanswered.remove(stream);
      return held;
    }

    @Override
    public void close() {
      threads.close();
      if (unanswered.isEmpty()) {
        LOG.info(
            "event=lake_scanned venues={} streams={} unreadable_files={}",
            String.join(",", venues),
            streams,
            unreadable.get() - unreadableBefore);
      }
    }
  }

  @Override
  public List<Candle> candles(StreamKey stream, long fromMs, long toMs) throws IOException {
    List<Candle> found = new ArrayList<>();
    List<Partition> partitions = partitions(stream, fromMs, toMs);
    for (int i = partitions.size() - 1; i >= 0; i--) {
      for (Candle candle : days().candles(partitions.get(i))) {
        if (candle.openTimeMs() >= fromMs && candle.openTimeMs() < toMs) {
          found.add(candle);
        }
      }
    }
    return found;
  }

  /**
   * The intervals in {@code [fromMs, toMs)} whose candle lies in another lake, so that {@link
   * #candles} has none of them.
   *
   * @throws IOException if the lake cannot be listed or read
   */
  public Intervals archived(StreamKey stream, long fromMs, long toMs) throws IOException {
    Intervals archived = Intervals.empty();
    for (Partition partition : partitions(stream, fromMs, toMs)) {
      archived = archived.union(Snapshot.of(layout(), partition).archived());
    }
    return archived.intersect(Intervals.of(fromMs, toMs));
  }

  @Override
  public Reading read(Set<StreamKey> streams, long fromMs) throws IOException {
    LocalDate since = LocalDate.ofEpochDay(Math.floorDiv(fromMs, Timeframe.D1.millis()));
    LocalDate dayBefore = since.minusDays(1); // a clock may be set back
    Map<StreamKey, CoverageStates> logs;
    try (ScanThreads threads = new ScanThreads()) {
      logs = coverage(streams, date -> !date.isBefore(dayBefore), threads);
    }
    return (stream, from, to) -> held(stream, logs.getOrDefault(stream, none(stream)), from, to);
  }

  private HeldParts held(StreamKey stream, CoverageStates log, long fromMs, long toMs)
      throws IOException {
    List<Candle> candles = candles(stream, fromMs, toMs);
    Intervals.Builder finals = new Intervals.Builder(2);
    candles.forEach(candle -> finals.add(candle.openTimeMs(), candle.endTimeMs()));
    return new HeldParts(
        candles,
        finals.build().union(log.in(IntervalState.VERIFIED_EMPTY, fromMs, toMs)),
        archived(stream, fromMs, toMs));
  }

  private record Range(long historyFromMs, long recentFromMs, long toMs) {
    Range of(StreamKey stream) {
      Timeframe timeframe = stream.timeframe();
      return new Range(timeframe.floor(historyFromMs), recentFromMs, timeframe.floor(toMs));
    }
  }

  /** What one day holds; candles only if some may be asked for. */
  private record Day(Intervals finals, List<Candle> candles) {}

  /**
   * What coverage says of a stream, as far as it is believed.
   *
   * @param denied proven empty by the log, and one of their minutes is missing
   * @param doubtful intervals of a larger stream one of whose minutes is missing
   */
  private record Claims(
      CoverageStates log, Intervals missing, Intervals denied, Intervals doubtful) {}

  /**
   * A larger interval is as silent as its minutes: where one of them is asked for, or was and has a
   * candle now, it is not proven empty either, and is made anew when all of them are known.
   */
  private static Claims claims(StreamKey stream, Map<StreamKey, CoverageStates> logs) {
    CoverageStates log = logs.getOrDefault(stream, none(stream));
    Intervals missing = log.in(IntervalState.MISSING, Long.MIN_VALUE, Long.MAX_VALUE);
    StreamKey base = stream.in(Timeframe.BASE);
    CoverageStates minutes = logs.get(base);
    if (minutes == null || stream.equals(base)) {
      return new Claims(log, missing, Intervals.empty(), Intervals.empty());
    }
    Timeframe timeframe = stream.timeframe();
    Intervals open = minutes.in(IntervalState.MISSING, Long.MIN_VALUE, Long.MAX_VALUE);
    Intervals windows = open.map(timeframe::floor, timeframe::ceil);
    Intervals empty =
        windows.isEmpty()
            ? windows
            : log.in(
                IntervalState.VERIFIED_EMPTY, windows.from(0), windows.to(windows.count() - 1));
    Intervals denied = windows.intersect(empty);
    return new Claims(log, missing.union(denied), denied, windows);
  }

  private static CoverageStates none(StreamKey stream) {
    return new CoverageStates(stream.timeframe());
  }

  private static Set<StreamKey> withMinutes(List<StreamKey> streams) {
    Set<StreamKey> all = new LinkedHashSet<>(streams);
    streams.forEach(stream -> all.add(stream.in(Timeframe.BASE)));
    return all;
  }

  /** Whose clock is slow is shown by a candle that is newer: all of them are told. */
  private StreamInventory scan(StreamKey stream, Claims claims, Range asked, ScanThreads threads)
      throws IOException {
    CoverageStates log = claims.log;
    Intervals missing = claims.missing;
    List<Partition> all = partitions(stream, Long.MIN_VALUE, Long.MAX_VALUE);
    long historyFromMs = historyFrom(stream, asked, all);
    long earliest = earliest(earliest(historyFromMs, missing), claims.doubtful);
    Intervals lost = stream.timeframe() == Timeframe.BASE ? log.lost() : Intervals.empty();
    List<Partition> partitions =
        all.stream()
            .filter(day -> day.toMs() > earliest || !lost.intersect(range(day)).isEmpty())
            .toList();
    List<Callable<Day>> tasks = new ArrayList<>();
    for (Partition partition : partitions) {
      boolean newest = tasks.isEmpty();
      tasks.add(
          () ->
              partition.toMs() > asked.recentFromMs
                  ? day(partition, true, claims)
                  : lastDay(partition, newest, claims));
    }
    List<Day> days = threads.all(tasks);
    Intervals finals = finals(days);
    long to = Math.max(asked.toMs, newestEnd(finals, asked.toMs));
    long wantedMs = earliest(historyFromMs, missing.minus(finals));
    long from = Math.min(asked.toMs, earliest(wantedMs, claims.doubtful.intersect(finals)));
    Intervals range = Intervals.of(from, to);
    long recentFromMs = recentFrom(stream, asked, finals.intersect(range));
    if (days.size() > 1
        && recentFromMs < Math.min(asked.recentFromMs, partitions.get(0).fromMs())) {
      days.set(1, lastDay(partitions.get(1), true, claims)); // a stop just after midnight
    }
    List<Candle> recent = new ArrayList<>();
    for (int i = days.size() - 1; i >= 0; i--) {
      recent.addAll(days.get(i).candles);
    }
    recent.removeIf(
        c ->
            c.openTimeMs() < from
                || c.openTimeMs() >= to
                || (c.openTimeMs() < recentFromMs && !claims.doubtful.contains(c.openTimeMs())));
    return new StreamInventory(
        stream,
        from,
        to,
        finals.intersect(range),
        log.in(IntervalState.VERIFIED_EMPTY, from, to).minus(claims.denied).minus(finals),
        log.in(IntervalState.UNRECOVERABLE, from, to)
            .union(lost.intersect(Intervals.before(from)))
            .minus(finals),
        listed(stream, log, all),
        log.seq(),
        List.copyOf(recent));
  }

  private static Intervals finals(List<Day> newestFirst) {
    Intervals.Builder held = new Intervals.Builder(2 * newestFirst.size());
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      Intervals finals = newestFirst.get(i).finals;
      for (int run = 0; run < finals.count(); run++) {
        held.add(finals.from(run), finals.to(run));
      }
    }
    return held.build();
  }

  /** A candle of an earlier day denies what coverage says of a listing. */
  private static long listed(StreamKey stream, CoverageStates log, List<Partition> newestFirst) {
    long listedMs = stream.timeframe() == Timeframe.BASE ? log.listedMs() : 0;
    boolean denied = newestFirst.stream().anyMatch(day -> day.toMs() <= listedMs);
    return denied ? 0 : listedMs;
  }

  /** Whoever was away for longer than history reaches goes on where the newest candles are. */
  private long historyFrom(StreamKey stream, Range asked, List<Partition> newestFirst)
      throws IOException {
    for (Partition day : newestFirst) {
      if (day.fromMs() >= asked.toMs) {
        continue; // of the future
      }
      if (day.fromMs() >= asked.historyFromMs) {
        break;
      }
      Intervals finals = days().finals(day);
      if (!finals.isEmpty()) {
        int last = finals.count() - 1;
        long recentMs =
            stream.timeframe().floor(finals.to(last) - Retention.COLLECTOR.interruptedMs());
        boolean sinceMidnight = finals.from(last) == day.fromMs();
        return Math.min(
            asked.historyFromMs, sinceMidnight ? recentMs : Math.max(recentMs, finals.from(last)));
      }
    }
    return asked.historyFromMs;
  }

  private static long earliest(long historyFromMs, Intervals missing) {
    return missing.isEmpty() ? historyFromMs : Math.min(historyFromMs, missing.from(0));
  }

  /** Whole intervals, and of what a collector that was away for long may have to correct. */
  private static long recentFrom(StreamKey stream, Range asked, Intervals finals) {
    long lastMs =
        finals.isEmpty()
            ? Long.MAX_VALUE
            : finals.to(finals.count() - 1) - Retention.COLLECTOR.interruptedMs();
    return stream.timeframe().floor(Math.min(asked.recentFromMs, lastMs));
  }

  /**
   * Where a manifest tells the intervals of a day, its few files are opened when they are needed.
   */
  private Day lastDay(Partition partition, boolean last, Claims claims) throws IOException {
    return day(partition, last && !days().isToldByManifest(partition), claims);
  }

  private Day day(Partition partition, boolean recent, Claims claims) throws IOException {
    if (!recent && claims.doubtful.intersect(range(partition)).isEmpty()) {
      return new Day(days().finals(partition), List.of());
    }
    DayReader.Whole whole = days().whole(partition);
    List<Candle> candles =
        whole.candles().stream()
            .filter(c -> recent || claims.doubtful.contains(c.openTimeMs()))
            .toList();
    return new Day(whole.finals(), candles);
  }

  private static Intervals range(Partition day) {
    return Intervals.of(day.fromMs(), day.toMs());
  }

  /** The log of some days: what is said of an interval is said when it is over, or later. */
  private Map<StreamKey, CoverageStates> coverage(
      Set<StreamKey> streams, Predicate<LocalDate> days, ScanThreads threads) throws IOException {
    LakeLayout.DateListing listing = layout().dates(Folder.COVERAGE);
    report(listing.foreign());
    List<LocalDate> dates = listing.dates().stream().filter(days).toList();
    return new CoverageScan(layout(), reader()).read(streams, dates, threads);
  }

  /**
   * Our clock may be slow, so candles may be ahead of it. A file of somebody's future is not
   * believed, else nothing would be collected until then.
   */
  private static long newestEnd(Intervals finals, long toMs) {
    Intervals near = finals.intersect(Intervals.of(Long.MIN_VALUE, toMs + MOST_AHEAD_MS));
    return near.isEmpty() ? toMs : near.to(near.count() - 1);
  }

  /** The days of a stream that overlap a range and have a folder, newest first. */
  private List<Partition> partitions(StreamKey stream, long fromMs, long toMs) throws IOException {
    LakeLayout.DateListing listing = layout().dates(Folder.CANDLES, stream);
    report(listing.foreign());
    List<Partition> partitions = new ArrayList<>();
    for (LocalDate date : listing.dates()) {
      Partition partition = new Partition(stream, date);
      if (partition.toMs() > fromMs && partition.fromMs() < toMs) {
        partitions.add(partition);
      }
    }
    return partitions;
  }

  private static void report(List<Path> foreign) {
    foreign.forEach(path -> LOG.warn("event=lake_folder_foreign path={}", LogValue.of(path)));
  }

  private LakeLayout layout() {
    return new LakeLayout(Path.of(root));
  }

  private SafeReader reader() {
    return new SafeReader(file -> unreadable.incrementAndGet());
  }

  private DayReader days() {
    return new DayReader(layout(), reader());
  }
}
