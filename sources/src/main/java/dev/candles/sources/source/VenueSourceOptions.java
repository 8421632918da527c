package dev.candles.sources.source;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.lake.LakeView;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueSettings;
import java.io.Serializable;
import java.net.URI;
import java.util.List;

/**
 * What the source of one venue needs to know.
 *
 * @param timeframes the base timeframe first, then the larger ones, ascending
 * @param historyStart where the lake should begin
 * @param venueIndex the venue's place among those of the job, from 0: connections are dealt to the
 *     subtasks from there on, and the first venue's enumerator is the one that sweeps leftovers
 * @param recentMs candles that ended less than this market time ago are announced whole, see {@link
 *     Retention#passedMs}
 */
public record VenueSourceOptions(
    Venue venue,
    VenueSettings settings,
    List<Timeframe> timeframes,
    HistoryStart historyStart,
    MarketClock clock,
    LakeView lakeView,
    LakeWriteAccess writeAccess,
    int venueIndex,
    long recentMs)
    implements Serializable {
  /**
   * @throws IllegalArgumentException if the first timeframe is not the base timeframe, or the
   *     settings are another venue's, or the place is negative
   */
  public VenueSourceOptions {
    timeframes = List.copyOf(timeframes);
    if (venueIndex < 0) {
      throw new IllegalArgumentException("place among the venues is negative: " + venueIndex);
    }
    if (timeframes.isEmpty() || timeframes.get(0) != Timeframe.BASE) {
      throw new IllegalArgumentException("the base timeframe must come first: " + timeframes);
    }
    if (!venue.profile().name().equals(settings.name())) {
      throw new IllegalArgumentException(
          "settings of another venue: venue="
              + venue.profile().name()
              + ", settings="
              + settings.name());
    }
  }

  /** Whether this venue's enumerator is the one that sweeps leftovers of killed attempts. */
  public boolean sweeps() {
    return venueIndex == 0;
  }

  /** Address of the feed, as configured. */
  public URI feedAddress() {
    return settings.webSocket();
  }
}
