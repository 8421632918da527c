package dev.candles.job.operator;

import dev.candles.core.health.HealthCheck;
import dev.candles.core.health.HealthNews;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the health check of all venues again and again; keeps no state, so its counts are of one
 * attempt of the job. A sink, because its writer has a timer before anything comes. One writer has
 * to see the news of all venues.
 */
public final class HealthCheckSink implements Sink<HealthNews> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(HealthCheckSink.class);

  private final List<String> venues;
  private final long everyMs;

  /**
   * @param venues those it tells of, in this order
   * @param every real time between two
   */
  public HealthCheckSink(List<String> venues, Duration every) {
    this.venues = List.copyOf(venues);
    this.everyMs = every.toMillis();
  }

  @Override
  public SinkWriter<HealthNews> createWriter(WriterInitContext context) {
    Writer writer =
        new Writer(new HealthCheck(venues), context.getProcessingTimeService(), everyMs);
    writer.arm();
    return writer;
  }

  /** All on the mailbox thread. */
  private record Writer(HealthCheck check, ProcessingTimeService timers, long everyMs)
      implements SinkWriter<HealthNews> {
    void arm() {
      var unused = timers.registerTimer(timers.getCurrentProcessingTime() + everyMs, this::log);
    }

    private void log(long timestamp) {
      check.lines().forEach(LOG::info);
      arm();
    }

    @Override
    public void write(HealthNews news, Context context) {
      check.take(news);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
