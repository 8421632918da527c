package dev.candles.job.config;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.time.MarketClock;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * What the collector is asked to do, by concern. Parsed once at start; nothing below knows files or
 * flags.
 *
 * @param clock market time
 */
public record CollectorConfig(
    MarketsConfig markets,
    LakeConfig lake,
    HistoryConfig history,
    CheckpointConfig checkpoints,
    CompactionConfig compaction,
    DiskConfig disk,
    QualityConfig quality,
    WebUiConfig webUi,
    LoggingConfig logging,
    HealthConfig health,
    AlertConfig alerts,
    MarketClock clock)
    implements Serializable {

  /** The same, with the lake in another folder. */
  public CollectorConfig withLake(Path folder) {
    return new CollectorConfig(
        markets,
        new LakeConfig(folder.toString()),
        history,
        checkpoints,
        compaction,
        disk,
        quality,
        webUi,
        logging,
        health,
        alerts,
        clock);
  }

  /** Start of history (epoch ms, UTC) as seen at {@code nowMs}. */
  public long historyFromMs(long nowMs) {
    return markets.largest().floor(history.start().fromMs(nowMs));
  }

  /** Every stream that was asked for, and the base stream of each market. */
  public List<StreamKey> streams() {
    return markets.streams();
  }
}
