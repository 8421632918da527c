package dev.candles.job.operator;

import dev.candles.core.watch.CheckpointFailures;
import dev.candles.core.watch.ClockAlert;
import dev.candles.core.watch.DiskLevel;
import dev.candles.core.watch.DiskStanding;
import dev.candles.core.watch.Finding;
import dev.candles.core.watch.VenueGaps;
import dev.candles.core.watch.WatchNews;
import dev.candles.job.alert.Notice;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All that is watched in one attempt: news go in, and what is another word than the last of this
 * attempt is told. Times are market time, epoch ms, UTC.
 */
final class Watches implements WatchNews.Handler<RuntimeException> {
  private static final String DISK = "disk";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String CLOCK = "clock-";
  private static final String GAPS = "gaps-";

  private final Map<String, VenueGaps> gaps;
  private final CheckpointFailures checkpoints;
  private final Consumer<Notice> teller;
  private final Map<String, Long> offsets = new LinkedHashMap<>();
  private final Map<String, String> said = new HashMap<>();
  private boolean full;

  /**
   * @param gaps by venue; of others nothing is told
   * @param teller is given what is to be told, unless the lake says that it was
   */
  Watches(Map<String, VenueGaps> gaps, CheckpointFailures checkpoints, Consumer<Notice> teller) {
    this.gaps = new LinkedHashMap<>(gaps);
    this.checkpoints = checkpoints;
    this.teller = teller;
  }

  @Override
  public void gaps(WatchNews.Gaps told) {
    VenueGaps known = gaps.get(told.venue());
    if (known != null) {
      known.take(told);
    }
  }

  @Override
  public void clock(WatchNews.Clock told) {
    if (gaps.containsKey(told.venue())) {
      offsets.put(told.venue(), told.offsetMs());
    }
  }

  /** That none is made while the disk is full is told as such. */
  void checkpointFailed() {
    if (!full) {
      checkpoints.failed();
    }
  }

  void checkpointCompleted() {
    checkpoints.completed();
  }

  /** Tells what is another word. */
  void look(DiskStanding disk, long nowMs) {
    if (disk.isKnown()) {
      full = disk.level().stops(DiskLevel.NO_CHECKPOINTS);
      say(DISK, Optional.of(disk.finding()), nowMs);
    }
    say(CHECKPOINTS, checkpoints.finding(), nowMs);
    offsets.forEach(
        (venue, offset) -> say(CLOCK + venue, Optional.of(ClockAlert.of(venue, offset)), nowMs));
    gaps.forEach((venue, known) -> say(GAPS + venue, known.finding(nowMs), nowMs));
  }

  private void say(String subject, Optional<Finding> finding, long nowMs) {
    if (finding.isPresent()
        && !finding.get().kind().equals(said.put(subject, finding.get().kind()))) {
      teller.accept(Notice.standing(subject, finding.get(), nowMs));
    }
  }
}
