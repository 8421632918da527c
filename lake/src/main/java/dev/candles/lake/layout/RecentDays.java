package dev.candles.lake.layout;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * The newest days of one stream, and its oldest. Of the days between, which may be years, the names
 * are compared as text and nothing else is looked at.
 *
 * @param dates since the first that was asked for, ascending
 * @param oldest of all days; empty if there is none
 */
record RecentDays(List<LocalDate> dates, Optional<LocalDate> oldest) {

  /**
   * The days that have a folder in {@code parent}, which may be absent.
   *
   * @param first name of the first folder that is asked for
   * @param isFolder asked before a name is believed to be a day's
   * @throws IOException if the folder cannot be listed
   */
  static RecentDays in(Path parent, String first, Predicate<Path> isFolder) throws IOException {
    List<LocalDate> dates = new ArrayList<>();
    PriorityQueue<Path> before = new PriorityQueue<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        if (Folders.name(entry).compareTo(first) < 0) {
          before.add(entry);
        } else {
          date(entry, isFolder).ifPresent(dates::add);
        }
      }
    } catch (NoSuchFileException absent) {
      return new RecentDays(List.of(), Optional.empty());
    } catch (DirectoryIteratorException broken) {
      throw broken.getCause();
    }
    Collections.sort(dates);
    Optional<LocalDate> oldest = Optional.empty();
    while (oldest.isEmpty() && !before.isEmpty()) {
      oldest = date(before.remove(), isFolder);
    }
    return new RecentDays(dates, oldest.or(() -> dates.stream().findFirst()));
  }

  private static Optional<LocalDate> date(Path entry, Predicate<Path> isFolder) {
    return Dates.parse(Folders.name(entry)).filter(date -> isFolder.test(entry));
  }
}
