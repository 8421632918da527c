package dev.candles.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** What a pid file says of its process, for tests of other packages. */
public final class PidFile {
  private PidFile() {}

  /** Whether there is any in a folder. */
  public static boolean any(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var files = Files.list(folder)) {
      return files.findAny().isPresent();
    }
  }

  /**
   * The process that the file of a role names now, though the file may go: whether it has ended.
   */
  public static BooleanSupplier ended(Path file, String role) throws Exception {
    Member member = Member.read(role, file);
    return () -> !member.isAlive();
  }
}
