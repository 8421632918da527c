package dev.candles.fuzz;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.finality.TradeAggregator;
import dev.candles.core.time.VenueClock;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.Symbols;
import dev.candles.sources.venue.Timely;
import dev.candles.sources.venue.Venue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One frame of a venue's feed: decoded, held against the venue's time, and folded. */
final class Frames implements Target {
  /** 2026-01-01T00:01:30Z. */
  static final long RECEIVED_MS = 1_767_225_690_000L;

  private static final long HISTORY_MS = 86_400_000;
  private static final long SLACK_MS = 5_000;

  private final Venue venue;

  Frames(Venue venue) {
    this.venue = venue;
  }

  @Override
  public void take(byte[] input) {
    String frame = Choice.text(input);
    List<Decoded> said = new ArrayList<>();
    venue.decode(frame, RECEIVED_MS, said::add);
    Find.unless(!said.isEmpty(), "a frame that says nothing", frame);
    Timely timely = new Timely(venue.profile().name(), new VenueClock(), SLACK_MS);
    Map<String, TradeAggregator> folders = new HashMap<>();
    for (Decoded decoded : said) {
      check(decoded);
      timely.pass(
          decoded,
          frame,
          RECEIVED_MS,
          passed -> {
            check(passed);
            fold(passed, folders);
          });
    }
    folders.values().forEach(folder -> folder.tick(RECEIVED_MS + HISTORY_MS));
    venue.foreign(frame).ifPresent(Proper::oneLine);
  }

  private static void check(Decoded decoded) {
    long latestMs = RECEIVED_MS + VenueClock.MOST_OFF_MS;
    if (decoded instanceof Decoded.Closed closed) {
      Proper.candle(closed.fold().candle());
      Find.unless(closed.fold().candle().endTimeMs() <= latestMs, "not over", decoded);
    } else if (decoded instanceof Decoded.Forming forming) {
      Proper.candle(forming.soFar());
      Find.unless(Symbols.isSpot(forming.symbol()), "no symbol", decoded);
    } else if (decoded instanceof Decoded.Traded traded) {
      Find.unless(Symbols.isSpot(traded.symbol()), "no symbol", decoded);
      Find.unless(!traded.trades().isEmpty(), "no trades", decoded);
      Proper.trades(traded.trades(), false, latestMs);
    } else if (decoded instanceof Decoded.LastTrade last) {
      boolean proper = last.lastTradeId() >= 0 && last.timeMs() > 0 && last.timeMs() <= latestMs;
      Find.unless(proper && Symbols.isSpot(last.symbol()), "no statement", decoded);
    } else if (decoded instanceof Decoded.Rejected rejected) {
      Proper.reject(rejected.reject());
    }
  }

  private void fold(Decoded decoded, Map<String, TradeAggregator> folders) {
    if (decoded instanceof Decoded.Traded traded) {
      TradeAggregator folder = folders.computeIfAbsent(traded.symbol(), this::folder);
      traded.trades().forEach(trade -> folder.trade(trade, traded.snapshot(), RECEIVED_MS));
    } else if (decoded instanceof Decoded.LastTrade last) {
      folders
          .computeIfAbsent(last.symbol(), this::folder)
          .lastTrade(last.timeMs(), last.lastTradeId(), RECEIVED_MS);
    }
  }

  private TradeAggregator folder(String symbol) {
    StreamKey stream = new StreamKey(venue.profile().name(), symbol, Timeframe.BASE);
    return new TradeAggregator(
        stream,
        RECEIVED_MS - HISTORY_MS,
        venue.profile().waits().trades().millis(),
        Frames::checkFold,
        oddity -> {});
  }

  private static void checkFold(LiveEvent event) {
    if (event instanceof CompletedInterval fold) {
      Proper.candle(fold.candle());
    }
  }
}
