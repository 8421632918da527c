package dev.candles.fuzz;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.repair.GapState;
import dev.candles.sources.venue.Venue;
import java.io.IOException;
import java.util.List;

/** A venue's list of markets, with which it is then asked. */
final class Catalogues implements Target {
  private static final long DAY_MS = 1_767_225_600_000L;

  private final Venue venue;

  Catalogues(Venue venue) {
    this.venue = venue;
  }

  @Override
  public void take(byte[] input) {
    List<Market> markets;
    try {
      markets = venue.decodeCatalogue(Choice.of(input, 200, 404), Choice.text(input));
    } catch (IOException refused) {
      Find.unlessSaid(refused);
      return;
    }
    Proper.markets(markets);
    venue.subscribe(markets);
    venue.unsubscribe(markets);
    markets.forEach(this::ask);
  }

  private void ask(Market market) {
    StreamKey stream = new StreamKey(venue.profile().name(), market.symbol(), Timeframe.BASE);
    GapState.fresh(stream, DAY_MS, Intervals.of(DAY_MS, DAY_MS + 60_000), Reason.HISTORY)
        .nextPage(venue.profile().pageRows(), Frames.RECEIVED_MS, 0)
        .ifPresent(page -> venue.candles(stream, market, page, Frames.RECEIVED_MS));
  }
}
