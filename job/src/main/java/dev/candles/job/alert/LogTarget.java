package dev.candles.job.alert;

import dev.candles.job.config.AlertConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** The log: the alert for people and the event for programs, at the alert's level. */
final class LogTarget implements AlertTarget {
  private static final Logger LOG = LoggerFactory.getLogger(LogTarget.class);

  /** Lines with it are shown as CRITICAL, a level that the logging interface does not have. */
  private static final Marker CRITICAL = MarkerFactory.getMarker("CRITICAL");

  @Override
  public String name() {
    return AlertConfig.LOG;
  }

  @Override
  public void tell(Alert alert) {
    switch (alert.severity()) {
      case CRITICAL -> {
        LOG.error(CRITICAL, "{}", alert.line());
        LOG.error(CRITICAL, "{}", alert.event());
      }
      case WARNING -> {
        LOG.warn("{}", alert.line());
        LOG.warn("{}", alert.event());
      }
      case INFO -> {
        LOG.info("{}", alert.line());
        LOG.info("{}", alert.event());
      }
    }
  }
}
