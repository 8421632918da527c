package dev.candles.sources.source.split;

import dev.candles.sources.venue.Market;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * The definition of one connection; nothing of its state.
 *
 * @param venue the venue's name
 * @param connection which of the venue's connections, from 0
 * @param markets what it carries
 */
public record ConnectionSplit(String venue, int connection, List<Market> markets)
    implements SourceSplit {

  public ConnectionSplit {
    markets = List.copyOf(markets);
  }

  @Override
  public String splitId() {
    return venue + "#" + connection;
  }
}
