package dev.candles.sources.source.reader;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
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

/**
 * Reads what the lake holds of one split's streams and announces it: per market the base stream,
 * then each larger one. Then the split may connect; what its larger streams are to be fed with
 * again is only planned here, because it is paced by checkpoints and may take hours, see {@link
 * LakeReplay}.
 */
final class LakeScan implements LakeScanQueue.Reading {
  private final ConnectionSplit split;
  private final VenueSourceOptions options;
  private final long nowMs;

  /**
   * @param nowMs the venue's time, epoch ms, UTC: the lake is announced up to it
   */
  LakeScan(ConnectionSplit split, VenueSourceOptions options, long nowMs) {
    this.split = split;
    this.options = options;
    this.nowMs = nowMs;
  }

  @Override
  public void read(LakeScanQueue out) throws IOException, InterruptedException {
    List<StreamKey> streams = new ArrayList<>();
    for (Market market : split.markets()) {
      for (Timeframe timeframe : options.timeframes()) {
        streams.add(new StreamKey(split.venue(), market.symbol(), timeframe));
      }
    }
    long fromMs = options.historyStart().fromMs(nowMs);
    long recentFromMs = nowMs - options.recentMs();
    List<StreamInventory> held = options.lakeView().scan(streams, fromMs, recentFromMs, nowMs);
    if (held.size() != streams.size()) {
      throw new IllegalStateException(
          "scan answers for other streams: asked=" + streams.size() + ", got=" + held.size());
    }
    Map<String, Long> announcedToMs = new HashMap<>();
    List<ReplayPlan> replays = new ArrayList<>();
    int width = options.timeframes().size();
    for (int i = 0; i < split.markets().size(); i++) {
      List<StreamInventory> ofMarket = held.subList(i * width, (i + 1) * width);
      announce(split.markets().get(i), ofMarket, out);
      announcedToMs.put(split.markets().get(i).symbol(), ofMarket.get(0).toMs());
      for (StreamInventory larger : ofMarket.subList(1, width)) {
        replays.add(ReplayPlan.of(ofMarket.get(0), larger, recentFromMs));
      }
    }
    out.put(new LakeScanResult.Done(split, announcedToMs, replays));
  }

  private void announce(Market market, List<StreamInventory> held, LakeScanQueue out)
      throws InterruptedException {
    Evidence live = options.settings().profile().finality().evidence();
    for (StreamInventory holdings : held) {
      StreamBootstrap announcement =
          StreamBootstrap.of(holdings, market.listedAtMs(), market.venueSymbol(), live);
      out.put(new LakeScanResult.Event(FeedEvent.announced(holdings.stream(), announcement)));
    }
  }
}
