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
   * is watched for two signs of life. A lake of which lock or lease cannot be read is not seen
   * here, and nothing is refused: that is for whoever stops its job to judge.
   *
   * @param root of the lake
   * @throws RefusedException if a collector of {@code ./candles run} has it; the message names it
   */
  public static void requireNone(Path root, LakeLease lease) throws RefusedException {
    Optional<LakeHold.Writer> writer = seen(root, lease);
    if (writer.isPresent()) {
      throw new RefusedException(
          "nothing was stopped: a collector of the command run has the lake "
              + root
              + ": "
              + writer.get().name()
              + "; stop it with SIGTERM: Ctrl-C where it was started, kill PID, or systemctl stop"
              + " candles");
    }
  }

  private static Optional<LakeHold.Writer> seen(Path root, LakeLease lease) {
    try {
      return lease.writer().filter(writer -> writer.startsWith(PREFIX)).isPresent()
          ? LakeHold.writer(root, lease)
          : Optional.empty();
    } catch (IOException unseen) {
      return Optional.empty();
    }
  }
}
