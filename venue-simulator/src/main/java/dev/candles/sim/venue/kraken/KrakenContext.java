package dev.candles.sim.venue.kraken;

import dev.candles.sim.fault.Faults;
import dev.candles.sim.venue.MarketTime;
import java.util.List;
import java.util.Optional;

/** What all connections share. */
record KrakenContext(List<KrakenPair> pairs, MarketTime time, Faults faults) {

  /** The pair with this WebSocket name, for example {@code BTC/USD}. */
  Optional<KrakenPair> ofSymbol(String symbol) {
    return pairs.stream().filter(pair -> pair.symbol().equals(symbol)).findFirst();
  }

  /** The pair with this name of the old WebSocket, for example {@code XBT/USD}. */
  Optional<KrakenPair> ofOldName(String name) {
    return pairs.stream().filter(pair -> pair.wsname().equals(name)).findFirst();
  }

  /** The pair that REST understands by this name: altname, internal key or display form. */
  Optional<KrakenPair> ofRestName(String name) {
    return pairs.stream().filter(pair -> pair.answersTo(name)).findFirst();
  }
}
