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
    if (decoded instanceof Decoded.Forming forming) {
      row(forming.soFar().openTimeMs(), ourMs);
      out.accept(forming);
    } else if (decoded instanceof Decoded.Closed closed) {
      out.accept(closed(closed, frame, ourMs));
    } else if (decoded instanceof Decoded.Traded traded) {
      traded(traded, frame, ourMs, out);
    } else if (decoded instanceof Decoded.LastTrade last) {
      boolean ahead = live(last.timeMs(), ourMs);
      out.accept(ahead ? absurd(last.symbol(), last.timeMs(), frame, ourMs) : last);
    } else {
      out.accept(decoded);
    }
  }

  private Decoded closed(Decoded.Closed closed, String frame, long ourMs) {
    Candle candle = closed.fold().candle();
    if (clock.isKnown() && candle.endTimeMs() > clock.at(ourMs) + slackMs) {
      String detail = "open time: " + candle.openTimeMs();
      return rejected(candle.stream().symbol(), RejectReason.NOT_OVER, detail, frame, ourMs);
    }
    row(candle.endTimeMs(), ourMs);
    return closed;
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

  private void traded(Decoded.Traded traded, String frame, long ourMs, Consumer<Decoded> out) {
    boolean old = traded.snapshot();
    List<Trade> ahead =
        traded.trades().stream()
            .filter(t -> old ? ahead(t.timeMs(), ourMs) : live(t.timeMs(), ourMs))
            .toList();
    if (ahead.isEmpty()) {
      out.accept(traded);
      return;
    }
    ahead.forEach(trade -> out.accept(absurd(traded.symbol(), trade.timeMs(), frame, ourMs)));
    List<Trade> others = new ArrayList<>(traded.trades());
    others.removeAll(ahead);
    if (!others.isEmpty()) {
      out.accept(new Decoded.Traded(traded.symbol(), others, old));
    }
  }

  /** Whether a live stamp is too far ahead. One that is old is late, not absurd. */
  private boolean live(long stampMs, long ourMs) {
    return !clock.stamped(stampMs, ourMs) && stampMs > clock.at(ourMs);
  }

  private boolean ahead(long stampMs, long ourMs) {
    return !clock.believable(stampMs, ourMs) && stampMs > clock.at(ourMs);
  }

  private Decoded absurd(String symbol, long stampMs, String frame, long ourMs) {
    return rejected(symbol, RejectReason.ABSURD_TIME, "time: " + stampMs, frame, ourMs);
  }

  private Decoded rejected(
      String symbol, RejectReason reason, String detail, String frame, long ourMs) {
    return new Decoded.Rejected(
        new Reject(clock.at(ourMs), venue, symbol, "", reason, detail, frame));
  }
}
