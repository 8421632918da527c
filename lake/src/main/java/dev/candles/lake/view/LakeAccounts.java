package dev.candles.lake.view;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.coverage.StreamCoverage;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.parquet.CoverageFiles;
import dev.candles.lake.partition.CandleOrder;
import dev.candles.lake.partition.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Accounts for every interval of the streams that a lake holds, from its files alone; no collector,
 * no configuration. A file that is no good counts as absent, see {@link #unreadableFiles}.
 */
public final class LakeAccounts {
  private static final Comparator<StreamKey> BY_ID = Comparator.comparing(StreamKey::id);

  private final LakeLayout layout;
  private final AtomicLong unreadable = new AtomicLong();
  private final SafeReader reader = new SafeReader(file -> unreadable.incrementAndGet());

  /** The lake at this root folder. */
  public LakeAccounts(Path root) {
    this.layout = new LakeLayout(root);
  }

  /** How many files were met that are no good. */
  public long unreadableFiles() {
    return unreadable.get();
  }

  /**
   * All streams of which there is a folder of candles or a row of coverage.
   *
   * @throws IOException if the lake cannot be listed or read
   */
  public SortedSet<StreamKey> streams() throws IOException {
    SortedSet<StreamKey> streams = new TreeSet<>(Comparator.comparing(StreamKey::id));
    streams.addAll(days().keySet());
    forEachRow(row -> streams.add(row.stream()));
    return streams;
  }

  /**
   * The account of each wanted stream, by name.
   *
   * @param fromMs start, epoch ms, UTC, rounded down to the timeframe; {@link Long#MIN_VALUE} for
   *     the first interval of which anything is known
   * @param toMs end, exclusive, rounded down; {@link Long#MAX_VALUE} for the last such interval
   * @throws IOException if the lake cannot be listed or read
   */
  public List<StreamAccount> read(Predicate<StreamKey> wanted, long fromMs, long toMs)
      throws IOException {
    Map<StreamKey, StreamCoverage> known = new HashMap<>();
    forEachRow(
        row -> {
          if (wanted.test(row.stream())) {
            known.computeIfAbsent(row.stream(), StreamCoverage::new).add(row);
          }
        });
    Map<StreamKey, List<Partition>> days = days();
    days.keySet().stream()
        .filter(wanted)
        .forEach(stream -> known.computeIfAbsent(stream, StreamCoverage::new));
    List<StreamAccount> accounts = new ArrayList<>();
    ProvenByIds byIds = new ProvenByIds(layout);
    Intervals range = Intervals.of(fromMs, Math.max(fromMs, toMs));
    try (ScanThreads threads = new ScanThreads()) {
      for (StreamKey stream : known.keySet().stream().sorted(BY_ID).toList()) {
        Intervals finals = finals(days.getOrDefault(stream, List.of()), fromMs, toMs, threads);
        StreamCoverage coverage = known.getOrDefault(stream, new StreamCoverage(stream));
        Intervals claimed = coverage.repeatedClaims().intersect(range);
        Intervals proven = byIds.of(stream, claimed);
        accounts.add(coverage.account(finals, proven, fromMs, toMs));
      }
    }
    return accounts;
  }

  /**
   * All rows of the change log about the wanted streams, by stream, in no order.
   *
   * @throws IOException if the log cannot be listed or read
   */
  public Map<StreamKey, List<CoverageRow>> changes(Predicate<StreamKey> wanted) throws IOException {
    Map<StreamKey, List<CoverageRow>> changes = new HashMap<>();
    forEachRow(
        row -> {
          if (wanted.test(row.stream())) {
            changes.computeIfAbsent(row.stream(), stream -> new ArrayList<>()).add(row);
          }
        });
    return changes;
  }

  /**
   * Every version of one candle, the current one last.
   *
   * @param openTimeMs epoch ms, UTC
   * @throws IOException if the lake cannot be listed or read
   */
  public List<StoredCandle> versions(StreamKey stream, long openTimeMs) throws IOException {
    Partition partition = Partition.of(stream, openTimeMs);
    List<StoredCandle> versions =
        Snapshot.read(layout, partition, files -> versions(partition, openTimeMs, files));
    versions.sort(Comparator.comparing(StoredCandle::candle, CandleOrder.CURRENT_LAST));
    return versions;
  }

  /**
   * The lake that the candle of an interval was moved to, by what its day's manifest says.
   *
   * @param openTimeMs epoch ms, UTC
   * @throws IOException if the lake cannot be listed or read
   */
  public Optional<String> archive(StreamKey stream, long openTimeMs) throws IOException {
    return Snapshot.of(layout, Partition.of(stream, openTimeMs))
        .manifest()
        .filter(manifest -> manifest.present().contains(openTimeMs))
        .flatMap(manifest -> Optional.ofNullable(manifest.archivedTo()));
  }

  /** Of candles and revisions at one moment: a compaction moves versions between the two. */
  private List<StoredCandle> versions(Partition partition, long openTimeMs, Snapshot files)
      throws IOException {
    List<StoredCandle> versions = new ArrayList<>();
    for (List<Path> folder : List.of(files.candles(), files.revisions())) {
      for (List<StoredCandle> found :
          reader.read(folder, file -> versions(file, partition, openTimeMs))) {
        versions.addAll(found);
      }
    }
    return versions;
  }

  private static List<StoredCandle> versions(Path file, Partition partition, long openTimeMs)
      throws IOException {
    List<StoredCandle> found = new ArrayList<>();
    for (Candle candle : CandleFiles.read(file, partition)) {
      if (candle.openTimeMs() == openTimeMs) {
        found.add(new StoredCandle(file, candle));
      }
    }
    return found;
  }

  private Intervals finals(List<Partition> days, long fromMs, long toMs, ScanThreads threads)
      throws IOException {
    DayReader reading = new DayReader(layout, reader);
    List<Callable<Intervals>> tasks = new ArrayList<>();
    for (Partition day : days) {
      if (day.toMs() > fromMs && day.fromMs() < toMs) {
        tasks.add(() -> reading.finals(day));
      }
    }
    Intervals.Builder all = new Intervals.Builder(2 * tasks.size());
    for (Intervals day : threads.all(tasks)) {
      for (int i = 0; i < day.count(); i++) {
        all.add(day.from(i), day.to(i));
      }
    }
    return all.build();
  }

  /** The days of candles per stream, oldest first. */
  private Map<StreamKey, List<Partition>> days() throws IOException {
    Map<StreamKey, List<Partition>> days = new TreeMap<>(BY_ID);
    for (Partition partition : layout.partitions(Folder.CANDLES).partitions()) {
      days.computeIfAbsent(partition.stream(), stream -> new ArrayList<>()).add(partition);
    }
    days.values().forEach(list -> list.sort(Comparator.comparing(Partition::date)));
    return days;
  }

  private void forEachRow(Consumer<CoverageRow> action) throws IOException {
    for (LocalDate date : layout.dates(Folder.COVERAGE).dates()) {
      for (List<CoverageRow> rows :
          reader.readAll(layout.day(Folder.COVERAGE, date), CoverageFiles::read)) {
        rows.forEach(action);
      }
    }
  }
}
