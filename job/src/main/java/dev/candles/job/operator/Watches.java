package dev.candles.job.operator;

import dev.candles.core.watch.CheckpointFailures;
import dev.candles.core.watch.ClockAlert;
import dev.candles.core.watch.DiskStanding;
import dev.candles.core.watch.Finding;
import dev.candles.core.watch.VenueGaps;
import dev.candles.core.watch.WatchNews;
import dev.candles.job.alert.Notice;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * All that is watched in one attempt: news go in, and what is another word than the last of this
 * attempt is told. What a target was not told after all tries is handed over again, after a pause.
 * Times are market time, epoch ms, UTC.
 */
final class Watches implements WatchNews.Handler<RuntimeException> {
  private static final String DISK = "disk";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String CLOCK = "clock-";
  private static final String GAPS = "gaps-";

  /** An alert that was given up is told once more after so long, at the earliest. */
  static final long AGAIN_MS = 600_000;

  private final Map<String, VenueGaps> gaps;
  private final CheckpointFailures checkpoints;
  private final Function<Notice, CompletableFuture<Boolean>> teller;

  /** By venue and reader: each may be on a machine with a clock of its own. */
  private final Map<String, Map<Integer, Long>> offsets = new LinkedHashMap<>();

  private final Map<String, Said> said = new HashMap<>();
  private boolean full;

  /**
   * The last word about a subject.
   *
   * @param told whether all were told, once that is known
   */
  private record Said(String kind, long atMs, CompletableFuture<Boolean> told) {
    boolean holds(String other, long nowMs) {
      boolean justNow = nowMs >= atMs && nowMs - atMs < AGAIN_MS; // not of a clock set back
      return kind.equals(other) && (justNow || told.getNow(true));
    }
  }

  /**
   * @param gaps by venue; of others nothing is told
   * @param teller is given what is to be told, unless the lake says that it was; answers whether
   *     all were told
   */
  Watches(
      Map<String, VenueGaps> gaps,
      CheckpointFailures checkpoints,
      Function<Notice, CompletableFuture<Boolean>> teller) {
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
      offsets
          .computeIfAbsent(told.venue(), venue -> new HashMap<>())
          .put(told.reader(), told.offsetMs());
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
      full = disk.isFull();
    }
    say(DISK, disk.finding(), nowMs);
    say(CHECKPOINTS, checkpoints.finding(), nowMs);
    offsets.forEach(
        (venue, all) ->
            say(CLOCK + venue, Optional.of(ClockAlert.of(venue, furthest(all))), nowMs));
    gaps.forEach((venue, known) -> say(GAPS + venue, known.finding(nowMs), nowMs));
  }

  private static long furthest(Map<Integer, Long> offsets) {
    return Collections.max(offsets.values(), Comparator.comparingLong(Math::abs));
  }

  private void say(String subject, Optional<Finding> finding, long nowMs) {
    finding.ifPresent(
        found -> {
          Said last = said.get(subject);
          if (last == null || !last.holds(found.kind(), nowMs)) {
            var told = teller.apply(Notice.standing(subject, found, nowMs));
            said.put(subject, new Said(found.kind(), nowMs, told));
          }
        });
  }
}
