package dev.candles.sources.source.reader;

import dev.candles.core.candle.RejectReason;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.Reject;
import dev.candles.sources.venue.Decoded;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a connection what one frame says. Mailbox thread only. */
final class FrameDispatcher implements Consumer<Decoded> {
  private final Connection connection;
  private final WebSocketSession link;
  private final ReaderTime.Receipt at;

  FrameDispatcher(Connection connection, WebSocketSession link, ReaderTime.Receipt at) {
    this.connection = connection;
    this.link = link;
    this.at = at;
  }

  @Override
  public void accept(Decoded decoded) {
    if (decoded instanceof Decoded.Forming forming) {
      Subscription subscription = known(forming.symbol());
      if (subscription != null) {
        connection.forming(link, subscription, at);
      }
    } else if (decoded instanceof Decoded.Closed closed) {
      closed(closed.fold());
    } else if (decoded instanceof Decoded.Traded traded) {
      Subscription subscription = known(traded.symbol());
      if (subscription != null) {
        connection.traded(link, subscription, traded, at);
      }
    } else if (decoded instanceof Decoded.LastTrade last) {
      Subscription subscription = known(last.symbol());
      if (subscription != null) {
        connection.lastTrade(link, subscription, last, at);
      }
    } else if (decoded instanceof Decoded.Rejected rejected) {
      rejected(rejected.reject());
    } else if (decoded instanceof Decoded.Refused refused) {
      refused(refused);
    } else if (decoded instanceof Decoded.Closing) {
      connection.closing(link);
    } else if (decoded instanceof Decoded.Throttled throttled) {
      connection.throttled(at, throttled.detail());
    }
    // Subscribed, Alive and Status prove that the link lives, as the frame itself already did.
  }

  private void closed(CompletedInterval fold) {
    Subscription subscription = known(fold.candle().stream().symbol());
    if (subscription != null) {
      connection.closed(link, subscription, fold, at);
    }
  }

  private void rejected(Reject reject) {
    if (Untimely.is(reject.reason())) {
      connection.untimely(link, reject, at.steadyMs());
    } else {
      connection.rejected(reject, at.steadyMs());
    }
  }

  private void refused(Decoded.Refused refused) {
    Subscription subscription = known(refused.symbol());
    if (subscription != null) {
      connection.refused(subscription, refused.detail());
      connection.rejected(
          reject(refused.symbol(), RejectReason.REFUSED, refused.detail()), at.steadyMs());
    }
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
