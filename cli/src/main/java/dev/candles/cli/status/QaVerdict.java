package dev.candles.cli.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.candles.cli.daily.QaReports;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the daily checks said last, by their report.
 *
 * @param file the report
 * @param atMs when it began, real time, epoch ms
 */
public record QaVerdict(Path file, long atMs, boolean passed) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String NAME = "qa_report.json";

  /** A report that began later than now by more is of a clock that was wrong then. */
  private static final long AHEAD_MS = Duration.ofDays(1).toMillis();

  /**
   * The newest report about a lake among the collector's own, those in the usual places (this
   * folder, the lake's state, beside the lake), and what the lake keeps of the last checks of the
   * whole. A part that passed says nothing of the rest, so its report is passed over, and so is one
   * of a clock that was ahead: it would hide all later ones. What the lake itself keeps is about it
   * wherever it lay then.
   *
   * @param nowMs real time, epoch ms
   */
  public static Optional<QaVerdict> newest(Path lake, long nowMs) {
    Path root = lake.toAbsolutePath().normalize();
    LakeLayout layout = new LakeLayout(root);
    Stream<Path> usual =
        Stream.of(Path.of(NAME), layout.state().resolve(NAME), root.resolveSibling(NAME));
    return Stream.of(
            usual.flatMap(file -> read(file, Optional.of(root)).stream()),
            ofDays(new QaReports(layout)).filter(daily -> !daily.isAhead(nowMs)).limit(1),
            read(layout.qaOfWhole(), Optional.empty()).stream())
        .flatMap(Function.identity())
        .filter(verdict -> !verdict.isAhead(nowMs))
        .max(Comparator.comparingLong(QaVerdict::atMs));
  }

  /** The newest day first; each is read only when it is looked at. */
  private static Stream<QaVerdict> ofDays(QaReports reports) {
    try {
      return reports.dates().stream()
          .flatMap(date -> read(reports.report(date), Optional.empty()).stream());
    } catch (IOException unreadable) {
      return Stream.empty();
    }
  }

  private boolean isAhead(long nowMs) {
    return atMs - AHEAD_MS > nowMs;
  }

  /**
   * Empty if it is no report, another lake's, or that of a part that passed: somebody may write
   * there at this moment. Older builds do not say how much they looked at; it counts as the whole.
   *
   * @param lake whose report it has to be by its own words; empty if its place says so
   */
  private static Optional<QaVerdict> read(Path file, Optional<Path> lake) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    long atMs = 0;
    boolean isOfLake = lake.isEmpty();
    boolean isWhole = true;
    try (JsonParser json = JSON.createParser(file.toFile())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (field.equals("lake") && lake.isPresent()) {
          isOfLake = Path.of(json.getText()).toAbsolutePath().normalize().equals(lake.get());
        } else if (field.equals("started_at_ms")) {
          atMs = json.getLongValue();
        } else if (field.equals("days")) {
          isWhole &= json.getLongValue() == 0;
        } else if (field.equals("venues")) {
          isWhole &= isEmpty(json);
        } else if (field.equals("passed")) {
          boolean passed = value == JsonToken.VALUE_TRUE;
          return isOfLake && (isWhole || !passed)
              ? Optional.of(new QaVerdict(file, atMs, passed))
              : Optional.empty();
        }
        json.skipChildren();
      }
      return Optional.empty();
    } catch (IOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
  }

  /** Whether the array that begins here has no element; leaves the parser at its end. */
  private static boolean isEmpty(JsonParser json) throws IOException {
    boolean isEmpty = true;
    for (JsonToken each = json.nextToken();
        each != null && each != JsonToken.END_ARRAY;
        each = json.nextToken()) {
      json.skipChildren();
      isEmpty = false;
    }
    return isEmpty;
  }
}
