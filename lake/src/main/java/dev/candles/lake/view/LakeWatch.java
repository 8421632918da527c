package dev.candles.lake.view;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StreamDays;
import dev.candles.lake.coverage.StreamCoverage;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Dates;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.parquet.CoverageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of all streams of a lake, looked at again and again. The first look reads what
 * {@link LakeAccounts} reads; a later one only
 *
 * <ol>
 *   <li>the files of coverage that are new, and of their rows those with a number that is new;
 *   <li>the days of candles whose folder has changed, and of their files those that are new;
 *   <li>nothing of what was counted already and has not changed.
 * </ol>
 *
 * At the first look of each UTC day, when a folder is gone, while and after streams are forgotten,
 * and when a row of the newest two dates of coverage or of one to come becomes visible after one of
 * a higher number, all is read anew: so it is right again within a day whatever was done to the
 * lake. Memory follows days, and what is missing in them, not candles. One thread at a time.
 */
public final class LakeWatch {
  private static final Comparator<StreamKey> BY_ID = Comparator.comparing(StreamKey::id);

  /** A folder that changed so shortly before it was listed may change again with the same time. */
  private static final long UNSURE_MS = 3_000;

  /**
   * So many dates of coverage that are not ahead of market time may still get rows of a lower
   * number than was read; so may those ahead, which a clock that was wrong has left.
   */
  private static final int OPEN_DATES = 2;

  private final LakeLayout layout;
  private final Set<Path> unreadable = ConcurrentHashMap.newKeySet();
  private final SafeReader reader;
  private final AtomicLong daysRead = new AtomicLong();
  private final Map<StreamKey, WatchedStream> streams = new TreeMap<>(BY_ID);
  private final Map<LocalDate, SeenDate> coverage = new HashMap<>();
  private LocalDate builtOn = LocalDate.MIN;
  private LocalDate marketToday = LocalDate.MIN;
  private Set<Path> forgotten = Set.of();
  private volatile long daysToRead;

  /** The files of coverage of a date that were read, and the rows of one that is not at rest. */
  private static final class SeenDate {
    private final Set<String> names = new HashSet<>();
    private final Map<StreamKey, Set<Long>> rows = new HashMap<>();
    private long changedMs = WatchedDay.UNSURE;
  }

  /** Takes a row that was read; tells whether it was new. */
  private interface Rows {
    void take(CoverageRow row, boolean isNew);
  }

  /** The lake at this root folder. */
  public LakeWatch(Path root) {
    this(root, file -> {});
  }

  /**
   * The lake at this root folder.
   *
   * @param met is told of a file that is no good, each time it is met
   */
  LakeWatch(Path root, Consumer<Path> met) {
    this.layout = new LakeLayout(root);
    this.reader = new SafeReader(met.andThen(unreadable::add));
  }

  /**
   * How many days of how many the look that is under way has read, as {@code 120/16425}; for any
   * thread.
   */
  public String progress() {
    return daysRead.get() + "/" + daysToRead;
  }

  /**
   * The account of each stream, by name.
   *
   * @param market market time, epoch ms, UTC
   * @param realMs real time, epoch ms
   * @throws IOException if the lake cannot be listed or read; the next look reads all of it
   */
  public LakeLook look(LongSupplier market, long realMs) throws IOException {
    try {
      return read(market, realMs);
    } catch (IOException | RuntimeException | Error e) {
      builtOn = LocalDate.MIN; // what was half read is forgotten
      throw e;
    }
  }

  private LakeLook read(LongSupplier market, long realMs) throws IOException {
    LocalDate today = Dates.of(realMs);
    marketToday = Dates.of(market.getAsLong());
    boolean isForgetting = isForgetting();
    List<Partition> partitions = layout.partitions(Folder.CANDLES).partitions();
    try (ScanThreads threads = new ScanThreads()) {
      boolean anew =
          streams.isEmpty() || !builtOn.equals(today) || isForgetting || isOneGone(partitions);
      Map<StreamKey, List<CoverageRow>> fresh = new HashMap<>();
      if (anew || isOneLate(realMs, fresh)) {
        streams.clear();
        coverage.clear();
        unreadable.clear();
        fresh.clear();
        wholeLog(realMs, threads);
        newRows(realMs, (row, isNew) -> note(row, fresh)); // what came while they were read
      }
      fresh.forEach((stream, rows) -> watched(stream).take(rows));
      candles(partitions, realMs, threads);
      builtOn = today;
      long nowMs = market.getAsLong();
      List<StreamDays> accounts = new ArrayList<>();
      for (WatchedStream stream : streams.values()) {
        accounts.add(stream.account(nowMs, this::finals));
      }
      return new LakeLook(List.copyOf(accounts), nowMs, unreadable.size());
    }
  }

  private WatchedStream watched(StreamKey stream) {
    return streams.computeIfAbsent(stream, WatchedStream::new);
  }

  /** Whether streams are being forgotten, or have been since the last look. */
  private boolean isForgetting() throws IOException {
    Set<Path> now = new HashSet<>(Folders.in(layout.forgotten()));
    boolean isChanged = !now.equals(forgotten);
    if (Files.exists(layout.forgetNote())) {
      now.add(layout.forgetNote());
      isChanged = true;
    }
    forgotten = now;
    return isChanged;
  }

  /** Whether a day that was read has no folder any more. */
  private boolean isOneGone(List<Partition> partitions) {
    Set<Partition> there = new HashSet<>(partitions);
    for (Map.Entry<StreamKey, WatchedStream> stream : streams.entrySet()) {
      for (Map.Entry<Long, WatchedDay> day : stream.getValue().days.entrySet()) {
        if (day.getValue().changedMs != WatchedDay.UNSURE
            && !there.contains(Partition.of(stream.getKey(), day.getKey()))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Reads the rows that are new; whether the number of one says that it comes late. */
  private boolean isOneLate(long realMs, Map<StreamKey, List<CoverageRow>> fresh)
      throws IOException {
    AtomicBoolean late = new AtomicBoolean();
    newRows(
        realMs,
        (row, isNew) -> {
          if (isNew && row.seq() <= watched(row.stream()).seq()) {
            late.set(true);
          }
          note(row, fresh);
        });
    return late.get();
  }

  /** Tells all rows of files that are new. */
  private void newRows(long realMs, Rows action) throws IOException {
    List<LocalDate> dates = coverageDates();
    LocalDate openFrom = openFrom(dates);
    for (LocalDate date : dates) {
      boolean isOpen = !date.isBefore(openFrom);
      Path folder = layout.day(Folder.COVERAGE, date);
      SeenDate seen = coverage.computeIfAbsent(date, d -> new SeenDate());
      if (!isOpen) {
        seen.rows.clear();
      }
      long changedMs = changedMs(folder, realMs);
      if (changedMs != WatchedDay.UNSURE && changedMs == seen.changedMs) {
        continue;
      }
      DataFiles.readAll(
          folder,
          file -> {
            if (!seen.names.contains(Folders.name(file))) {
              for (CoverageRow row : reader.read(file, CoverageFiles::read).orElse(List.of())) {
                action.take(row, isOpen && isNew(row, seen));
              }
              seen.names.add(Folders.name(file));
            }
          });
      seen.changedMs = changedMs;
    }
  }

  /** Oldest first. */
  private List<LocalDate> coverageDates() throws IOException {
    return layout.dates(Folder.COVERAGE).dates().stream().sorted().toList();
  }

  /** The first date that may still get rows of a lower number. */
  private LocalDate openFrom(List<LocalDate> dates) {
    List<LocalDate> come = dates.stream().filter(day -> !day.isAfter(marketToday)).toList();
    return come.size() < OPEN_DATES ? LocalDate.MIN : come.get(come.size() - OPEN_DATES);
  }

  /** One that only says how far a stream is says nothing that the next does not say. */
  private static boolean isNew(CoverageRow row, SeenDate seen) {
    return row.state() != IntervalState.THROUGH
        && (seen.rows.computeIfAbsent(row.stream(), s -> new HashSet<>()).add(row.seq())
            || row.seq() == CoverageRow.MAX_SEQ); // which rows share
  }

  /** A file that a merge made holds rows that were taken already. */
  private void note(CoverageRow row, Map<StreamKey, List<CoverageRow>> fresh) {
    WatchedStream stream = watched(row.stream());
    stream.note(row);
    if (row.seq() > stream.seq()) {
      fresh.computeIfAbsent(row.stream(), s -> new ArrayList<>()).add(row);
    }
  }

  /** Reads the whole log once: the states of all streams, and what later looks compare with. */
  private void wholeLog(long realMs, ScanThreads threads) throws IOException {
    List<LocalDate> dates = coverageDates();
    LocalDate openFrom = openFrom(dates);
    for (LocalDate date : dates) {
      SeenDate seen = new SeenDate();
      seen.changedMs = changedMs(layout.day(Folder.COVERAGE, date), realMs);
      coverage.put(date, seen);
    }
    new CoverageScan(layout, reader)
        .read(
            stream -> true,
            dates,
            threads,
            (date, file, rows) -> note(!date.isBefore(openFrom), coverage.get(date), file, rows))
        .forEach((stream, states) -> watched(stream).states(states));
    claims();
  }

  /** For the threads of a scan. */
  private synchronized void note(
      boolean isOpen, @Nullable SeenDate seen, Path file, List<CoverageRow> rows) {
    Objects.requireNonNull(seen).names.add(Folders.name(file));
    for (CoverageRow row : rows) {
      watched(row.stream()).note(row);
      if (isOpen) {
        isNew(row, seen);
      }
    }
  }

  /** Emptinesses that only repeated claims say, of older lakes, are judged by ids. */
  private void claims() throws IOException {
    Set<StreamKey> claiming = new HashSet<>(streams.keySet());
    claiming.removeIf(stream -> !watched(stream).hasClaims());
    if (claiming.isEmpty()) {
      return;
    }
    ProvenByIds byIds = new ProvenByIds(layout);
    for (Map.Entry<StreamKey, List<CoverageRow>> rows :
        new LakeAccounts(layout.root()).changes(claiming::contains).entrySet()) {
      StreamCoverage log = new StreamCoverage(rows.getKey());
      rows.getValue().forEach(log::add);
      Intervals claims = log.repeatedClaims();
      watched(rows.getKey()).claims(claims, byIds.of(rows.getKey(), claims));
    }
  }

  /** Reads the days whose folder is not as it was. */
  private void candles(List<Partition> partitions, long realMs, ScanThreads threads)
      throws IOException {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (Partition partition : partitions) {
      WatchedDay day = watched(partition.stream()).day(partition.fromMs());
      long changedMs = changedMs(layout.partition(Folder.CANDLES, partition), realMs);
      if (changedMs == WatchedDay.UNSURE || changedMs != day.changedMs) {
        tasks.add(
            () -> {
              read(partition, day, changedMs);
              daysRead.incrementAndGet();
              return null;
            });
      }
    }
    daysRead.set(0);
    daysToRead = tasks.size();
    threads.all(tasks);
  }

  private void read(Partition partition, WatchedDay day, long changedMs) throws IOException {
    Map<String, Intervals> files = new HashMap<>();
    DayReader days =
        new DayReader(
            layout,
            reader,
            (file, of) -> {
              String name = Folders.name(file);
              Intervals known = day.files.get(name);
              Intervals times = known == null ? CandleFiles.openTimes(file, of) : known;
              files.put(name, times);
              return times;
            });
    Intervals finals = days.finals(partition);
    day.read(finals, files, changedMs);
  }

  /** A day at rest is read again, because a row of coverage is about it. */
  private Intervals finals(StreamKey stream, long dayMs, WatchedDay day) throws IOException {
    return new DayReader(layout, reader).finals(Partition.of(stream, dayMs));
  }

  /** When a folder changed last, if that tells whether it changes again. */
  private static long changedMs(Path folder, long realMs) throws IOException {
    try {
      long changedMs = Files.getLastModifiedTime(folder).toMillis();
      return changedMs < realMs - UNSURE_MS ? changedMs : WatchedDay.UNSURE;
    } catch (NoSuchFileException gone) {
      return WatchedDay.UNSURE;
    }
  }
}
