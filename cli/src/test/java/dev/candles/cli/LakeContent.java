package dev.candles.cli;

import dev.candles.lake.manifest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a lake, to be compared with those of another. */
public final class LakeContent {
  private LakeContent() {}

  /** Every file with its hash, by path below the root; {@code .state} holds no data. */
  public static Map<String, String> of(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(root.resolve(".state"))) {
          content.put(root.relativize(file).toString(), Sha256.of(file));
        }
      }
    }
    return content;
  }
}
