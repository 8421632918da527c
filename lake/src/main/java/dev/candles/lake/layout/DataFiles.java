package dev.candles.lake.layout;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names of files. A temporary name never ends in {@code .parquet}, because DuckDB's glob reads
 * hidden files too; Flink's {@code .c-….parquet.inprogress.…} is safe.
 */
public final class DataFiles {
  /** For Flink's {@code OutputFileConfig}, which puts a hyphen between it and its own number. */
  public static final String PART_PREFIX = "c";

  /** For Flink's {@code OutputFileConfig}: data files, Parquet. */
  public static final String PARQUET_SUFFIX = ".parquet";

  /** For Flink's {@code OutputFileConfig}: rejects, JSON lines. */
  public static final String LINES_SUFFIX = ".jsonl";

  /** What the names of our own temporary files end in. */
  public static final String TEMPORARY_SUFFIX = ".tmp";

  /**
   * Most data files of one partition, of candles or of revisions, that are looked at. A file holds
   * a candle at least and a day 1,440 of them, so that this many are not the collector's work.
   */
  public static final int MAX_FILES = 20_000;

  private static final String IN_PROGRESS = ".inprogress.";

  /** Whoever writes faster than this reads has the rest read the next time. */
  private static final int MAX_LISTINGS = 8;

  private DataFiles() {}

  /** Whether a file of this name is data: visible, finished, Parquet. */
  public static boolean isData(String name) {
    return name.endsWith(PARQUET_SUFFIX)
        && !name.startsWith(".")
        && !name.startsWith("_")
        && !isInProgress(name);
  }

  /**
   * Whether a file of this name is none of ours, and a reader's {@code *.parquet} finds it:
   * DuckDB's does find hidden ones, such as the {@code ._c-….parquet} that a file manager leaves.
   */
  public static boolean isStranger(String name) {
    return name.endsWith(PARQUET_SUFFIX) && !isData(name);
  }

  /** Whether a file of this name is somebody's work in progress. */
  public static boolean isTemporary(String name) {
    return isInProgress(name) || (name.startsWith(".") && name.endsWith(TEMPORARY_SUFFIX));
  }

  /** Whether a file of this name is one that the collector has not finished. */
  public static boolean isInProgress(String name) {
    return name.contains(IN_PROGRESS);
  }

  /**
   * The data files directly in {@code folder}, by name; none if there is no such folder.
   *
   * @throws IOException if the folder cannot be listed
   */
  public static List<Path> in(Path folder) throws IOException {
    FolderListing listing = FolderListing.of(folder, Integer.MAX_VALUE);
    IOException failure = listing.failure();
    if (failure != null) {
      throw failure;
    }
    return listing.files();
  }

  /** Reads one file. */
  public interface Reading {
    /**
     * Reads.
     *
     * @throws NoSuchFileException if the file is gone
     */
    void read(Path file) throws IOException;
  }

  /**
   * Has every data file directly in {@code folder} read, while a merge may put one file in the
   * place of others. A listing is not of one moment: it can lack both an input that is gone and the
   * output that was not there yet. So the folder is listed again until there is no new name. What a
   * merge replaced while it was read is read twice.
   *
   * @throws IOException if the folder cannot be listed, if files keep vanishing, or from {@code
   *     reading}
   */
  public static void readAll(Path folder, Reading reading) throws IOException {
    Set<Path> known = new HashSet<>();
    NoSuchFileException last = null;
    for (int i = 0; i < MAX_LISTINGS; i++) {
      List<Path> unread = new ArrayList<>(in(folder));
      unread.removeAll(known);
      if (unread.isEmpty()) {
        return;
      }
      last = null;
      for (Path file : unread) {
        try {
          reading.read(file);
          known.add(file);
        } catch (NoSuchFileException vanished) {
          last = vanished;
        }
      }
    }
    if (last != null) {
      throw new IOException("files keep vanishing: folder=" + folder, last);
    }
  }
}
