package dev.candles.sources.venue;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradeFetch;
import dev.candles.core.repair.TradeWalk;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything that is particular to one venue: text in, data out. No sockets, threads, Flink or
 * retries; {@code transport} and {@code source} own those. Serialisable and stateless.
 */
public interface Venue extends Serializable {

  /** The facts as a table. */
  VenueProfile profile();

  /** Messages that subscribe to the base timeframe of some markets, batched as the venue likes. */
  List<String> subscribe(List<Market> markets);

  /** Messages that end those subscriptions, before asking again for a silent one. */
  List<String> unsubscribe(List<Market> markets);

  /**
   * Decodes one frame. Never throws on what a venue could send: what is not believed comes out as
   * {@link Decoded.Rejected}.
   *
   * @param receivedAtMs market time, epoch ms, UTC
   */
  void decode(String frame, long receivedAtMs, Consumer<Decoded> out);

  /**
   * What a text is that looks like this venue's but belongs to another of its interfaces, like
   * {@code Kraken's first WebSocket API (v1)}; empty if it is none that is known. Never throws.
   */
  default Optional<String> foreign(String text) {
    return Optional.empty();
  }

  /** Path and query of the catalogue of markets. */
  String catalogue();

  /** Which of the venue's request budgets the question for the catalogue draws on. */
  String catalogueBudget();

  /**
   * The markets that are open for trading.
   *
   * @throws IOException if {@code body} is not a catalogue; the message says why
   */
  List<Market> decodeCatalogue(int status, String body) throws IOException;

  /** Whether the venue has candles of this timeframe of its own. */
  boolean offers(Timeframe timeframe);

  /** Whether pages of candles are themselves folded from trades where they are old. */
  default boolean foldsHistory() {
    return false;
  }

  /**
   * A request for the candles of a page, at most {@link VenueProfile#pageRows} intervals.
   *
   * @param nowMs market time, epoch ms, UTC
   */
  RestQuery candles(StreamKey stream, Market market, GapState.Page page, long nowMs);

  /**
   * A request for the next page of trades of a span; empty where the venue's REST has no trades.
   *
   * @param walk says where to ask next
   */
  default Optional<RestQuery> trades(Market market, TradeFetch span, TradeWalk walk) {
    return Optional.empty();
  }

  /**
   * Decodes the answer to {@link #candles}. Never throws on what a server could send.
   *
   * @param facts {@link #profile} as it is configured
   * @param receivedAtMs market time, epoch ms, UTC
   */
  RestAnswer decodeCandles(
      RestQuery query, VenueProfile facts, int status, String body, long receivedAtMs);

  /**
   * Decodes the answer to {@link #trades}: no candles, only {@link RestAnswer#page}. Never throws
   * on what a server could send.
   *
   * @param receivedAtMs market time, epoch ms, UTC
   * @throws UnsupportedOperationException if the venue's candles are not folded from trades
   */
  default RestAnswer decodeTrades(RestQuery query, int status, String body, long receivedAtMs) {
    throw new UnsupportedOperationException("no trades are read: venue=" + profile().name());
  }
}
