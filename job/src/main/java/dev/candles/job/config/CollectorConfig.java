package dev.candles.job.config;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.time.MarketClock;
import dev.candles.sources.venue.VenueSettings;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the collector is asked to do. Parsed once at start; nothing below knows files or flags.
 *
 * @param venues the venues with their symbols and limits, in the order configured
 * @param timeframes the configured timeframes, ascending, always with the base timeframe first
 * @param dataDir the lake, absolute
 * @param logLevel a log4j level name
 * @param history how far back the lake should reach
 * @param checkpointInterval real time between checkpoints
 * @param checkpointDir where checkpoints and savepoints are, an address of an object store; null
 *     for in the lake
 * @param compactionInterval market time between compactions in the background; zero for never
 * @param keep what the lake keeps for a while only
 * @param uiPort port of the Flink web UI on loopback; 0 picks a free one
 * @param clock market time
 */
public record CollectorConfig(
    List<VenueSettings> venues,
    List<Timeframe> timeframes,
    String dataDir,
    String logLevel,
    History history,
    Duration checkpointInterval,
    @Nullable String checkpointDir,
    Duration compactionInterval,
    Keep keep,
    int uiPort,
    MarketClock clock)
    implements Serializable {

  /** The lake's root folder. */
  public Path lake() {
    return Path.of(dataDir);
  }

  /** The same, with the lake in another folder. */
  public CollectorConfig withDataDir(Path folder) {
    return new CollectorConfig(
        venues,
        timeframes,
        folder.toString(),
        logLevel,
        history,
        checkpointInterval,
        checkpointDir,
        compactionInterval,
        keep,
        uiPort,
        clock);
  }

  /** The largest configured timeframe: history starts at one of its boundaries. */
  public Timeframe largest() {
    return timeframes.get(timeframes.size() - 1);
  }

  /** Start of history (epoch ms, UTC) as seen at {@code nowMs}. */
  public long historyFromMs(long nowMs) {
    return largest().floor(history.fromMs(nowMs));
  }

  /** Every stream that was asked for, and the base stream of each market. */
  public List<StreamKey> streams() {
    return venues.stream()
        .flatMap(
            venue ->
                venue.symbols().stream()
                    .flatMap(
                        symbol ->
                            timeframes.stream().map(t -> new StreamKey(venue.name(), symbol, t))))
        .toList();
  }

  /**
   * What the lake keeps for a while only.
   *
   * @param rejects market time for which rejects are kept, whole UTC days
   * @param savepoints how many savepoints are kept, at least 1
   */
  public record Keep(Duration rejects, int savepoints) implements Serializable {}

  /** Start of history: a length of market time before now, or a fixed instant. */
  public sealed interface History extends Serializable {
    /** Epoch ms, UTC. */
    long fromMs(long nowMs);

    /** Reaches back a length of market time. */
    record Back(Duration length) implements History {
      @Override
      public long fromMs(long nowMs) {
        return nowMs - length.toMillis();
      }
    }

    /** Reaches back to an instant. */
    record Since(Instant instant) implements History {
      @Override
      public long fromMs(long nowMs) {
        return Math.min(nowMs, instant.toEpochMilli());
      }
    }
  }
}
