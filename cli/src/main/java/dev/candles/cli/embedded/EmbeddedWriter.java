package dev.candles.cli.embedded;

import dev.candles.lake.state.LakeLease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The collector of {@code ./candles run} by its name in the lake's lease. It has a job and a REST
 * API as one on a cluster has, but ends well by a signal only: the process, and a supervisor, would
 * take a job that another command stops for one that failed.
 */
public final class EmbeddedWriter {
  private static final String PREFIX = "embedded-";

  private EmbeddedWriter() {}

  /** A name that no other process has. */
  static String name() {
    return PREFIX + UUID.randomUUID();
  }

  /**
   * Refuses what is for a job on a cluster. Where such a collector has left its lease behind, that
   * is watched for two signs of life.
   *
   * @param root of the lake
   * @throws RefusedException if a collector of {@code ./candles run} has it; the message names it
   * @throws IOException if lock or lease cannot be read
   */
  public static void requireNone(Path root, LakeLease lease) throws IOException, RefusedException {
    if (lease.writer().filter(writer -> writer.startsWith(PREFIX)).isEmpty()) {
      return;
    }
    Optional<LakeHold.Writer> writer = LakeHold.writer(root, lease);
    if (writer.isPresent()) {
      throw new RefusedException(
          "nothing was stopped: a collector of ./candles run has the lake "
              + root
              + ": "
              + writer.get().name()
              + "; stop it with SIGTERM: Ctrl-C where it was started, kill PID, or systemctl stop"
              + " candles");
    }
  }
}
