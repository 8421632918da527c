package dev.candles.core.watch;

import java.util.Optional;

/** Whether checkpoints fail one after the other. Pure and not thread-safe. */
public final class CheckpointFailures {
  private final int most;
  private int failed;
  private boolean known;

  /**
   * @param most so many in a row are told
   */
  public CheckpointFailures(int most) {
    this.most = most;
  }

  /** One failed. */
  public void failed() {
    failed++;
    known |= failed >= most;
  }

  /** One is complete. */
  public void completed() {
    failed = 0;
    known = true;
  }

  /** How they stand; empty while neither was seen, or too few failed to tell. */
  public Optional<Finding> finding() {
    if (!known || (failed > 0 && failed < most)) {
      return Optional.empty();
    }
    return Optional.of(
        failed == 0
            ? new Finding("checkpoints_well", Severity.INFO, "Checkpoints are complete again")
            : new Finding(
                "checkpoints_fail",
                Severity.WARNING,
                most
                    + " checkpoints failed in a row, nothing new becomes visible. See Checkpoints in"
                    + " the web UI, the log, the disk"));
  }
}
