package dev.candles.lake.layout;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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

  private static final String IN_PROGRESS = ".inprogress.";

  private DataFiles() {}

  /** Whether a file of this name is data: visible, finished, Parquet. */
  public static boolean isData(String name) {
    return name.endsWith(PARQUET_SUFFIX)
        && !name.startsWith(".")
        && !name.startsWith("_")
        && !name.contains(IN_PROGRESS);
  }

  /** Whether a file of this name is somebody's work in progress. */
  public static boolean isTemporary(String name) {
    return name.contains(IN_PROGRESS) || (name.startsWith(".") && name.endsWith(TEMPORARY_SUFFIX));
  }

  /**
   * The data files directly in {@code folder}, by name; none if there is no such folder.
   *
   * @throws IOException if the folder cannot be listed
   */
  public static List<Path> in(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, DataFiles::isDataPath)) {
      for (Path file : entries) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          files.add(file);
        }
      }
    } catch (NoSuchFileException absent) {
      return List.of();
    } catch (DirectoryIteratorException broken) {
      throw broken.getCause();
    }
    Collections.sort(files);
    return files;
  }

  private static boolean isDataPath(Path path) {
    Path name = path.getFileName();
    return name != null && isData(name.toString());
  }
}
