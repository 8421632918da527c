package dev.candles.sources.venue;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.Reject;
import dev.candles.text.OneLine;
import java.util.List;

/** What one frame of a venue's feed says; a frame may say several things. */
public sealed interface Decoded {
  /** Whoever takes what a frame says; one method for each kind, so that none is forgotten. */
  interface Handler {
    /** A whole interval that the venue closed. */
    void closed(Closed closed);

    /** A row of an interval in progress. */
    void forming(Forming forming);

    /** Trades of one market. */
    void traded(Traded traded);

    /** The venue names its last trade of a market. */
    void lastTrade(LastTrade last);

    /** The venue accepted a subscription. */
    void subscribed(Subscribed subscribed);

    /** The venue does not have what was asked for. */
    void refused(Refused refused);

    /** The connection lives. */
    void alive(Alive alive);

    /** A word of the venue on itself or on this connection. */
    void status(Status status);

    /** The venue will close this connection soon. */
    void closing(Closing closing);

    /** The venue asks to slow down. */
    void throttled(Throttled throttled);

    /** A frame of a channel that the collector never asks for. */
    void other(Other other);

    /** Not believed. */
    void rejected(Rejected rejected);
  }

  /** Hands itself to its method of {@code handler}. */
  void dispatch(Handler handler);

  /** A whole interval that the venue closed. */
  record Closed(CompletedInterval fold) implements Decoded {
    @Override
    public void dispatch(Handler handler) {
      handler.closed(this);
    }
  }

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

    @Override
    public void dispatch(Handler handler) {
      handler.forming(this);
    }
  }

  /**
   * Trades of one market, ascending by id.
   *
   * @param snapshot whether they may be older than the subscription: they prime and repeat
   */
  record Traded(String symbol, List<Trade> trades, boolean snapshot) implements Decoded {
    @Override
    public void dispatch(Handler handler) {
      handler.traded(this);
    }
  }

  /**
   * The venue's statement that {@code lastTradeId} is the last trade of the market at {@code
   * timeMs} (epoch ms, UTC).
   */
  record LastTrade(String symbol, long timeMs, long lastTradeId) implements Decoded {
    @Override
    public void dispatch(Handler handler) {
      handler.lastTrade(this);
    }
  }

  /** The venue accepted a subscription. Proves nothing about its data. */
  record Subscribed(String symbol) implements Decoded {
    @Override
    public void dispatch(Handler handler) {
      handler.subscribed(this);
    }
  }

  /** The venue does not have what was asked for; asking again will not help. */
  record Refused(String symbol, String detail) implements Decoded {
    /** The venue may say as much as a frame holds. */
    public Refused {
      detail = OneLine.of(detail);
    }

    @Override
    public void dispatch(Handler handler) {
      handler.refused(this);
    }
  }

  /** The answer to a ping, or a heartbeat: the connection lives. */
  record Alive() implements Decoded {
    @Override
    public void dispatch(Handler handler) {
      handler.alive(this);
    }
  }

  /** A word of the venue on itself or on this connection, about no market: the connection lives. */
  record Status(String detail) implements Decoded {
    @Override
    public void dispatch(Handler handler) {
      handler.status(this);
    }
  }

  /** The venue will close this connection soon. */
  record Closing(String detail) implements Decoded {
    @Override
    public void dispatch(Handler handler) {
      handler.closing(this);
    }
  }

  /** The venue asks to slow down. */
  record Throttled(String detail) implements Decoded {
    @Override
    public void dispatch(Handler handler) {
      handler.throttled(this);
    }
  }

  /** A well-formed frame of a channel that the venue has and the collector never asks for. */
  record Other(String channel) implements Decoded {
    @Override
    public void dispatch(Handler handler) {
      handler.other(this);
    }
  }

  /** Not believed. */
  record Rejected(Reject reject) implements Decoded {
    @Override
    public void dispatch(Handler handler) {
      handler.rejected(this);
    }
  }
}
