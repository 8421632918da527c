package dev.candles.sources.venue;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.Reject;
import java.util.List;

/** What one frame of a venue's feed says; a frame may say several things. */
public sealed interface Decoded {
  /** A whole interval that the venue closed. */
  record Closed(CompletedInterval fold) implements Decoded {}

  /**
   * A row of an interval in progress: proves that the subscription lives, nothing else.
   *
   * @param soFar its values at this moment; never kept
   */
  record Forming(Candle soFar) implements Decoded {
    /** The canonical symbol. */
    public String symbol() {
      return soFar.stream().symbol();
    }
  }

  /**
   * Trades of one market, ascending by id.
   *
   * @param snapshot whether they may be older than the subscription: they prime and repeat
   */
  record Traded(String symbol, List<Trade> trades, boolean snapshot) implements Decoded {}

  /**
   * The venue's statement that {@code lastTradeId} is the last trade of the market at {@code
   * timeMs} (epoch ms, UTC).
   */
  record LastTrade(String symbol, long timeMs, long lastTradeId) implements Decoded {}

  /** The venue accepted a subscription. Proves nothing about its data. */
  record Subscribed(String symbol) implements Decoded {}

  /** The venue does not have what was asked for; asking again will not help. */
  record Refused(String symbol, String detail) implements Decoded {}

  /** The answer to a ping, or a heartbeat: the connection lives. */
  record Alive() implements Decoded {}

  /** A word of the venue on itself or on this connection, about no market: the connection lives. */
  record Status(String detail) implements Decoded {}

  /** The venue will close this connection soon. */
  record Closing(String detail) implements Decoded {}

  /** The venue asks to slow down. */
  record Throttled(String detail) implements Decoded {}

  /** A well-formed frame of a channel that the venue has and the collector never asks for. */
  record Other(String channel) implements Decoded {}

  /** Not believed. */
  record Rejected(Reject reject) implements Decoded {}
}
