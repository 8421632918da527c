package dev.candles.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** What a pid file says of its process, for tests of other packages. */
public final class PidFile {
  private PidFile() {}

  /** Writes the one of a process into a cluster's folder, which is made. */
  public static void write(Path cluster, String role, Process process) throws Exception {
    ClusterFolder folder = new ClusterFolder(cluster);
    folder.prepare();
    folder.add(Member.here(role, OsProcess.of(process.pid()).orElseThrow(), 0));
  }

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
