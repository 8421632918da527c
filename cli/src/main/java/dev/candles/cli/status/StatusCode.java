package dev.candles.cli.status;

import dev.candles.cli.status.Concern.Level;

/** What a status is to scripts: the exit code of {@code ./candles status}. Pure. */
public final class StatusCode {
  private static final int FINE = 0;
  private static final int NOT_FINE = 1;
  private static final int NOT_RUNNING = 4;

  private StatusCode() {}

  /** Whether a collector runs, whatever else is wrong. */
  public static int ofCollector(Status status) {
    if (!status.found().unanswered().isEmpty()) {
      return NOT_FINE;
    }
    return status.job().isPresent() ? FINE : NOT_RUNNING;
  }

  /** The same, and 1 where somebody has something to do. */
  public static int ofAll(Status status) {
    int code = ofCollector(status);
    boolean isToDo = Concerns.of(status).stream().anyMatch(concern -> concern.level() == Level.ACT);
    return code == FINE && isToDo ? NOT_FINE : code;
  }
}
