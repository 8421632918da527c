package dev.candles.cli.daily;

import dev.candles.batch.quality.html.HtmlReport;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The reports of the daily checks, {@code reports/qa-2026-01-09.json} and {@code .html} in the
 * lake, by the UTC day on which the checks began. Whatever else lies there is left alone.
 */
public final class QaReports {
  /** Of so many days they are kept. */
  static final int MOST_DAYS = 30;

  private static final String PREFIX = "qa-";
  private static final String REPORT = ".json";
  private static final String PAGE = ".html";

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final Path folder;

  /** Those of a lake. */
  public QaReports(LakeLayout lake) {
    this.folder = lake.reports();
  }

  /** The report of a date, as JSON. */
  public Path report(LocalDate date) {
    return folder.resolve(PREFIX + date + REPORT);
  }

  /** The page of a date. */
  public Path page(LocalDate date) {
    return folder.resolve(PREFIX + date + PAGE);
  }

  /** What the checks last printed. */
  Path output() {
    return folder.resolve(PREFIX + "last.log");
  }

  /** Makes the folder. */
  void open() throws IOException {
    Files.createDirectories(folder);
  }

  /**
   * The date of the newest report.
   *
   * @throws IOException if the folder is there and cannot be listed
   */
  Optional<LocalDate> newest() throws IOException {
    return dates().stream().findFirst();
  }

  /**
   * The newest date of checks that ended. The day 1970-01-01 where some were begun and none ever
   * ended, because they or their collector were killed; empty where none were begun.
   *
   * @throws IOException if the folder is there and cannot be listed
   */
  Optional<LocalDate> newestEnded() throws IOException {
    boolean begun = Files.isDirectory(folder);
    return newest().or(() -> begun ? Optional.of(LocalDate.EPOCH) : Optional.empty());
  }

  /**
   * Deletes those of all days but the newest {@link #MOST_DAYS}, and what was never finished. Those
   * of a clock that was ahead stay and are not counted.
   */
  void sweep(LocalDate today) throws IOException {
    for (Path unfinished : unfinished()) {
      Files.deleteIfExists(unfinished);
    }
    List<LocalDate> past = dates().stream().filter(date -> !date.isAfter(today)).toList();
    for (LocalDate date : past.stream().skip(MOST_DAYS).toList()) {
      Files.deleteIfExists(page(date));
      Files.deleteIfExists(report(date));
    }
  }

  /**
   * The dates of all reports, newest first.
   *
   * @throws IOException if the folder is there and cannot be listed
   */
  public List<LocalDate> dates() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .flatMap(file -> date(String.valueOf(file.getFileName())).stream())
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private List<Path> unfinished() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> isUnfinished(String.valueOf(file.getFileName()))).toList();
    }
  }

  /** A page has a name of its own before it gets its temporary one. */
  private static boolean isUnfinished(String name) {
    return name.startsWith(".")
        && name.replaceFirst("^\\.+", "").startsWith(PREFIX)
        && (name.endsWith(DataFiles.TEMPORARY_SUFFIX) || name.endsWith(HtmlReport.PART_SUFFIX));
  }

  private static Optional<LocalDate> date(String name) {
    if (!name.startsWith(PREFIX) || !name.endsWith(REPORT)) {
      return Optional.empty();
    }
    String text = name.substring(PREFIX.length(), name.length() - REPORT.length());
    try {
      return DATE.matcher(text).matches() ? Optional.of(LocalDate.parse(text)) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty(); // a file of somebody else
    }
  }
}
