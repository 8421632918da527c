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

  /** The problem as the failure of whoever cannot go on because of it. */
  public IOException refusal() {
    if (failure != null) {
      return failure;
    }
    return switch (kind) {
      case INTENT_UNBELIEVABLE, MANIFEST_UNBELIEVABLE -> new IOException(detail); // names the file
      case UNLISTABLE -> refusal("cannot be listed");
      case TOO_MANY_FILES -> refusal("too many files in one partition");
      case FOREIGN_FILE -> refusal("file is not the lake's");
      case FILE_MISSING -> refusal("manifest or intent names a file that is gone");
      case OTHER_LENGTH -> refusal("file has another length than the manifest says");
    };
  }

  private IOException refusal(String what) {
    return new IOException(what + ": file=" + path + ", " + detail);
  }

  static ListingProblem of(Kind kind, Path path, String detail) {
    return new ListingProblem(kind, path, detail, null);
  }

  static ListingProblem of(Kind kind, Path path, IOException failure) {
    return new ListingProblem(kind, path, failure.toString(), failure);
  }
}
