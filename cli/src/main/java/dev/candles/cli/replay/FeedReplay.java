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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a feed, one after the other. Time is the recorder's, as the venue's stamps correct it;
 * where nobody wrote it down, the latest that the venue itself has named.
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
  private final VenueClock clock = new VenueClock();
  private final Timely timely;
  private final UndatedFrames undated = new UndatedFrames(this::undated, this::absurd);
  private final Map<String, ReplayMarket> markets = new HashMap<>();
  private long ourMs = Recorded.UNKNOWN;
  private long namedMs = Long.MIN_VALUE;
  private long tickedMs = Long.MIN_VALUE;

  /**
   * @param timeframe of the candles that are folded from trades
   */
  FeedReplay(Venue venue, Timeframe timeframe, ReplayLines lines, ReplayVersions versions) {
    this.venue = venue;
    this.timeframe = timeframe;
    this.lines = lines;
    this.versions = versions;
    this.timely = new Timely(venue.profile().name(), clock, CLOSED_EARLY_MS);
  }

  /** Takes a frame; {@code rejects} takes what of it is not believed. */
  void frame(Recorded.Frame frame, Consumer<Reject> rejects) {
    lines.count("frames", 1);
    if (frame.receivedMs() != Recorded.UNKNOWN) {
      undated.release();
      dated(frame, rejects);
      return;
    }
    List<Decoded> said = new ArrayList<>();
    venue.decode(frame.text(), Replay.UNDATED_MS, said::add);
    undated.take(new UndatedFrames.Read(frame.text(), said, rejects));
  }

  private void dated(Recorded.Frame frame, Consumer<Reject> rejects) {
    ourMs = frame.receivedMs();
    Meaning all = new Meaning(frame.text(), rejects);
    Consumer<Decoded> meaning = decoded -> decoded.dispatch(all);
    venue.decode(
        frame.text(),
        clock.at(ourMs),
        decoded -> timely.pass(decoded, frame.text(), ourMs, meaning));
    tickIfDue();
  }

  private void undated(UndatedFrames.Read read) {
    ourMs = Recorded.UNKNOWN;
    Meaning all = new Meaning(read.text(), read.rejects());
    read.said().forEach(decoded -> decoded.dispatch(all));
    tickIfDue();
  }

  private void absurd(UndatedFrames.Read read) {
    UndatedFrames.Statement told = read.latest();
    String detail = "time: " + told.timeMs();
    read.rejects().accept(reject(told.symbol(), RejectReason.ABSURD_TIME, detail, read.text()));
  }

  private Reject reject(String symbol, RejectReason reason, String detail, String frame) {
    return new Reject(Replay.UNDATED_MS, venue.profile().name(), symbol, "", reason, detail, frame);
  }

  private @Nullable ReplayMarket market(String symbol, String frame, Consumer<Reject> rejects) {
    ReplayMarket market = markets.get(symbol);
    if (market == null && markets.size() < MAX_MARKETS) {
      StreamKey stream = new StreamKey(venue.profile().name(), symbol, timeframe);
      market = new ReplayMarket(stream, Evidence.TRADE_CHAIN, venue.profile(), lines, versions);
      markets.put(symbol, market);
    } else if (market == null) {
      String detail = "more than " + MAX_MARKETS + " markets";
      rejects.accept(reject(symbol, RejectReason.TOO_LARGE, detail, frame));
    }
    return market;
  }

  /** The venue's time: by the recorder's clock and how far that is off, or the latest named. */
  private long venueMs() {
    return ourMs == Recorded.UNKNOWN ? namedMs : clock.at(ourMs);
  }

  /** The venue's time when it names a time, which is no later. */
  private long venueMs(long statedMs) {
    namedMs = Math.max(namedMs, statedMs);
    return Math.max(venueMs(), statedMs);
  }

  private void tickIfDue() {
    long nowMs = venueMs();
    if (nowMs - TICK_MS >= tickedMs || nowMs < tickedMs) {
      tickedMs = nowMs;
      markets.values().forEach(market -> market.tick(nowMs));
    }
  }

  /** The recording is over. */
  void end() {
    undated.release();
    markets.keySet().stream().sorted().forEach(symbol -> end(markets.get(symbol)));
  }

  private void end(@Nullable ReplayMarket market) {
    if (market != null) {
      market.end(venueMs());
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
          market.trade(trade, traded.snapshot(), venueMs(trade.timeMs()));
        }
      }
    }

    @Override
    public void lastTrade(Decoded.LastTrade last) {
      lines.heartbeat(last.symbol(), last.timeMs(), last.lastTradeId());
      ReplayMarket market = market(last.symbol(), frame, rejects);
      if (market != null) {
        market.lastTrade(last.timeMs(), last.lastTradeId(), venueMs(last.timeMs()));
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
