package dev.candles.lake.state;

import dev.candles.lake.disk.Durable;
import dev.candles.lake.disk.SmallFile;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.manifest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bytes that a savepoint had when it was taken: a file {@code _sha256} in it, as {@code
 * sha256sum} writes it. Flink would take a garbled price for a price.
 */
final class Seal {
  private static final String FILE = "_sha256";
  private static final String BETWEEN = "  ";

  /** A line has a hundred bytes, and a savepoint of a large job some thousand files. */
  private static final int MAX_BYTES = 4 << 20;

  private Seal() {}

  /** Seals the files that are in the folder now, but for those whose names say they are ours. */
  static void write(Path savepoint) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Path file : files(savepoint)) {
      lines.append(Sha256.of(file)).append(BETWEEN).append(Folders.name(file)).append('\n');
    }
    Durable.write(
        savepoint.resolve(FILE),
        lines.toString().getBytes(StandardCharsets.UTF_8),
        savepoint.resolve("." + FILE + "-" + UUID.randomUUID()));
  }

  private static List<Path> files(Path savepoint) throws IOException {
    try (Stream<Path> entries = Files.list(savepoint)) {
      return entries
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !isOurs(Folders.name(file)))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  private static boolean isOurs(String name) {
    return name.equals(FILE) || name.equals(Origin.FILE) || name.startsWith(".");
  }

  /** What is not as it was when it was sealed; empty if all is, or it was not sealed. */
  static Optional<String> broken(Path savepoint) throws IOException {
    Optional<String> seal;
    try {
      seal = SmallFile.text(savepoint.resolve(FILE), MAX_BYTES);
    } catch (NoSuchFileException unsealed) {
      return Optional.empty();
    }
    if (seal.isEmpty()) {
      return Optional.of("its " + FILE + " is no file of at most " + MAX_BYTES + " bytes");
    }
    List<String> lines = seal.get().lines().toList();
    for (String line : lines) {
      String[] parts = line.split(BETWEEN, 2);
      Path file = savepoint.resolve(parts[parts.length - 1]);
      if (!Files.isRegularFile(file)) {
        return Optional.of("its file is gone: " + file);
      }
      String found = Sha256.of(file);
      if (!found.equals(parts[0])) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "its file is not what it was when it was taken: file=%s, sha256=%s, expected=%s",
                file,
                found,
                parts[0]));
      }
    }
    return lines.isEmpty() ? Optional.of("its " + FILE + " is empty") : Optional.empty();
  }
}
