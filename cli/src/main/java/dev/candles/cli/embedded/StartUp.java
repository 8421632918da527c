package dev.candles.cli.embedded;

import dev.candles.core.time.VenueClock;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.FileEstimate;
import dev.candles.sources.venue.VenueSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines that tell the operator that the collector runs, with what was measured. */
public final class StartUp {
  /** The last of them, once the page is served too. */
  public static final String LAST =
      "Ctrl-C stops it; a savepoint is taken, from which the next start goes on";

  private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);
  private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final CollectorConfig config;

  StartUp(CollectorConfig config) {
    this.config = config;
  }

  /**
   * Waits a while for the connections, then prints all but {@link #LAST}; {@code stop} cuts the
   * waiting short.
   */
  void print(FlinkJob job, CompletableFuture<Boolean> stop) throws Exception {
    long deadline = System.nanoTime() + CONNECTED_WITHIN.toNanos();
    while (!LiveGauges.allConnected(config.markets().venues().size())
        && System.nanoTime() < deadline
        && !stop.isDone()) {
      pause(stop);
    }
    LOG.info("Collector started");
    LOG.info(
        "Venues: {}",
        config.markets().venues().stream()
            .map(VenueSettings::name)
            .collect(Collectors.joining(", ")));
    LOG.info("Streams: {}", streams(config, (int) LiveGauges.notListed()));
    LOG.info(
        "Health: {}{}",
        LiveGauges.allConnected(config.markets().venues().size()) ? "HEALTHY" : "DEGRADED",
        clocks(LiveGauges.clockOffsets(), config.clock().deadline(VenueClock.TOLD_MS)));
    LOG.info(
        "WS connections: {}/{} active",
        LiveGauges.active(),
        Math.max(config.markets().venues().size(), LiveGauges.connections()));
    files(FileEstimate.of(config));
    LOG.info("Web UI: {}", job.ui());
  }

  private static void files(FileEstimate estimate) {
    if (estimate.isTooMany()) {
      LOG.warn("Files: {}", estimate.text());
    } else {
      LOG.info("Files: {}", estimate.text());
    }
  }

  /**
   * {@code 45 (3 venues × 5 symbols × 3 timeframes)}, in markets where venues differ; {@code 42 (14
   * markets × 3 timeframes), without 1 symbol that its venue does not list}.
   */
  static String streams(CollectorConfig config, int notListed) {
    List<Integer> symbols =
        config.markets().venues().stream().map(v -> v.symbols().size()).distinct().toList();
    String timeframes = counted(config.markets().timeframes().size(), "timeframe");
    int markets =
        config.markets().venues().stream().mapToInt(v -> v.symbols().size()).sum() - notListed;
    String what =
        symbols.size() == 1 && notListed == 0
            ? counted(config.markets().venues().size(), "venue")
                + " × "
                + counted(symbols.get(0), "symbol")
            : counted(markets, "market");
    int streams = markets * config.markets().timeframes().size();
    String all = String.format(Locale.ROOT, "%d (%s × %s)", streams, what, timeframes);
    return notListed == 0
        ? all
        : all + ", without " + counted(notListed, "symbol") + " that its venue does not list";
  }

  /** {@code , clock of this machine off: coinbase is 180 s behind it}; empty if none is. */
  static String clocks(SortedMap<String, Long> offsetsMs, long toldFromMs) {
    String off =
        offsetsMs.entrySet().stream()
            .filter(offset -> Math.abs(offset.getValue()) > toldFromMs)
            .map(offset -> offset.getKey() + " is " + aheadOrBehind(offset.getValue()))
            .collect(Collectors.joining(", "));
    return off.isEmpty() ? "" : ", clock of this machine off: " + off;
  }

  private static String aheadOrBehind(long offsetMs) {
    long seconds = Math.round(Math.abs(offsetMs) / 1_000.0);
    return seconds + " s " + (offsetMs > 0 ? "ahead of it" : "behind it");
  }

  private static String counted(int number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }

  private static void pause(CompletableFuture<Boolean> stop) throws Exception {
    try {
      stop.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.trace("event=not_asked_to_stop");
    }
  }
}
