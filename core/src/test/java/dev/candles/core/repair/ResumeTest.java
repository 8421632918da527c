package dev.candles.core.repair;

import static dev.candles.core.repair.PacedVenue.DAY;
import static dev.candles.core.repair.PacedVenue.MINUTE;
import static dev.candles.core.repair.PacedVenue.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.proof.Silence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a history is asked for again when the process is killed in the middle of it. */
class ResumeTest {
  private static final long FROM_MS = T0 - 100 * DAY;
  private static final int REQUESTS = 20;
  private static final long WINDOW_MS = 2_000;
  private static final long CHECKPOINTS_MS = 30_000;

  private final PacedVenue venue = new PacedVenue(REQUESTS, WINDOW_MS, Silence.ZERO_ROWS);

  private static RepairEvent announced(StreamKey stream, Intervals held) {
    long[] none = {};
    return RepairEvent.announced(
        stream,
        new StreamBootstrap(
            FROM_MS,
            T0,
            held.toArray(),
            none,
            none,
            0,
            0,
            stream.symbol(),
            Evidence.REST,
            List.of()));
  }

  @Test
  void aKillCostsWhatWasAskedSinceTheLastCheckpointAndNoPageFromBefore() {
    List<StreamKey> streams = venue.announce(5, FROM_MS);
    venue.run(T0 + MINUTE);
    MemoryStore checkpoint = venue.store.copy();
    Map<StreamKey, Intervals> lake = new HashMap<>();
    streams.forEach(stream -> lake.put(stream, venue.done(stream)));
    int atCheckpoint = venue.queries.size();
    venue.run(T0 + MINUTE + CHECKPOINTS_MS - 50);
    int atKill = venue.queries.size();
    venue.restart(checkpoint);
    lake.forEach((stream, held) -> venue.news(announced(stream, held)));
    venue.run(T0 + 6 * MINUTE);

    assertThat(streams).allMatch(stream -> venue.open(stream, FROM_MS, T0) == 0);
    Set<RestQuery> before = new HashSet<>(history(0, atCheckpoint));
    Set<RestQuery> since = new HashSet<>(history(atCheckpoint, atKill));
    List<RestQuery> after = history(atKill, venue.queries.size());
    assertThat(after.stream().filter(before::contains).count())
        .as("on their way at the checkpoint")
        .isLessThanOrEqualTo(RequestLimiter.MAX_IN_FLIGHT);
    long again = after.stream().filter(since::contains).count();
    long allowed = CHECKPOINTS_MS / WINDOW_MS * REQUESTS;
    assertThat(again).as("of 5 streams").isBetween(allowed * 9 / 10, allowed);
  }

  /** What was asked, but for the newest day, which is read a second time. */
  private List<RestQuery> history(int from, int to) {
    return venue.queries.subList(from, to).stream()
        .filter(query -> query.toMs() <= T0 - DAY)
        .toList();
  }
}
