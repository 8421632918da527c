package dev.candles.sources.source.split;

import dev.candles.core.candle.Market;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * The definition of one connection; nothing of its state.
 *
 * @param venue the venue's name
 * @param connection which of the venue's connections, from 0
 * @param markets what it carries
 * @param venueMs the venue's time when it was assigned, or a little earlier, epoch ms, UTC; {@link
 *     #UNKNOWN} if the venue has not told it
 */
public record ConnectionSplit(String venue, int connection, List<Market> markets, long venueMs)
    implements SourceSplit {
  /** The venue's time is not known. */
  public static final long UNKNOWN = -1;

  public ConnectionSplit {
    markets = List.copyOf(markets);
  }

  /** A connection of a venue that has not told its time. */
  public ConnectionSplit(String venue, int connection, List<Market> markets) {
    this(venue, connection, markets, UNKNOWN);
  }

  /** The same, assigned at {@code newVenueMs}. */
  public ConnectionSplit at(long newVenueMs) {
    return new ConnectionSplit(venue, connection, markets, newVenueMs);
  }

  @Override
  public String splitId() {
    return venue + "#" + connection;
  }
}
