package dev.candles.job.config;

import dev.candles.core.candle.Timeframe;
import dev.candles.job.config.CollectorConfig.History;
import dev.candles.job.config.CollectorConfig.Keep;
import java.time.Duration;
import java.util.List;

/** What holds where the configuration says nothing. The only place of these values. */
final class Defaults {
  static final List<Timeframe> TIMEFRAMES = List.of(Timeframe.M1, Timeframe.M5, Timeframe.H1);
  static final String DATA_DIR = "data";
  static final String LOG_LEVEL = "INFO";
  static final History HISTORY = new History.Back(Duration.ofDays(1));
  static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(30);
  static final Duration COMPACTION_INTERVAL = Duration.ofHours(1);
  static final Keep KEEP = new Keep(Duration.ofDays(30), 10);
  static final int UI_PORT = 8081;

  private Defaults() {}
}
