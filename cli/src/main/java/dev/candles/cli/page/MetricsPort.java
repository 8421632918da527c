package dev.candles.cli.page;

import dev.candles.cli.embedded.PrometheusText;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.WebUiConfig;
import dev.candles.text.FailureText;
import dev.candles.text.LogValue;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the metrics of the collector in this JVM on 127.0.0.1, as Prometheus reads them. */
public final class MetricsPort {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsPort.class);
  private static final String PATH = "/metrics";
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PORT_IN_USE =
      "collecting goes on without it; set prometheus_port to another port, to 0 for any, or to off";

  private MetricsPort() {}

  /**
   * Serves them until it is closed, if the configuration says so. What prevents it is logged, and
   * collecting goes on.
   */
  public static AutoCloseable beside(CollectorConfig config) {
    int port = config.webUi().prometheusPort();
    if (port == WebUiConfig.NONE) {
      return () -> {};
    }
    try {
      LoopbackServer server = LoopbackServer.bind(port, "metrics");
      server.serve(MetricsPort::answer);
      LOG.info("Metrics: {}{}", server.address(), PATH);
      return server;
    } catch (RefusedException e) {
      LOG.warn(
          "event=metrics_port_in_use port={} error={} hint={}",
          port,
          LogValue.of(OneLine.of(String.valueOf(e.getCause()))),
          LogValue.of(PORT_IN_USE));
    } catch (IOException | RuntimeException e) { // collecting does not end for it
      LOG.warn(
          "event=metrics_not_served port={} error={}",
          port,
          LogValue.of(OneLine.of(FailureText.of(e))));
    }
    return () -> {};
  }

  private static Answer answer(URI asked) {
    return PATH.equals(asked.getPath())
        ? Answer.of(200, TYPE, PrometheusText.text())
        : Answer.refused(404, "the metrics are at " + PATH);
  }
}
