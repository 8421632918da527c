package dev.candles.cli.demo;

import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.parquet.CoverageFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads every file of a lake as soon as its name ends in {@code .parquet}, hidden or not, as
 * DuckDB's glob would: one that is only half there cannot be read.
 *
 * <ol>
 *   <li>The constructor starts a thread, which looks ten times a second and reads what is new.
 *   <li>{@link #close} ends it; {@link #again} reads all that is there once more.
 * </ol>
 */
final class WholeFiles implements AutoCloseable {
  private static final long LOOK_MS = 100;
  private static final String CANDLES = Folder.CANDLES.label();
  private static final String REVISIONS = Folder.REVISIONS.label();
  private static final String COVERAGE = Folder.COVERAGE.label();

  private final Path lake;
  private final LakeLayout layout;
  private final Set<Path> read = new HashSet<>();
  private final List<String> broken = new ArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private int vanished;

  WholeFiles(Path lake) {
    this.lake = lake;
    this.layout = new LakeLayout(lake);
    thread.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  /** What could not be read though it did not vanish; empty in a sound lake. */
  synchronized List<String> broken() {
    return List.copyOf(broken);
  }

  /** Reads all that is there once more. */
  synchronized void again() {
    read.clear();
    look();
  }

  @Override
  public synchronized String toString() {
    return "%d files read, %d vanished before, %d broken"
        .formatted(read.size(), vanished, broken.size());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private synchronized void look() {
    try {
      for (String folder : List.of(CANDLES, REVISIONS, COVERAGE)) {
        look(lake.resolve(folder));
      }
    } catch (IOException | RuntimeException e) {
      broken.add("cannot look: " + e); // an exception would end the thread in silence
    }
  }

  private void look(Path top) throws IOException {
    if (!Files.exists(top)) {
      return;
    }
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".parquet") && read.add(file)) {
              read(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // renamed or swept between listing and look
            }
            throw e;
          }
        });
  }

  private void read(Path file) {
    try {
      if (file.startsWith(lake.resolve(COVERAGE))) {
        int unused = CoverageFiles.read(file).size();
      } else {
        int unused = CandleFiles.read(file, partition(file)).size();
      }
    } catch (NoSuchFileException gone) {
      vanished++;
    } catch (IOException | RuntimeException e) {
      broken.add(file + ": " + e);
    }
  }

  private Partition partition(Path file) {
    boolean candle = file.startsWith(lake.resolve(CANDLES));
    Path top = layout.folder(candle ? Folder.CANDLES : Folder.REVISIONS);
    String id = top.relativize(file.getParent()).toString().replace('\\', '/');
    return Partition.parse(id).orElseThrow(() -> new IllegalArgumentException("no partition"));
  }
}
