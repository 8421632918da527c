package dev.candles.sources.source.reader;

import dev.candles.core.candle.RejectReason;
import dev.candles.core.feed.Reject;
import dev.candles.sources.venue.Decoded;
import org.jspecify.annotations.Nullable;

/** Tells a connection what one frame says. Mailbox thread only. */
final class FrameDispatcher implements Decoded.Handler {
  private final Connection connection;
  private final WebSocketSession link;
  private final ReaderTime.Receipt at;

  FrameDispatcher(Connection connection, WebSocketSession link, ReaderTime.Receipt at) {
    this.connection = connection;
    this.link = link;
    this.at = at;
  }

  @Override
  public void forming(Decoded.Forming forming) {
    Subscription subscription = known(forming.symbol());
    if (subscription != null) {
      connection.forming(link, subscription, at);
    }
  }

  @Override
  public void closed(Decoded.Closed closed) {
    Subscription subscription = known(closed.fold().candle().stream().symbol());
    if (subscription != null) {
      connection.closed(link, subscription, closed.fold(), at);
    }
  }

  @Override
  public void traded(Decoded.Traded traded) {
    Subscription subscription = known(traded.symbol());
    if (subscription != null) {
      connection.traded(link, subscription, traded, at);
    }
  }

  @Override
  public void lastTrade(Decoded.LastTrade last) {
    Subscription subscription = known(last.symbol());
    if (subscription != null) {
      connection.lastTrade(link, subscription, last, at);
    }
  }

  @Override
  public void rejected(Decoded.Rejected rejected) {
    Reject reject = rejected.reject();
    if (Untimely.is(reject.reason())) {
      connection.untimely(link, reject, at.steadyMs());
    } else {
      connection.rejected(reject, at.steadyMs());
    }
  }

  @Override
  public void refused(Decoded.Refused refused) {
    Subscription subscription = known(refused.symbol());
    if (subscription != null) {
      connection.refused(subscription, refused.detail());
      connection.rejected(
          reject(refused.symbol(), RejectReason.REFUSED, refused.detail()), at.steadyMs());
    }
  }

  @Override
  public void closing(Decoded.Closing closing) {
    link.closing();
  }

  @Override
  public void throttled(Decoded.Throttled throttled) {
    connection.throttled(at, throttled.detail());
  }

  @Override
  public void subscribed(Decoded.Subscribed subscribed) {
    // proves nothing about data
  }

  @Override
  public void alive(Decoded.Alive alive) {
    // the frame itself proved it
  }

  @Override
  public void status(Decoded.Status status) {
    // nothing follows from it
  }

  @Override
  public void other(Decoded.Other other) {
    // nobody asked for it
  }

  private @Nullable Subscription known(String symbol) {
    Subscription subscription = connection.subscription(symbol);
    if (subscription == null) {
      connection.rejected(
          reject(symbol, RejectReason.UNKNOWN_SYMBOL, "not on this connection"), at.steadyMs());
    }
    return subscription;
  }

  private Reject reject(String symbol, RejectReason reason, String detail) {
    return new Reject(at.ourMs(), connection.venue(), symbol, "", reason, detail, "");
  }
}
