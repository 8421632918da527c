package dev.candles.sources.metrics;

import dev.candles.core.candle.StreamKey;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/**
 * Every metric of the collector: its name, its kind and what it is told apart by. All are in the
 * group {@code candles} of their operator, with the venue as a variable: Flink's web UI lists
 * {@code candles.venue.okx.written}, Prometheus {@code …_candles_venue_written{venue="okx"}}.
 *
 * <p>Counters count since the start of the attempt. Durations are market time.
 */
public enum CollectorMetric {
  /** When an operator was measured, real time, epoch milliseconds, UTC. */
  MEASURED_MS("measuredMs", Kind.GAUGE, Scope.VENUE),

  /** Frames received on connections. */
  FRAMES("frames", Kind.COUNTER, Scope.VENUE),
  /** What the venue said and was not believed, by reason; of the feed and of REST. */
  REJECTS("rejects", Kind.COUNTER, Scope.REASON),
  /** What is odd about trades as they arrive. */
  TRADE_ANOMALIES("tradeAnomalies", Kind.COUNTER, Scope.ANOMALY),
  /** Connections that were lost or could not be made. */
  RECONNECTS("reconnects", Kind.COUNTER, Scope.VENUE),
  /** Connections that were closed because their frames came faster than they were read. */
  QUEUE_OVERFLOWS("queueOverflows", Kind.COUNTER, Scope.VENUE),
  /** Frames that wait to be read. */
  QUEUED_FRAMES("queuedFrames", Kind.GAUGE, Scope.VENUE),
  /** Connections that there should be, as soon as a reader is told to make them. */
  CONNECTIONS("connections", Kind.GAUGE, Scope.VENUE),
  /** Connections that are live: data came since they were made, or none need come. */
  CONNECTIONS_ACTIVE("connectionsActive", Kind.GAUGE, Scope.VENUE),
  /**
   * When the next of the other connections is tried, now while one is being made: market time,
   * epoch milliseconds, UTC; {@link #NEVER_MS} if all are live, so that of several readers the
   * least is the next.
   */
  NEXT_CONNECT_MS("nextConnectMs", Kind.GAUGE, Scope.VENUE),
  /** The venue's clock minus ours, milliseconds. */
  CLOCK_OFFSET_MS("clockOffsetMs", Kind.GAUGE, Scope.VENUE),
  /** Configured symbols that the venue does not list. */
  SYMBOLS_NOT_LISTED("symbolsNotListed", Kind.GAUGE, Scope.VENUE),

  /** Final candles that came to the ledger, live or repaired. */
  FINALS("finals", Kind.COUNTER, Scope.VENUE),
  /** First versions of candles that were written. */
  WRITTEN("written", Kind.COUNTER, Scope.VENUE),
  /** Repeats of what was known. */
  DUPLICATES("duplicates", Kind.COUNTER, Scope.VENUE),
  /** What was known, read again and equal. */
  CONFIRMED("confirmed", Kind.COUNTER, Scope.VENUE),
  /** Later versions that were written. */
  REVISIONS("revisions", Kind.COUNTER, Scope.VENUE),
  /** Versions that differ and were not believed. */
  DISAGREEMENTS("disagreements", Kind.COUNTER, Scope.VENUE),
  /** Minutes of intervals whose repair is under way. */
  OPEN_GAP_MINUTES("openGapMinutes", Kind.GAUGE, Scope.VENUE),
  /** Seconds since the beginning of the oldest of them; 0 if there is none. */
  OLDEST_GAP_AGE_SECONDS("oldestGapAgeSeconds", Kind.GAUGE, Scope.VENUE),
  /** Intervals with a candle or a proof of silence among those with a state, per cent. */
  COVERAGE_PERCENT("coveragePercent", Kind.GAUGE, Scope.VENUE),
  /** Seconds since the end of the newest candle; of the history's start if there is none. */
  NEWEST_CANDLE_AGE_SECONDS("newestCandleAgeSeconds", Kind.GAUGE, Scope.VENUE),
  /**
   * From an interval's end to its candle, milliseconds, of intervals that ended in this attempt.
   */
  CLOSE_TO_FINAL_MS("closeToFinalMs", Kind.HISTOGRAM, Scope.VENUE),

  /** As {@link #WRITTEN}, of a stream. */
  STREAM_WRITTEN("written", Kind.COUNTER, Scope.STREAM),
  /** As {@link #OPEN_GAP_MINUTES}, of a stream. */
  STREAM_OPEN_GAP_MINUTES("openGapMinutes", Kind.GAUGE, Scope.STREAM),
  /** As {@link #COVERAGE_PERCENT}, of a stream. */
  STREAM_COVERAGE_PERCENT("coveragePercent", Kind.GAUGE, Scope.STREAM),
  /** As {@link #NEWEST_CANDLE_AGE_SECONDS}, of a stream. */
  STREAM_NEWEST_CANDLE_AGE_SECONDS("newestCandleAgeSeconds", Kind.GAUGE, Scope.STREAM),

  /** REST requests that were sent. */
  REPAIR_REQUESTS("repairRequests", Kind.COUNTER, Scope.VENUE),
  /** Requests that were due and had to wait for their budget. */
  REPAIR_WAITS("repairWaits", Kind.COUNTER, Scope.VENUE),
  /** Requests that failed, by reason. */
  REPAIR_FAILURES("repairFailures", Kind.COUNTER, Scope.REASON),
  /** Repairs and second reads that are under way or wait for their time. */
  REPAIRS_OPEN("repairsOpen", Kind.GAUGE, Scope.VENUE),
  /** Second reads among them: they repair nothing that is missing. */
  SECOND_READS_OPEN("secondReadsOpen", Kind.GAUGE, Scope.VENUE),
  /**
   * When REST is asked next for what is missing or in doubt, market time, epoch milliseconds, UTC;
   * 0 if nothing waits.
   */
  NEXT_REPAIR_MS("nextRepairMs", Kind.GAUGE, Scope.VENUE),
  /** Requests that the budget allows now. */
  BUDGET_LEFT("budgetLeft", Kind.GAUGE, Scope.BUDGET),

  /** The state of health: 0 is healthy, 1 degraded, 2 down. */
  HEALTH("health", Kind.GAUGE, Scope.VENUE),
  /** Since when it is in that state, market time, epoch milliseconds, UTC. */
  HEALTH_SINCE_MS("healthSinceMs", Kind.GAUGE, Scope.VENUE),
  /** Failures that count for that state now, by reason. */
  HEALTH_FAILURES("healthFailures", Kind.GAUGE, Scope.REASON),
  /** When the first failure of what lasts was, market time, epoch milliseconds, UTC; 0 if none. */
  TROUBLE_SINCE_MS("troubleSinceMs", Kind.GAUGE, Scope.VENUE),
  /**
   * Since when the feed or REST fails, market time, epoch milliseconds, UTC; 0 if it answers, -1 if
   * it was not heard of.
   */
  FAILS_SINCE_MS("failsSinceMs", Kind.GAUGE, Scope.PART),
  /**
   * When the last trouble that made the venue ill began, of the parts that failed in it: market
   * time, epoch milliseconds, UTC; 0 if none did.
   */
  PAST_TROUBLE_FROM_MS("pastTroubleFromMs", Kind.GAUGE, Scope.PART),
  /** When everything answered again after it; its last failure, if nothing did. */
  PAST_TROUBLE_UNTIL_MS("pastTroubleUntilMs", Kind.GAUGE, Scope.PART),
  /**
   * Failures among what connections and REST said within an hour, per cent; -1 during a warm-up.
   */
  ERROR_RATE_PERCENT("errorRatePercent", Kind.GAUGE, Scope.VENUE),

  /** Bytes that can still be written where the lake is. */
  LAKE_FREE_BYTES("lakeFreeBytes", Kind.GAUGE, Scope.LAKE),
  /** Size of the disk where the lake is, bytes. */
  LAKE_DISK_BYTES("lakeDiskBytes", Kind.GAUGE, Scope.LAKE),
  /** How short of space it is: 0 is roomy, 1 nearly full, 5 full; -1 if nobody can tell. */
  LAKE_DISK_LEVEL("lakeDiskLevel", Kind.GAUGE, Scope.LAKE),
  /** When it is full at the present growth, real milliseconds; -1 if that is not near. */
  LAKE_FULL_IN_MS("lakeFullInMs", Kind.GAUGE, Scope.LAKE),
  /**
   * Bytes that can still be written where a process has its temporary folders, of the disk that has
   * least; -1 if nobody can tell.
   */
  TEMPORARY_FREE_BYTES("temporaryFreeBytes", Kind.GAUGE, Scope.LAKE),
  /** The configured time between two checkpoints, by which the last one is late or not. */
  CHECKPOINT_INTERVAL_MS("checkpointIntervalMs", Kind.GAUGE, Scope.LAKE);

  /**
   * Streams up to which each has metrics of its own. With more of them only the sums per venue are
   * registered: a series for each would cost more than the candles.
   */
  public static final int MOST_STREAMS = 100;

  /** A time that does not come, epoch milliseconds. */
  public static final long NEVER_MS = Long.MAX_VALUE;

  private static final String GROUP = "candles";
  private static final String VENUE = "venue";
  private static final String SYMBOL = "symbol";
  private static final String TIMEFRAME = "timeframe";

  private final String label;
  private final Kind kind;
  private final Scope scope;

  /** What a metric is. */
  public enum Kind {
    /** Only grows. */
    COUNTER,
    /** A value of now. */
    GAUGE,
    /** The distribution of the last values. */
    HISTOGRAM
  }

  /** By what the values of a metric are told apart, besides the venue. */
  public enum Scope {
    /** By nothing, not even the venue. */
    LAKE(""),
    /** By nothing. */
    VENUE("venue_"),
    /** By symbol and timeframe; only up to {@link #MOST_STREAMS}. */
    STREAM("venue_symbol_timeframe_"),
    /** By why. */
    REASON("venue_reason_"),
    /** By feed or REST. */
    PART("venue_part_"),
    /** By the kind of anomaly. */
    ANOMALY("venue_anomaly_"),
    /** By the name of a venue's budget. */
    BUDGET("venue_budget_");

    private final String path;

    Scope(String path) {
      this.path = path;
    }

    private String variable() {
      return path.substring(VENUE.path.length(), path.length() - 1);
    }
  }

  CollectorMetric(String label, Kind kind, Scope scope) {
    this.label = label;
    this.kind = kind;
    this.scope = scope;
  }

  /** The name within its group, like {@code written}. */
  public String label() {
    return label;
  }

  /** What it is. */
  public Kind kind() {
    return kind;
  }

  /** By what it is told apart. */
  public Scope scope() {
    return scope;
  }

  /** How its name ends in Prometheus, like {@code _candles_venue_written}. */
  public String prometheusEnd() {
    return "_" + GROUP + "_" + scope.path + label;
  }

  /** The group of a venue below an operator's. */
  public static MetricGroup venue(MetricGroup operator, String venue) {
    return operator.addGroup(GROUP).addGroup(VENUE, venue);
  }

  /** The group of a stream below an operator's. */
  public static MetricGroup stream(MetricGroup operator, StreamKey stream) {
    return venue(operator, stream.venue())
        .addGroup(SYMBOL, stream.symbol())
        .addGroup(TIMEFRAME, stream.timeframe().label());
  }

  /** The group of the lake below an operator's. */
  public static MetricGroup lake(MetricGroup operator) {
    return operator.addGroup(GROUP);
  }

  /** Registers a counter in the group of its scope. */
  public Counter counter(MetricGroup group) {
    return group.counter(label);
  }

  /** Registers a counter for one value of the scope's variable, in the group of the venue. */
  public Counter counter(MetricGroup venue, String value) {
    return venue.addGroup(scope.variable(), value).counter(label);
  }

  /** Registers a gauge in the group of its scope; its value is read by other threads. */
  public void gauge(MetricGroup group, Gauge<? extends Number> value) {
    group.gauge(label, value);
  }

  /** Registers a gauge for one value of the scope's variable, in the group of the venue. */
  public void gauge(MetricGroup venue, String of, Gauge<? extends Number> value) {
    venue.addGroup(scope.variable(), of).gauge(label, value);
  }

  /** Registers a histogram in the group of its scope. */
  public Histogram histogram(MetricGroup group, Histogram histogram) {
    return group.histogram(label, histogram);
  }
}
