package dev.candles.job.config;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Paths as people type them, in the configuration and on the command line. {@code ~/} is the home
 * folder; what another program would read as something else than a path here is refused, because it
 * would make a folder of that name.
 */
public final class PathText {
  private static final String HERE = "the path of a folder or file of this machine";
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)([a-z][a-z0-9+.-]*://|(s3[an]?|gs|abfss?|wasbs?|hdfs|oss):).*");
  private static final Pattern FILE_ADDRESS = Pattern.compile("(?i)file:.*");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:([\\\\/].*)?");
  private static final Pattern VARIABLE = Pattern.compile(".*\\$\\{.*|\\$\\w+(/.*)?|%\\w+%.*");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
  private static final String ENCODING = System.getProperty("sun.jnu.encoding", "unknown");
  private static final boolean SLASHES = File.separatorChar == '/';

  private PathText() {}

  /**
   * The path that {@code text} names, relative if it is.
   *
   * @throws InvalidPathException if it is none; its reason says what was expected
   */
  public static Path parse(String text) {
    refuseOthers(text);
    return usable(text.startsWith("~") ? atHome(text) : path(text), text);
  }

  /**
   * The path that {@code text} names, absolute.
   *
   * @param folder where a relative path starts
   * @throws InvalidPathException as {@link #parse}, and if the folder itself cannot be used
   */
  public static Path resolve(Path folder, String text) {
    return absolute(folder.resolve(parse(text)));
  }

  /**
   * {@code path} from the root.
   *
   * @throws InvalidPathException if a folder above it cannot be used
   */
  public static Path absolute(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    return usable(absolute, absolute.toString());
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw wrong(text, HERE + " in its encoding (" + ENCODING + "): " + e.getReason());
    }
  }

  private static void refuseOthers(String text) {
    if (text.isBlank()) {
      throw wrong(text, HERE);
    }
    if (FILE_ADDRESS.matcher(text).matches()) {
      throw wrong(text, HERE + ", without 'file:'");
    }
    if (SLASHES && DRIVE.matcher(text).matches()) {
      throw wrong(text, HERE + "; this is one of Windows");
    }
    if (ADDRESS.matcher(text).matches()) {
      throw wrong(text, HERE + "; object stores and other addresses are not supported");
    }
    if (VARIABLE.matcher(text).matches()) {
      throw wrong(text, HERE + "; variables are not replaced, write out what it stands for");
    }
  }

  private static Path atHome(String text) {
    if (!text.equals("~") && !text.startsWith("~/")) {
      throw wrong(text, HERE + "; only ~/ is replaced, write ./" + text + " if it is meant so");
    }
    Path home = Path.of(System.getProperty("user.home", ""));
    if (!home.isAbsolute()) {
      throw wrong(text, HERE + "; this user has no home folder");
    }
    return home.resolve(path(text.substring(1).replaceFirst("^/+", "")));
  }

  /** Flink reads a backslash as a slash: checkpoints would go elsewhere. */
  private static Path usable(Path path, String text) {
    if (SLASHES && path.toString().indexOf('\\') >= 0) {
      throw wrong(text, HERE + " without a backslash");
    }
    if (CONTROL.matcher(path.toString()).find()) {
      throw wrong(text, HERE + " without control characters");
    }
    return path;
  }

  private static InvalidPathException wrong(String text, String expected) {
    return new InvalidPathException(text, expected);
  }
}
