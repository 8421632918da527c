package dev.candles.lake.forget;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.lake.compact.CoverageMerge;
import dev.candles.lake.compact.PartitionLock;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.json.StrictJson;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CoverageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves streams out of a lake into one of their own below {@code forgotten/}: candles, revisions
 * and their rows of coverage. Whoever uses it holds the lake, and every compaction of it, see
 * {@link #lock}. Stopped anywhere, the {@link Forgetting} on the disk says what is left to do, and
 * {@link #carryOut} does that, however often it was stopped:
 *
 * <ol>
 *   <li>{@link #begin} notes what is to be done;
 *   <li>each stream's folders are renamed, one step each;
 *   <li>each file of coverage with rows of the streams is replaced: its rows are appended there and
 *       here, then it goes. A row that stands twice says nothing new;
 *   <li>{@link #end} takes the note away, when whatever else knows the streams was told.
 * </ol>
 */
public final class Forgetter {
  private static final int MAX_NOTE_BYTES = 16 << 20;
  private static final List<Folder> OF_STREAMS = List.of(Folder.CANDLES, Folder.REVISIONS);

  private final LakeLayout lake;
  private final Runnable step;

  /** Of this lake. */
  public Forgetter(LakeLayout lake) {
    this(lake, () -> {});
  }

  /**
   * @param step told whenever something on the disk has changed
   */
  public Forgetter(LakeLayout lake, Runnable step) {
    this.lake = lake;
    this.step = step;
  }

  /**
   * What was begun and not ended.
   *
   * @throws IOException if there is a note that cannot be read
   */
  public Optional<Forgetting> begun() throws IOException {
    try {
      return Optional.of(Forgetting.decode(StrictJson.load(note(), MAX_NOTE_BYTES)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IOException("cannot be read: " + note() + ": " + e.getMessage(), e);
    }
  }

  /** Whether there is a note of what was begun and not ended. */
  public boolean isBegun() {
    return Files.exists(note());
  }

  /** Keeps compactions of some streams and of coverage, and new certificates, away. */
  public static final class Locks implements AutoCloseable {
    private final List<PartitionLock> held = new ArrayList<>();

    private Locks() {}

    private void take(Optional<PartitionLock> lock, String what) throws IOException {
      held.add(
          lock.orElseThrow(() -> new IOException("it is being compacted or checked: " + what)));
    }

    @Override
    public void close() throws IOException {
      for (PartitionLock lock : held) {
        lock.close();
      }
    }
  }

  /**
   * Takes the locks of all that would be moved, and that of the certificates.
   *
   * @throws IOException if something of it is being compacted or certified, or the lake cannot be
   *     listed
   */
  public Locks lock(Set<StreamKey> streams) throws IOException {
    Locks locks = new Locks();
    try {
      for (LocalDate date : lake.dates(Folder.COVERAGE).dates()) {
        locks.take(CoverageMerge.tryLock(lake, date), "coverage of " + date);
      }
      Set<Partition> partitions = new HashSet<>();
      for (Folder folder : OF_STREAMS) {
        for (StreamKey stream : streams) {
          lake.dates(folder, stream).dates().forEach(d -> partitions.add(new Partition(stream, d)));
        }
      }
      for (Partition partition : partitions) {
        locks.take(PartitionLock.tryTake(lake, partition), partition.id());
      }
      locks.take(PartitionLock.tryTakeCertificates(lake), "certificates");
      return locks;
    } catch (IOException e) {
      locks.close();
      throw e;
    }
  }

  /**
   * Files that a collector has begun and not finished, in these streams or in coverage: its next
   * start makes them visible, which must happen before.
   *
   * @throws IOException if a folder cannot be listed
   */
  public int unfinished(Set<StreamKey> streams) throws IOException {
    List<Path> places = new ArrayList<>(List.of(lake.folder(Folder.COVERAGE)));
    streams.forEach(s -> OF_STREAMS.forEach(folder -> places.add(lake.stream(folder, s))));
    int unfinished = 0;
    for (Path place : places) {
      for (Path day : Folders.in(place)) {
        try (var files = Files.list(day)) {
          unfinished += (int) files.filter(f -> DataFiles.isInProgress(Folders.name(f))).count();
        }
      }
    }
    return unfinished;
  }

  /**
   * Refuses streams of which a file of coverage cannot be written again without a loss: it is no
   * good, or has columns of a later build.
   *
   * @throws IOException if there is one, or coverage cannot be listed or read
   */
  public void requireWhole(Set<StreamKey> streams) throws IOException {
    for (LocalDate date : lake.dates(Folder.COVERAGE).dates()) {
      for (Path file : DataFiles.in(lake.day(Folder.COVERAGE, date))) {
        if (CoverageFiles.read(file).stream().anyMatch(row -> streams.contains(row.stream()))) {
          int unused = CoverageFiles.readWhole(file).size();
        }
      }
    }
  }

  /**
   * Notes what will be done. From here on it is decided.
   *
   * @param today names the folder that it goes to, with a number
   * @throws IOException if it cannot be written
   */
  public Forgetting begin(List<StreamKey> streams, LocalDate today) throws IOException {
    int number = 1;
    while (Files.exists(lake.forgotten().resolve(today + "-" + number))) {
      number++;
    }
    Forgetting forgetting = new Forgetting(streams, today + "-" + number);
    Durable.createFolders(lake.root(), lake.state());
    Durable.write(note(), forgetting.encode());
    step.run();
    return forgetting;
  }

  /**
   * What is left of one that was stopped. Where a stream was collected anew since, and so has
   * folders on both sides, it is begun anew: what is here goes to another folder.
   *
   * @throws IOException if the note cannot be written
   */
  public Forgetting resume(Forgetting begun, LocalDate today) throws IOException {
    LakeLayout target = target(begun);
    for (StreamKey stream : begun.streams()) {
      for (Folder folder : OF_STREAMS) {
        if (Files.isDirectory(lake.stream(folder, stream))
            && Files.isDirectory(target.stream(folder, stream))) {
          return begin(begun.streams(), today);
        }
      }
    }
    return begun;
  }

  /** The lake that the streams go to. */
  public LakeLayout target(Forgetting forgetting) {
    return new LakeLayout(lake.forgotten().resolve(forgetting.name()));
  }

  /**
   * Moves what is still here.
   *
   * @throws IOException if something cannot be moved; the next try goes on
   */
  public void carryOut(Forgetting forgetting) throws IOException {
    LakeLayout target = target(forgetting);
    Set<StreamKey> streams = Set.copyOf(forgetting.streams());
    if (isBegun()) {
      Durable.flushFolder(lake.state()); // whoever wrote the note may have been killed before
    }
    Durable.createFolders(lake.root(), target.folder(Folder.CANDLES));
    for (StreamKey stream : forgetting.streams()) {
      for (Folder folder : OF_STREAMS) {
        move(lake.stream(folder, stream), target.stream(folder, stream), target.root());
        dropEmpty(lake.stream(folder, stream));
      }
    }
    for (LocalDate date : lake.dates(Folder.COVERAGE).dates()) {
      for (Path file : DataFiles.in(lake.day(Folder.COVERAGE, date))) {
        split(file, streams, target, date);
      }
    }
  }

  private void move(Path from, Path to, Path top) throws IOException {
    Path above = to.resolveSibling("").normalize();
    if (Files.isDirectory(from)) {
      Durable.createFolders(top, above);
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      flushMove(from, above);
      step.run();
    } else if (Files.isDirectory(to)) {
      flushMove(from, above); // whoever moved it may have been killed before
    }
  }

  private static void flushMove(Path from, Path above) throws IOException {
    Durable.flushFolder(above);
    Path left = from.resolveSibling("").normalize();
    while (!Files.isDirectory(left)) {
      left = left.resolveSibling("").normalize(); // it was empty and is gone too
    }
    Durable.flushFolder(left);
  }

  /** The folders of a symbol and a venue of which nothing is left. */
  private void dropEmpty(Path stream) throws IOException {
    Path symbol = stream.resolveSibling("").normalize();
    for (Path folder : List.of(symbol, symbol.resolveSibling("").normalize())) {
      if (Files.isDirectory(folder) && isEmpty(folder)) {
        Files.delete(folder);
        step.run();
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private void split(Path file, Set<StreamKey> streams, LakeLayout target, LocalDate date)
      throws IOException {
    List<CoverageRow> gone = new ArrayList<>();
    List<CoverageRow> rest = new ArrayList<>();
    for (CoverageRow row : CoverageFiles.readWhole(file)) {
      (streams.contains(row.stream()) ? gone : rest).add(row);
    }
    if (gone.isEmpty()) {
      return;
    }
    Durable.createFolders(target.root(), target.day(Folder.COVERAGE, date));
    new CoverageAppender(target).append(gone);
    step.run();
    if (!rest.isEmpty()) {
      new CoverageAppender(lake).append(rest);
      step.run();
    }
    Files.delete(file);
    Durable.flushFolder(file.resolveSibling(""));
    step.run();
  }

  /**
   * Takes the note away.
   *
   * @throws IOException if it cannot be deleted
   */
  public void end() throws IOException {
    Files.deleteIfExists(note());
    Durable.flushFolder(lake.state());
    step.run();
  }

  private Path note() {
    return lake.forgetNote();
  }
}
