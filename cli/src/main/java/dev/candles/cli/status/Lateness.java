package dev.candles.cli.status;

import java.time.Duration;

/** When what comes with checkpoints is late: nothing is before a few of them were due. Pure. */
final class Lateness {
  /** A minute is final within a few, and a checkpoint complete. */
  private static final long LATE_MS = Duration.ofMinutes(10).toMillis();

  /** So many intervals of checkpoints without one are too many. */
  private static final long LATE_INTERVALS = 3;

  /** After so long a check that is made once a day is late, market milliseconds. */
  private static final long QA_LATE_MS = Duration.ofDays(2).toMillis();

  private Lateness() {}

  private static long intervalsMs(Status status) {
    return LATE_INTERVALS * status.job().map(job -> job.checkpoints().intervalMs()).orElse(0L);
  }

  /** After so long a checkpoint is late, real milliseconds. */
  private static long ofCheckpointMs(Status status) {
    return Math.max(LATE_MS, intervalsMs(status));
  }

  /** After so long what is in no file is late, market milliseconds. */
  static long ofFilesMs(Status status) {
    return Math.max(LATE_MS, status.clock().marketDuration(intervalsMs(status)));
  }

  /** Since when there is to be another checkpoint, real time, epoch ms. */
  static long checkpointDueSinceMs(Status status) {
    return Math.max(status.checkpointMs(), status.job().map(job -> job.sinceMs()).orElse(0L));
  }

  /** Then the files say nothing of what has come since. */
  static boolean isCheckpointLate(Status status) {
    return status.job().isPresent()
        && status.realMs() - checkpointDueSinceMs(status) > ofCheckpointMs(status);
  }

  /** Since when the lake is to be checked once more, market time, epoch ms, UTC. */
  static long qaDueSinceMs(Status status) {
    long checkedMs = status.qa().map(QaVerdict::atMs).orElse(0L);
    long startedMs = status.job().map(job -> job.sinceMs()).orElse(0L);
    return status.marketMs(Math.max(checkedMs, startedMs));
  }

  /** Then the last verdict says nothing of what has been collected since. */
  static boolean isQaLate(Status status) {
    return status.qaDaily()
        && status.job().isPresent()
        && status.nowMs() - qaDueSinceMs(status) > QA_LATE_MS;
  }
}
