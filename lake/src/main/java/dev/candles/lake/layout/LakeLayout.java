package dev.candles.lake.layout;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.feed.Reject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where things lie below the root of a lake. Only names of the checked alphabet become folders, and
 * only folders of that alphabet are followed: anything else is reported as foreign.
 */
public record LakeLayout(Path root) {
  private static final String FORGOTTEN = "forgotten";

  /** Partitions of candles or revisions, and what else was found beside them. */
  public record Listing(List<Partition> partitions, List<Path> foreign) {}

  /** Dates of a stream or of a log, newest first, and what else was found beside them. */
  public record DateListing(List<LocalDate> dates, List<Path> foreign) {}

  /**
   * Partitions since some day, by path, and the oldest day of each of their streams, which may be
   * before it.
   */
  public record Recent(List<Partition> partitions, Map<StreamKey, LocalDate> oldest) {}

  /** A folder of data. */
  public Path folder(Folder folder) {
    return root.resolve(folder.label());
  }

  /** The collector's own things: checkpoints, savepoints, lock. */
  public Path state() {
    return root.resolve(".state");
  }

  /** What the daily checks found, by date. */
  public Path reports() {
    return root.resolve("reports");
  }

  /** The report of the last checks of the whole lake, wherever else it was written to. */
  public Path qaOfWhole() {
    return state().resolve("qa_whole.json");
  }

  /** Streams that were forgotten, each time in a lake of its own. */
  public Path forgotten() {
    return root.resolve(FORGOTTEN);
  }

  /** Whether this is such a lake, where it was made: other streams of its markets stayed behind. */
  public boolean isOfForgotten() {
    Path folder = root.toAbsolutePath().normalize().getParent();
    return folder != null && folder.endsWith(FORGOTTEN);
  }

  /** The note that streams are being forgotten; there only meanwhile. */
  public Path forgetNote() {
    return state().resolve("forget.json");
  }

  /** Temporary files of the processes that work on this lake. */
  public Path temporary() {
    return state().resolve("tmp");
  }

  /** Bucket of a candle, also of one that is a revision: by the UTC day of its open time. */
  public static String bucket(Candle candle) {
    return Partition.of(candle.stream(), candle.openTimeMs()).id();
  }

  /** Bucket of a coverage row: by the UTC day at which the state changed. */
  public static String bucket(CoverageRow row) {
    return Dates.folder(Dates.of(row.atMs()));
  }

  /** Bucket of a reject: by the UTC day at which it came. */
  public static String bucket(Reject reject) {
    return Dates.folder(Dates.of(reject.atMs()));
  }

  /** The folder of one day of one stream, in {@link Folder#CANDLES} or {@link Folder#REVISIONS}. */
  public Path partition(Folder folder, Partition partition) {
    return folder(folder).resolve(partition.id());
  }

  /**
   * The folder of all days of one stream, in {@link Folder#CANDLES} or {@link Folder#REVISIONS}.
   */
  public Path stream(Folder folder, StreamKey stream) {
    return folder(folder).resolve(Partition.streamFolder(stream));
  }

  /** The folder of one day of a log, in {@link Folder#COVERAGE} or {@link Folder#REJECTS}. */
  public Path day(Folder folder, LocalDate date) {
    return folder(folder).resolve(Dates.folder(date));
  }

  /**
   * The days of one stream that have a folder, newest first.
   *
   * @throws IOException if the stream's folder cannot be listed
   */
  public DateListing dates(Folder folder, StreamKey stream) throws IOException {
    return datesIn(stream(folder, stream));
  }

  /**
   * The days of a log that have a folder, newest first.
   *
   * @throws IOException if the log's folder cannot be listed
   */
  public DateListing dates(Folder folder) throws IOException {
    return datesIn(folder(folder));
  }

  /**
   * All partitions of candles or revisions, by path.
   *
   * @throws IOException if a folder cannot be listed
   */
  public Listing partitions(Folder folder) throws IOException {
    Path top = folder(folder);
    List<Path> foreign = new ArrayList<>();
    List<Partition> partitions = new ArrayList<>();
    for (Path path : below(streamFolders(top, foreign), Dates.PREFIX, foreign)) {
      Partition.parse(id(top, path)).ifPresentOrElse(partitions::add, () -> foreign.add(path));
    }
    return new Listing(partitions, foreign);
  }

  /**
   * The partitions of candles or revisions that end after {@code fromMs} (epoch ms, UTC). What a
   * lake of years holds of days before costs no more than the reading of their names.
   *
   * @throws IOException if a folder cannot be listed
   */
  public Recent recent(Folder folder, long fromMs) throws IOException {
    String first = fromMs > 0 ? Dates.folder(Dates.of(fromMs)) : Dates.PREFIX;
    Path top = folder(folder);
    List<Partition> partitions = new ArrayList<>();
    Map<StreamKey, LocalDate> oldest = new HashMap<>();
    for (Path path : streamFolders(top, new ArrayList<>())) {
      Optional<StreamKey> stream = Partition.parseStream(id(top, path));
      if (stream.isPresent()) {
        RecentDays days = RecentDays.in(path, first, Folders::isFolder);
        days.dates().forEach(date -> partitions.add(new Partition(stream.get(), date)));
        days.oldest().ifPresent(date -> oldest.put(stream.get(), date));
      }
    }
    return new Recent(partitions, oldest);
  }

  private static List<Path> streamFolders(Path top, List<Path> foreign) throws IOException {
    List<Path> level = List.of(top);
    for (String prefix : List.of("venue=", "symbol=", "timeframe=")) {
      level = below(level, prefix, foreign);
    }
    return level;
  }

  private static List<Path> below(List<Path> parents, String prefix, List<Path> foreign)
      throws IOException {
    List<Path> children = new ArrayList<>();
    for (Path parent : parents) {
      for (Path child : Folders.in(parent)) {
        (Folders.name(child).startsWith(prefix) ? children : foreign).add(child);
      }
    }
    return children;
  }

  private static String id(Path top, Path path) {
    return top.relativize(path).toString().replace('\\', '/');
  }

  private static DateListing datesIn(Path parent) throws IOException {
    List<LocalDate> dates = new ArrayList<>();
    List<Path> foreign = new ArrayList<>();
    for (Path child : Folders.in(parent)) {
      Dates.parse(Folders.name(child)).ifPresentOrElse(dates::add, () -> foreign.add(child));
    }
    dates.sort(Collections.reverseOrder());
    return new DateListing(dates, foreign);
  }
}
