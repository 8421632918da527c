package dev.candles.cli.replay;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.Reject;
import dev.candles.core.time.VenueClock;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.Timely;
import dev.candles.sources.venue.Venue;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a feed, one after the other. Time is the recorder's; where it did not write it down,
 * the latest time that the venue itself has named.
 */
final class FeedReplay {
  /** The largest venue lists less than half of it. */
  private static final int MAX_MARKETS = 5_000;

  /** As often as a reader looks at what is due. */
  private static final long TICK_MS = 100;

  /** As a reader does. */
  private static final long CLOSED_EARLY_MS = 5_000;

  private final Venue venue;
  private final Timeframe timeframe;
  private final ReplayLines lines;
  private final ReplayVersions versions;
  private final Timely timely;
  private final Map<String, ReplayMarket> markets = new HashMap<>();
  private long nowMs = Long.MIN_VALUE;
  private long tickedMs = Long.MIN_VALUE;

  /**
   * @param timeframe of the candles that are folded from trades
   */
  FeedReplay(Venue venue, Timeframe timeframe, ReplayLines lines, ReplayVersions versions) {
    this.venue = venue;
    this.timeframe = timeframe;
    this.lines = lines;
    this.versions = versions;
    this.timely = new Timely(venue.profile().name(), new VenueClock(), CLOSED_EARLY_MS);
  }

  /** Takes a frame; {@code rejects} takes what of it is not believed. */
  void frame(Recorded.Frame frame, Consumer<Reject> rejects) {
    lines.count("frames", 1);
    boolean known = frame.receivedMs() != Recorded.UNKNOWN;
    long receivedMs = known ? frame.receivedMs() : Replay.UNDATED_MS;
    if (known) {
      passTime(receivedMs);
    }
    Meaning all = new Meaning(frame.text(), rejects);
    Consumer<Decoded> meaning = decoded -> decoded.dispatch(all);
    venue.decode(
        frame.text(),
        receivedMs,
        known ? decoded -> timely.pass(decoded, frame.text(), receivedMs, meaning) : meaning);
    tickIfDue();
  }

  private @Nullable ReplayMarket market(String symbol, String frame, Consumer<Reject> rejects) {
    ReplayMarket market = markets.get(symbol);
    if (market == null && markets.size() < MAX_MARKETS) {
      StreamKey stream = new StreamKey(venue.profile().name(), symbol, timeframe);
      market = new ReplayMarket(stream, Evidence.TRADE_CHAIN, venue.profile(), lines, versions);
      markets.put(symbol, market);
    } else if (market == null) {
      String detail = "more than " + MAX_MARKETS + " markets";
      rejects.accept(
          new Reject(
              Replay.UNDATED_MS,
              venue.profile().name(),
              symbol,
              "",
              RejectReason.TOO_LARGE,
              detail,
              frame));
    }
    return market;
  }

  private void passTime(long atMs) {
    nowMs = Math.max(nowMs, atMs);
  }

  private void tickIfDue() {
    if (nowMs - TICK_MS >= tickedMs) {
      tickedMs = nowMs;
      markets.values().forEach(market -> market.tick(nowMs));
    }
  }

  /** The recording is over. */
  void end() {
    markets.keySet().stream().sorted().forEach(symbol -> end(markets.get(symbol)));
  }

  private void end(@Nullable ReplayMarket market) {
    if (market != null) {
      market.end(nowMs);
    }
  }

  /** What becomes of the words of one frame. */
  private final class Meaning implements Decoded.Handler {
    private final String frame;
    private final Consumer<Reject> rejects;

    Meaning(String frame, Consumer<Reject> rejects) {
      this.frame = frame;
      this.rejects = rejects;
    }

    @Override
    public void traded(Decoded.Traded traded) {
      ReplayMarket market = market(traded.symbol(), frame, rejects);
      for (Trade trade : traded.trades()) {
        lines.trade(traded.symbol(), trade, traded.snapshot());
        if (market != null) {
          passTime(trade.timeMs());
          market.trade(trade, traded.snapshot(), nowMs);
        }
      }
    }

    @Override
    public void lastTrade(Decoded.LastTrade last) {
      lines.heartbeat(last.symbol(), last.timeMs(), last.lastTradeId());
      ReplayMarket market = market(last.symbol(), frame, rejects);
      if (market != null) {
        passTime(last.timeMs());
        market.lastTrade(last.timeMs(), last.lastTradeId(), nowMs);
      }
    }

    @Override
    public void closed(Decoded.Closed closed) {
      ReplayMarket market = market(closed.fold().candle().stream().symbol(), frame, rejects);
      if (market != null) {
        market.closed(closed.fold());
      }
    }

    @Override
    public void rejected(Decoded.Rejected rejected) {
      rejects.accept(rejected.reject());
    }

    @Override
    public void forming(Decoded.Forming forming) {
      lines.formingCandle(forming.soFar());
    }

    @Override
    public void subscribed(Decoded.Subscribed subscribed) {
      lines.ack(subscribed.symbol());
    }

    @Override
    public void refused(Decoded.Refused refused) {
      lines.refused(refused.symbol(), refused.detail());
    }

    @Override
    public void alive(Decoded.Alive alive) {
      lines.heartbeat();
    }

    @Override
    public void status(Decoded.Status status) {
      lines.status(status.detail());
    }

    @Override
    public void closing(Decoded.Closing closing) {
      lines.status("closing: " + closing.detail());
    }

    @Override
    public void throttled(Decoded.Throttled throttled) {
      lines.status("throttled: " + throttled.detail());
    }

    @Override
    public void other(Decoded.Other other) {
      lines.other(other.channel());
    }
  }
}
