package dev.candles.cli.status;

import dev.candles.cli.status.Concern.Level;
import dev.candles.core.watch.DiskStanding;
import dev.candles.core.watch.Finding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is wrong with the disk, by the rule that the collector acts by, in its alert's words. */
final class DiskConcern {
  private DiskConcern() {}

  /** Empty if all is well, or nobody can tell. */
  static Optional<Concern> of(DiskStanding disk, boolean isRunning) {
    return disk.finding()
        .filter(finding -> !finding.isWell())
        .map(finding -> of(finding, disk, isRunning));
  }

  private static Concern of(Finding finding, DiskStanding disk, boolean isRunning) {
    String doing =
        isRunning ? leftOut(disk.level().leftOut()) : "nothing as long as no collector runs";
    return Concern.of(
        Level.ACT,
        finding.kind().replace('_', ' ') + ": " + disk.room(),
        OptionalLong.empty(),
        doing + ". " + DiskStanding.REMEDY,
        "when there is room; then all goes on by itself",
        disk.isFull() ? Concerns.AS_FAR_AS_KEPT : Concerns.NOT_LOST);
  }

  private static String leftOut(List<String> what) {
    return what.isEmpty()
        ? "nothing is left out yet"
        : "the collector leaves out " + String.join(", ", what);
  }
}
