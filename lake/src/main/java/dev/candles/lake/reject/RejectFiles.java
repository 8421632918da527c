package dev.candles.lake.reject;

import dev.candles.core.candle.StreamKey;
import dev.candles.lake.disk.Trees;
import dev.candles.lake.layout.Dates;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of rejects, one folder a day; they are kept for a while only. A clock that is ahead
 * deletes nothing, however often it sees a start: it is believed as far as the newest day of which
 * the lake had a candle at the start, and the time since the start. That day is by the venue's
 * clock; those of coverage and of rejects are by ours. After a long time away days therefore stay
 * longer, until the next start. Where the lake had no candle at the start, our clock is believed as
 * far as the newest day of which it has one now.
 */
public final class RejectFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RejectFiles.class);

  private final LakeLayout layout;
  private final List<StreamKey> streams;
  private final long keptMs;

  /** The newest day that had come at the start; empty if nobody can tell. */
  private final Optional<LocalDate> came;

  private RejectFiles(
      LakeLayout layout, List<StreamKey> streams, long keptMs, Optional<LocalDate> came) {
    this.layout = layout;
    this.streams = List.copyOf(streams);
    this.keptMs = keptMs;
    this.came = came;
  }

  /**
   * Those of a lake to which nobody has written yet since the start.
   *
   * @param streams whose candles tell which day had come
   * @param keptMs for so much market time they are kept
   */
  public static RejectFiles atStart(LakeLayout layout, List<StreamKey> streams, long keptMs) {
    try {
      return new RejectFiles(layout, streams, keptMs, newest(layout, streams));
    } catch (IOException e) {
      LOG.error("event=rejects_not_deleted next_try=next_interval error={}", LogValue.of(e));
      return new RejectFiles(layout, streams, keptMs, Optional.empty());
    }
  }

  private static Optional<LocalDate> newest(LakeLayout layout, List<StreamKey> streams)
      throws IOException {
    Optional<LocalDate> newest = Optional.empty();
    for (StreamKey stream : streams) {
      newest =
          Stream.concat(newest.stream(), layout.dates(Folder.CANDLES, stream).dates().stream())
              .max(LocalDate::compareTo);
    }
    return newest;
  }

  /**
   * Deletes the UTC days that are old enough. Looks for candles only if there is one by our clock.
   *
   * @param nowMs market time by our clock, epoch ms
   * @param ranMs market time that has passed since the start, by no clock that can be set
   * @return how many were deleted
   * @throws IOException if one cannot be deleted, or the days of candles cannot be listed
   */
  public int sweep(long nowMs, long ranMs) throws IOException {
    List<LocalDate> old = before(layout.dates(Folder.REJECTS).dates(), nowMs);
    List<LocalDate> gone = old.isEmpty() ? old : before(old, cameMs(ranMs));
    for (LocalDate date : gone) {
      Trees.delete(layout.day(Folder.REJECTS, date));
      LOG.info("event=rejects_deleted date={}", date);
    }
    return gone.size();
  }

  /** A time that has come for sure, epoch ms: 0, when no day is old, if nobody can tell. */
  private long cameMs(long ranMs) throws IOException {
    return came.isPresent()
        ? Dates.startMs(came.get()) + ranMs
        : newest(layout, streams).map(Dates::startMs).orElse(0L);
  }

  /** The days that are not kept any more at a time. */
  private List<LocalDate> before(List<LocalDate> dates, long atMs) {
    LocalDate first = LocalDate.ofInstant(Instant.ofEpochMilli(atMs - keptMs), ZoneOffset.UTC);
    return dates.stream().filter(date -> date.isBefore(first)).toList();
  }
}
