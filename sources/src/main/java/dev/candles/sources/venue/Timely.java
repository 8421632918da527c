package dev.candles.sources.venue;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.Reject;
import dev.candles.core.time.VenueClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a feed says, less what cannot be true at the venue's time: a trade or a statement far ahead
 * of it, a closed candle that is not over. What is live tells the venue's time in turn. Pure; of
 * one venue, for all its connections.
 */
public final class Timely {
  private static final long NONE = Long.MIN_VALUE;
  private static final long APART_MS = 30_000;

  private final String venue;
  private final VenueClock clock;
  private final long slackMs;

  /** The latest minute that a row of candles has named; an older one tells no time. */
  private long latestRowMs = NONE;

  private long latestFarMs = NONE;

  private long latestRowAtMs;

  /**
   * @param clock the venue's, which the stamps move
   * @param slackMs a candle may be closed so much before the venue's time as we know it
   */
  public Timely(String venue, VenueClock clock, long slackMs) {
    this.venue = venue;
    this.clock = clock;
    this.slackMs = slackMs;
  }

  /**
   * Hands on what can be true, and rejects the rest.
   *
   * @param frame the text that it comes from
   * @param ourMs when it came, by our own clock
   */
  public void pass(Decoded decoded, String frame, long ourMs, Consumer<Decoded> out) {
    decoded.dispatch(new Passing(frame, ourMs, out));
  }

  /**
   * A row says that a minute has begun or ended. The first word of each tells the time, if only to
   * some seconds; before anything is known it must not be one of many that come at once, late.
   */
  private void row(long minuteMs, long ourMs) {
    if (minuteMs <= latestRowMs) {
      return;
    }
    if (!clock.believable(minuteMs, ourMs)) {
      far(minuteMs, ourMs);
      return;
    }
    boolean live = latestRowMs != NONE && ourMs - latestRowAtMs >= APART_MS;
    latestRowMs = minuteMs;
    latestRowAtMs = ourMs;
    if (live || clock.isKnown()) {
      clock.stamped(minuteMs, ourMs);
    }
  }

  /**
   * A minute that is not believed may mean that our clock is far off, or that what is known is of
   * rows that were late for minutes: the clock says so when some agree and none is believed between
   * them. Minutes count that go on, and not rows of old ones; one of hours ahead is another time,
   * with which no later one agrees.
   */
  private void far(long minuteMs, long ourMs) {
    if (minuteMs > latestFarMs || minuteMs < latestFarMs - VenueClock.MOST_OFF_MS) {
      latestFarMs = minuteMs;
      clock.stamped(minuteMs, ourMs);
    }
  }

  /** Whether a live stamp is too far ahead. One that is old is late, not absurd. */
  private boolean live(long stampMs, long ourMs) {
    return !clock.stamped(stampMs, ourMs) && stampMs > clock.at(ourMs);
  }

  private boolean ahead(long stampMs, long ourMs) {
    return !clock.believable(stampMs, ourMs) && stampMs > clock.at(ourMs);
  }

  /** What becomes of one word of a frame. */
  private final class Passing implements Decoded.Handler {
    private final String frame;
    private final long ourMs;
    private final Consumer<Decoded> out;

    Passing(String frame, long ourMs, Consumer<Decoded> out) {
      this.frame = frame;
      this.ourMs = ourMs;
      this.out = out;
    }

    @Override
    public void forming(Decoded.Forming forming) {
      row(forming.soFar().openTimeMs(), ourMs);
      out.accept(forming);
    }

    @Override
    public void closed(Decoded.Closed closed) {
      Candle candle = closed.fold().candle();
      if (clock.isKnown() && candle.endTimeMs() > clock.at(ourMs) + slackMs) {
        String detail = "open time: " + candle.openTimeMs();
        reject(candle.stream().symbol(), RejectReason.NOT_OVER, detail);
        return;
      }
      row(candle.endTimeMs(), ourMs);
      out.accept(closed);
    }

    @Override
    public void traded(Decoded.Traded traded) {
      boolean old = traded.snapshot();
      List<Trade> ahead =
          traded.trades().stream()
              .filter(t -> old ? ahead(t.timeMs(), ourMs) : live(t.timeMs(), ourMs))
              .toList();
      if (ahead.isEmpty()) {
        out.accept(traded);
        return;
      }
      ahead.forEach(trade -> absurd(traded.symbol(), trade.timeMs()));
      List<Trade> others = new ArrayList<>(traded.trades());
      others.removeAll(ahead);
      if (!others.isEmpty()) {
        out.accept(new Decoded.Traded(traded.symbol(), others, old));
      }
    }

    @Override
    public void lastTrade(Decoded.LastTrade last) {
      if (live(last.timeMs(), ourMs)) {
        absurd(last.symbol(), last.timeMs());
      } else {
        out.accept(last);
      }
    }

    @Override
    public void subscribed(Decoded.Subscribed subscribed) {
      out.accept(subscribed);
    }

    @Override
    public void refused(Decoded.Refused refused) {
      out.accept(refused);
    }

    @Override
    public void alive(Decoded.Alive alive) {
      out.accept(alive);
    }

    @Override
    public void status(Decoded.Status status) {
      out.accept(status);
    }

    @Override
    public void closing(Decoded.Closing closing) {
      out.accept(closing);
    }

    @Override
    public void throttled(Decoded.Throttled throttled) {
      out.accept(throttled);
    }

    @Override
    public void other(Decoded.Other other) {
      out.accept(other);
    }

    @Override
    public void rejected(Decoded.Rejected rejected) {
      out.accept(rejected);
    }

    private void absurd(String symbol, long stampMs) {
      reject(symbol, RejectReason.ABSURD_TIME, "time: " + stampMs);
    }

    private void reject(String symbol, RejectReason reason, String detail) {
      out.accept(
          new Decoded.Rejected(
              new Reject(clock.at(ourMs), venue, symbol, "", reason, detail, frame)));
    }
  }
}
