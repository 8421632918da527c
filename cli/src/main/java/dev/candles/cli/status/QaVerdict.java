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
import java.util.Comparator;
import java.util.Optional;
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

  /**
   * The newest report about a lake among the collector's own, those in the usual places (this
   * folder, the lake's state, beside the lake), and what the lake keeps of the last checks of the
   * whole. A part that passed says nothing of the rest, so its report is passed over.
   */
  public static Optional<QaVerdict> newest(Path lake) {
    Path root = lake.toAbsolutePath().normalize();
    LakeLayout layout = new LakeLayout(root);
    Stream<Path> usual =
        Stream.of(Path.of(NAME), layout.state().resolve(NAME), root.resolveSibling(NAME));
    Stream<Path> own =
        Stream.concat(daily(new QaReports(layout)).stream(), Stream.of(layout.qaOfWhole()));
    return Stream.concat(usual, own)
        .filter(Files::isRegularFile)
        .flatMap(file -> read(file, root).stream())
        .max(Comparator.comparingLong(QaVerdict::atMs));
  }

  private static Optional<Path> daily(QaReports reports) {
    try {
      return reports.newest().map(reports::report);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Empty if it is no report, another lake's, or that of a part that passed: somebody may write
   * there at this moment. Older builds do not say how much they looked at; it counts as the whole.
   */
  private static Optional<QaVerdict> read(Path file, Path lake) {
    long atMs = 0;
    boolean isOfLake = false;
    boolean isWhole = true;
    try (JsonParser json = JSON.createParser(file.toFile())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (field.equals("lake")) {
          isOfLake = Path.of(json.getText()).toAbsolutePath().normalize().equals(lake);
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
