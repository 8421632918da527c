package dev.candles.lake.partition;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with the files of a partition, told by names, lengths and notes alone.
 *
 * @param path the file or folder that it is about
 * @param detail what exactly
 * @param failure why something could not be read at all; null if it could be
 */
public record ListingProblem(Kind kind, Path path, String detail, @Nullable IOException failure) {

  /** The kinds of problems. */
  public enum Kind {
    /** A folder cannot be listed. */
    UNLISTABLE,
    /** More data files than may be; none of them is listed. */
    TOO_MANY_FILES,
    /** A file that is not the lake's, and may be read by a glob. */
    FOREIGN_FILE,
    /** The intent makes no sense, so that nobody acts on it; all files count. */
    INTENT_UNBELIEVABLE,
    /** The manifest makes no sense; the files count as if there were none. */
    MANIFEST_UNBELIEVABLE,
    /** The manifest or the intent names a file that is not here, however often one looks. */
    FILE_MISSING,
    /** A file has another length than the manifest says. */
    OTHER_LENGTH
  }

  static ListingProblem of(Kind kind, Path path, String detail) {
    return new ListingProblem(kind, path, detail, null);
  }

  static ListingProblem of(Kind kind, Path path, IOException failure) {
    return new ListingProblem(kind, path, failure.toString(), failure);
  }
}
