package dev.candles.job.sink;

import java.nio.file.Path;

/**
 * Folders of this machine as Flink names them. The only place where one becomes the other: {@link
 * Path#toUri} escapes what a URI gives a meaning, and Flink takes a text as it is, so that {@code
 * my lake} would become a second folder {@code my%20lake}.
 */
public final class FlinkPath {
  private static final String SCHEME = "file";

  private FlinkPath() {}

  /** The folder for those who take Flink's path. */
  public static org.apache.flink.core.fs.Path of(Path folder) {
    return new org.apache.flink.core.fs.Path(SCHEME, "", folder.toAbsolutePath().toString());
  }

  /** The folder for options that are a text. */
  public static String text(Path folder) {
    return of(folder).toString();
  }

  /** The folder that Flink's text names. */
  public static Path folder(String text) {
    return Path.of(new org.apache.flink.core.fs.Path(text).getPath());
  }
}
