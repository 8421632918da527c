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
import org.jspecify.annotations.Nullable;

/**
 * What lies directly in a folder of data files, and what is wrong there, as data: a reader goes on
 * without it, a check reports it.
 *
 * @param files the data files, by name; those that were found before {@code failure}
 * @param foreign what is no data file and nobody's work in progress, at most {@link #MOST_FOREIGN}
 * @param tooMany whether there are more than may be: then none is in {@code files}
 * @param failure why the folder could not be listed to its end; null if it was
 */
public record FolderListing(
    List<Path> files, List<Path> foreign, boolean tooMany, @Nullable IOException failure) {
  /** So much that is not ours is named at most. */
  public static final int MOST_FOREIGN = 1_000;

  private static final FolderListing EMPTY = new FolderListing(List.of(), List.of(), false, null);

  /**
   * Lists a folder; one that is not there is empty, one that cannot be reached is not.
   *
   * @param most data files that there may be
   */
  public static FolderListing of(Path folder, int most) {
    List<Path> files = new ArrayList<>();
    List<Path> foreign = new ArrayList<>();
    IOException failure = null;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        take(entry, files, foreign);
        if (files.size() > most) {
          return new FolderListing(List.of(), foreign, true, null);
        }
      }
    } catch (NoSuchFileException absent) {
      return EMPTY;
    } catch (DirectoryIteratorException broken) {
      failure = broken.getCause();
    } catch (IOException broken) {
      failure = broken;
    }
    Collections.sort(files);
    return new FolderListing(files, foreign, false, failure);
  }

  private static void take(Path entry, List<Path> files, List<Path> foreign) {
    String name = Folders.name(entry);
    if (DataFiles.isData(name)) {
      if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        files.add(entry);
      } else if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) { // else it is gone by now
        addForeign(entry, foreign);
      }
    } else if (DataFiles.isStranger(name) || !isAside(name) || Files.isDirectory(entry)) {
      addForeign(entry, foreign);
    }
  }

  private static void addForeign(Path entry, List<Path> foreign) {
    if (foreign.size() < MOST_FOREIGN) {
      foreign.add(entry);
    }
  }

  /** Work in progress, manifests, locks: files that a reader passes over. */
  private static boolean isAside(String name) {
    return name.startsWith(".") || name.startsWith("_") || DataFiles.isTemporary(name);
  }
}
