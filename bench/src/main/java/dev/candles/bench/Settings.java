package dev.candles.bench;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.time.MarketClock;
import dev.candles.job.config.AlertConfig;
import dev.candles.job.config.CheckpointConfig;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.CompactionConfig;
import dev.candles.job.config.DiskConfig;
import dev.candles.job.config.HealthConfig;
import dev.candles.job.config.HistoryConfig;
import dev.candles.job.config.LakeConfig;
import dev.candles.job.config.LoggingConfig;
import dev.candles.job.config.MarketsConfig;
import dev.candles.job.config.QualityConfig;
import dev.candles.job.config.WebUiConfig;
import dev.candles.job.sink.FlinkPath;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** The collector as it runs embedded: one core's worth of Flink, RocksDB, checkpoints on disk. */
final class Settings {
  static final String VENUE = "okx";

  private Settings() {}

  static Venue venue() {
    return Venues.byName(VENUE).orElseThrow();
  }

  /**
   * The venue at another address, its limits as documented but for the pace of connecting. Closing
   * words are waited for, as {@link FrameServer} speaks of minutes that are past.
   */
  static VenueSettings venue(String webSocket, String rest, List<String> symbols) {
    VenueProfile profile = venue().profile();
    VenueProfile.Limits limits = profile.limits();
    VenueProfile local =
        new VenueProfile(
            profile.name(),
            URI.create(webSocket + profile.webSocket().getPath()),
            URI.create(rest),
            new VenueProfile.Waits(
                Duration.ofDays(2),
                profile.waits().settle(),
                profile.waits().audit(),
                profile.waits().trades()),
            profile.finality(),
            profile.proofs(),
            profile.pageRows(),
            profile.budgets(),
            new VenueProfile.Limits(
                limits.marketsPerConnection(),
                Duration.ofMillis(50),
                limits.messageInterval(),
                limits.silence(),
                limits.pingAfter(),
                limits.pongWithin(),
                limits.ping(),
                limits.maxFrameBytes()));
    return new VenueSettings(local, symbols);
  }

  static CollectorConfig collector(
      VenueSettings venue, Path lake, HistoryConfig history, MarketClock clock) {
    return new CollectorConfig(
        new MarketsConfig(List.of(venue), List.of(Timeframe.BASE)),
        new LakeConfig(lake.toString()),
        history,
        CheckpointConfig.defaults(),
        CompactionConfig.defaults().never(),
        DiskConfig.defaults(),
        QualityConfig.off(),
        new WebUiConfig(0, WebUiConfig.NONE, WebUiConfig.NONE),
        new LoggingConfig("ERROR"),
        HealthConfig.defaults(),
        AlertConfig.none(),
        clock);
  }

  static Configuration flink(Path lake) {
    Configuration flink = new Configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    flink.set(PipelineOptions.MAX_PARALLELISM, 128);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(30));
    flink.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        FlinkPath.text(lake.resolve(".state").resolve("checkpoints")));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(8));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(8));
    flink.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, new MemorySize(16 << 10));
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
    flink.set(RestOptions.BIND_PORT, "0"); // two figures may run beside each other
    flink.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    flink.set(RestOptions.ADDRESS, "127.0.0.1");
    flink.set(MetricOptions.REPORTERS_LIST, "bench");
    flink.setString("metrics.reporter.bench.factory.class", SeenMetrics.Factory.class.getName());
    return flink;
  }
}
