package dev.candles.sources.source.reader;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.lake.StreamInventory;
import dev.candles.sources.source.VenueSourceOptions;
import dev.candles.sources.source.split.ConnectionSplit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;

/**
 * Reads what the lake holds of one split's streams and announces it: per market the base stream,
 * then each larger one with its replays. Runs on the scan thread; a full queue makes it wait.
 */
final class LakeScan implements Runnable {
  private final ConnectionSplit split;
  private final VenueSourceOptions options;
  private final long nowMs;
  private final ReplayPace pace;
  private final BlockingQueue<LakeScanResult> out;
  private final Runnable wake;

  /**
   * @param nowMs the venue's time, epoch ms, UTC: the lake is announced up to it
   */
  LakeScan(
      ConnectionSplit split,
      VenueSourceOptions options,
      long nowMs,
      ReplayPace pace,
      BlockingQueue<LakeScanResult> out,
      Runnable wake) {
    this.split = split;
    this.options = options;
    this.nowMs = nowMs;
    this.pace = pace;
    this.out = out;
    this.wake = wake;
  }

  @Override
  public void run() {
    try {
      scan();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the reader closes and asks for nothing more
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    try {
      put(new LakeScanResult.Failed(cause));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(LakeScanResult news) throws InterruptedException {
    out.put(news);
    wake.run();
  }

  private void scan() throws IOException, InterruptedException {
    List<StreamKey> streams = new ArrayList<>();
    for (Market market : split.markets()) {
      for (Timeframe timeframe : options.timeframes()) {
        streams.add(new StreamKey(split.venue(), market.symbol(), timeframe));
      }
    }
    long fromMs = options.historyStart().fromMs(nowMs);
    List<StreamInventory> held =
        options.lakeView().scan(streams, fromMs, nowMs - options.recentMs(), nowMs);
    if (held.size() != streams.size()) {
      throw new IllegalStateException(
          "scan answers for other streams: asked=" + streams.size() + ", got=" + held.size());
    }
    Map<String, Long> announcedToMs = new HashMap<>();
    int width = options.timeframes().size();
    for (int i = 0; i < split.markets().size(); i++) {
      List<StreamInventory> ofMarket = held.subList(i * width, (i + 1) * width);
      announce(split.markets().get(i), ofMarket);
      announcedToMs.put(split.markets().get(i).symbol(), ofMarket.get(0).toMs());
    }
    put(new LakeScanResult.Done(split, announcedToMs));
  }

  private void announce(Market market, List<StreamInventory> held)
      throws IOException, InterruptedException {
    StreamInventory base = held.get(0);
    Evidence live = options.settings().profile().finality().evidence();
    for (StreamInventory holdings : held) {
      StreamBootstrap announcement =
          StreamBootstrap.of(holdings, market.listedAtMs(), market.venueSymbol(), live);
      put(new LakeScanResult.Event(FeedEvent.announced(holdings.stream(), announcement)));
      if (holdings.stream().timeframe() != Timeframe.BASE) {
        replay(base, holdings, ReplayPlan.unfinished(base, holdings));
        Intervals recent = ReplayPlan.recent(base, holdings, nowMs - options.recentMs());
        replay(base, holdings, recent.union(ReplayPlan.doubtful(base, holdings)));
      }
    }
  }

  /** Reads at most a day at a time; every timeframe divides the day. */
  private void replay(StreamInventory base, StreamInventory larger, Intervals intervals)
      throws IOException, InterruptedException {
    for (int i = 0; i < intervals.count(); i++) {
      long fromMs = intervals.from(i);
      while (fromMs < intervals.to(i)) {
        long toMs = Math.min(intervals.to(i), Timeframe.D1.floor(fromMs) + Timeframe.D1.millis());
        pace.take();
        List<Candle> candles = options.lakeView().candles(base.stream(), fromMs, toMs);
        replayDay(larger.stream(), candles, base.empties(), fromMs, toMs);
        fromMs = toMs;
      }
    }
  }

  private void replayDay(
      StreamKey larger, List<Candle> candles, Intervals empties, long fromMs, long toMs)
      throws InterruptedException {
    long step = larger.timeframe().millis();
    int at = 0;
    for (long open = fromMs; open < toMs; open += step) {
      int start = at;
      while (at < candles.size() && candles.get(at).openTimeMs() < open + step) {
        at++;
      }
      Intervals silent = empties.intersect(Intervals.of(open, open + step));
      if (at > start || !silent.isEmpty()) {
        List<Candle> parts = List.copyOf(candles.subList(start, at));
        put(new LakeScanResult.Event(FeedEvent.replay(larger, open, parts, silent)));
      }
    }
  }
}
