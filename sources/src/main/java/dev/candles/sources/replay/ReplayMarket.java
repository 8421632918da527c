package dev.candles.sources.replay;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.Fold;
import dev.candles.core.feed.Quiet;
import dev.candles.core.finality.LiveEdge;
import dev.candles.core.finality.Oddity;
import dev.candles.core.finality.TradeFolder;
import dev.candles.core.finality.TradeJoin;
import dev.candles.core.finality.Version;
import dev.candles.sources.venue.VenueProfile;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One market of a recording, by the rules of the live path: {@link LiveEdge} where the venue closes
 * its candles, {@link TradeFolder} and {@link TradeJoin} where they are folded from trades. Holds
 * no rule of its own, only what the collector keeps as state.
 */
final class ReplayMarket {
  /** Of the venue's closed candles so many are remembered, so that a differing one is seen. */
  private static final int MAX_PASSED = 180;

  private final StreamKey stream;
  private final Evidence trades;
  private final ReplayLedger ledger;
  private final ReplayLines lines;
  private final TradeFolder folder;
  private final TreeMap<Long, Version> passed = new TreeMap<>();
  private @Nullable Long frontierMs;
  private TradeJoin.@Nullable Joint joint;

  /**
   * @param trades evidence of a candle that is folded from trades
   * @param waits how long trades are waited for, in the recorder's time
   */
  ReplayMarket(
      StreamKey stream, Evidence trades, VenueProfile.TradeWaits waits, ReplayLines lines) {
    this.stream = stream;
    this.trades = trades;
    this.ledger = new ReplayLedger(stream, lines);
    this.lines = lines;
    TradeFolder.Waits market =
        new TradeFolder.Waits(
            waits.grace().toMillis(), waits.patience().toMillis(), waits.hole().toMillis());
    this.folder = new TradeFolder(stream, Long.MIN_VALUE, market, this::event, this::odd);
  }

  /** The venue closed a candle. */
  void closed(Candle candle) {
    long frontier = frontierMs == null ? candle.openTimeMs() : frontierMs;
    LiveEdge.Step step = LiveEdge.closed(frontier, candle, passed.get(candle.openTimeMs()));
    advance(step.frontierMs(), step.gap());
    if (step.pass()) {
      passed.put(candle.openTimeMs(), Version.of(candle));
      if (passed.size() > MAX_PASSED) {
        passed.pollFirstEntry();
      }
      ledger.candle(candle);
    } else {
      ledger.disagreed(candle);
    }
  }

  void trade(Trade trade, boolean snapshot, long nowMs) {
    folder.trade(trade, snapshot, nowMs);
  }

  void lastTrade(long atMs, long id, long nowMs) {
    folder.lastTrade(atMs, id, nowMs);
  }

  void tick(long nowMs) {
    folder.tick(nowMs);
  }

  /** The recording is over: what has not left by now stays unproven. */
  void end(long nowMs) {
    folder.tick(nowMs);
    folder.unfinished(nowMs).forEach(lines::formingCandle);
  }

  private void event(FeedEvent event) {
    if (event.kind() == FeedEvent.Kind.LATE) {
      lines.count("intervals_to_ask_again", 1); // the collector asks REST; a recording cannot
      return;
    }
    Fold fold = event.fold();
    if (fold == null) {
      quiet(event.timeMs(), Objects.requireNonNull(event.quiet()));
      return;
    }
    long frontier = frontierMs == null ? fold.candle().openTimeMs() : frontierMs;
    TradeJoin.Step step = TradeJoin.fold(frontier, joint, fold);
    joint = step.joint();
    advance(step.frontierMs(), step.gap());
    Candle candle = fold.candle().withEvidence(trades);
    if (step.pass()) {
      ledger.candle(candle);
    } else {
      lines.formingCandle(candle);
    }
  }

  private void quiet(long endMs, Quiet quiet) {
    long stepMs = stream.timeframe().millis();
    long frontier = frontierMs == null ? endMs - stepMs : frontierMs;
    TradeJoin.Step step = TradeJoin.quiet(frontier, joint, endMs, stepMs, quiet);
    joint = step.joint();
    advance(step.frontierMs(), step.gap());
    lines.count("empty_intervals", step.empty().length() / stepMs);
  }

  private void advance(long toMs, Intervals gap) {
    frontierMs = toMs;
    lines.count("missing_intervals", gap.length() / stream.timeframe().millis());
  }

  private void odd(Oddity oddity) {
    lines.count("trades_" + oddity.name().toLowerCase(Locale.ROOT), 1);
  }
}
