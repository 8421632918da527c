package dev.candles.sim.venue.kraken;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.Quote;
import java.util.List;

/** How a version of the WebSocket says what both of them know. */
enum KrakenWords {
  /** Version 1: arrays. */
  FIRST {
    @Override
    String trades(String type, KrakenPair pair, List<Trade> trades) {
      return KrakenOldFrames.trades(pair, trades);
    }

    @Override
    String candle(KrakenPair pair, Timeframe timeframe, TapeCandle candle, Trade cause) {
      return KrakenOldFrames.candle(pair, timeframe, candle, cause);
    }

    @Override
    String ticker(String type, KrakenPair pair, Quote quote) {
      return KrakenOldFrames.ticker(pair, quote);
    }
  },

  /** Version 2: objects. */
  SECOND {
    @Override
    String trades(String type, KrakenPair pair, List<Trade> trades) {
      return SimKrakenFrames.trades(type, pair.symbol(), trades);
    }

    @Override
    String candle(KrakenPair pair, Timeframe timeframe, TapeCandle candle, Trade cause) {
      return SimKrakenFrames.candles(
          "update",
          KrakenTimes.nanosText(cause),
          List.of(SimKrakenFrames.candle(pair, timeframe, candle)));
    }

    @Override
    String ticker(String type, KrakenPair pair, Quote quote) {
      return KrakenQuotes.frame(type, pair.symbol(), quote);
    }
  };

  /** A frame of trades, ascending; type is snapshot or update. */
  abstract String trades(String type, KrakenPair pair, List<Trade> trades);

  /** A frame of one candle, as {@code cause} has left it. */
  abstract String candle(KrakenPair pair, Timeframe timeframe, TapeCandle candle, Trade cause);

  /** A frame of a ticker; type is snapshot or update. */
  abstract String ticker(String type, KrakenPair pair, Quote quote);
}
