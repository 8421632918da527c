package dev.candles.job.config;

import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the lake is.
 *
 * @param directory its root folder, absolute; text, because a path cannot be serialized
 */
public record LakeConfig(String directory) implements Serializable {
  static final Key DIRECTORY = new Key("data_dir", "path", "data");
  static final List<Key> KEYS = List.of(DIRECTORY);

  private static final Pattern OBJECT_STORE = Pattern.compile("(?i)s3[an]?:.*");

  /**
   * @param start the folder at which a relative path starts
   */
  static LakeConfig read(Section root, Path start) {
    String text = root.text(DIRECTORY.name()).orElse(DIRECTORY.byDefault());
    try {
      return new LakeConfig(PathText.resolve(start, text).toString());
    } catch (InvalidPathException e) {
      boolean bucket = OBJECT_STORE.matcher(e.getInput()).matches();
      String hint = bucket ? "; only checkpoint_dir may be in an object store" : "";
      root.refused(DIRECTORY.name(), e.getInput(), e.getReason() + hint);
      return new LakeConfig(text);
    }
  }

  /** The lake's root folder. */
  public Path path() {
    return Path.of(directory);
  }
}
