package dev.candles.core.watch;

import java.util.Optional;

/**
 * Whether checkpoints fail one after the other, in whichever attempt of a job: one that ends before
 * any was complete or failed counts as one that failed. Pure and not thread-safe.
 */
public final class CheckpointFailures {
  private final int most;
  private int failed;
  private boolean known;
  private boolean begun;
  private boolean seen;

  /**
   * @param most so many in a row are told
   */
  public CheckpointFailures(int most) {
    this.most = most;
  }

  /** An attempt begins; the one before it has ended. */
  public void begin() {
    if (begun && !seen) {
      failed();
    }
    begun = true;
    seen = false;
  }

  /** One failed. */
  public void failed() {
    seen = true;
    failed++;
    known |= failed >= most;
  }

  /** One is complete. */
  public void completed() {
    seen = true;
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
