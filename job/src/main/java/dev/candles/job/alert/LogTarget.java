package dev.candles.job.alert;

import dev.candles.job.config.AlertConfig;
import dev.candles.text.LogValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** The log: the alert for people and the event for programs, at the alert's level. */
final class LogTarget implements AlertTarget {
  private static final Logger LOG = LoggerFactory.getLogger(LogTarget.class);

  /** Lines with it are shown as CRITICAL, a level that the logging interface does not have. */
  private static final Marker CRITICAL = MarkerFactory.getMarker("CRITICAL");

  private static final String CHANGE =
      "event=state_transition venue={} old_state={} new_state={} failures={} reason={} id={}";

  private static final String NOTICE = "event=alert kind={} id={}";

  @Override
  public String name() {
    return AlertConfig.LOG;
  }

  @Override
  public void tell(Alert alert) {
    if (alert instanceof HealthAlert health) {
      changed(health);
    } else if (alert instanceof Notice notice) {
      noticed(notice);
    }
  }

  private static void changed(HealthAlert alert) {
    Object[] values = {
      alert.venue(),
      alert.change().from(),
      alert.change().to(),
      alert.change().failures(),
      LogValue.of(alert.change().reason(alert.rules())),
      alert.id()
    };
    switch (alert.severity()) {
      case CRITICAL -> {
        LOG.error(CRITICAL, alert.line());
        LOG.error(CRITICAL, CHANGE, values);
      }
      case WARNING -> {
        LOG.warn(alert.line());
        LOG.warn(CHANGE, values);
      }
      case INFO -> {
        LOG.info(alert.line());
        LOG.info(CHANGE, values);
      }
    }
  }

  private static void noticed(Notice notice) {
    switch (notice.severity()) {
      case CRITICAL -> {
        LOG.error(CRITICAL, notice.line());
        LOG.error(CRITICAL, NOTICE, notice.kind(), notice.id());
      }
      case WARNING -> {
        LOG.warn(notice.line());
        LOG.warn(NOTICE, notice.kind(), notice.id());
      }
      case INFO -> {
        LOG.info(notice.line());
        LOG.info(NOTICE, notice.kind(), notice.id());
      }
    }
  }
}
