package dev.candles.sources.source.reader;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.lake.LakeView;
import dev.candles.core.lake.StreamInventory;
import dev.candles.sources.source.VenueSourceOptions;
import dev.candles.sources.source.split.ConnectionSplit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what the lake holds of the streams of some splits and announces it, split by split: per
 * market the base stream, then each larger one. Then the split may connect, while those behind it
 * are still read; what its larger streams are to be fed with again is only planned here, because it
 * is paced by checkpoints and may take hours, see {@link LakeReplay}.
 *
 * <p>First it proves that this process sees the lake of its job: a folder that is none looks like
 * an empty lake, and all of history would be collected and written again.
 *
 * <p>One scan for all splits, because the lake's log of coverage is of all streams: whoever asks
 * for one of them reads it whole.
 */
final class LakeScan implements LakeScanQueue.Reading {
  private final List<ConnectionSplit> splits;
  private final VenueSourceOptions options;
  private final String job;
  private final long nowMs;

  /**
   * @param job the Flink job that has the lake by now
   * @param nowMs the venue's time, epoch ms, UTC: the lake is announced up to it
   */
  LakeScan(List<ConnectionSplit> splits, VenueSourceOptions options, String job, long nowMs) {
    this.splits = List.copyOf(splits);
    this.options = options;
    this.job = job;
    this.nowMs = nowMs;
  }

  @Override
  public void read(LakeScanQueue out) throws IOException, InterruptedException {
    options.writeAccess().prove(job);
    List<StreamKey> streams = new ArrayList<>();
    for (ConnectionSplit split : splits) {
      for (Market market : split.markets()) {
        streams.addAll(streams(split, market));
      }
    }
    long fromMs = options.historyStart().fromMs(nowMs);
    long recentFromMs = nowMs - options.recentMs();
    try (LakeView.Scan scan = options.lakeView().open(streams, fromMs, recentFromMs, nowMs)) {
      for (ConnectionSplit split : splits) {
        announce(split, scan, recentFromMs, out);
      }
    }
  }

  /** The base stream first. */
  private List<StreamKey> streams(ConnectionSplit split, Market market) {
    return options.timeframes().stream()
        .map(timeframe -> new StreamKey(split.venue(), market.symbol(), timeframe))
        .toList();
  }

  private void announce(
      ConnectionSplit split, LakeView.Scan scan, long recentFromMs, LakeScanQueue out)
      throws IOException, InterruptedException {
    Map<String, Long> announcedToMs = new HashMap<>();
    List<ReplayPlan> replays = new ArrayList<>();
    for (Market market : split.markets()) {
      List<StreamInventory> held = new ArrayList<>();
      for (StreamKey stream : streams(split, market)) {
        held.add(scan.of(stream));
      }
      announce(market, held, out);
      announcedToMs.put(market.symbol(), held.get(0).toMs());
      for (StreamInventory larger : held.subList(1, held.size())) {
        replays.add(ReplayPlan.of(held.get(0), larger, recentFromMs));
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
