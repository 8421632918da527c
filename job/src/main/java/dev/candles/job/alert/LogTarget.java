package dev.candles.job.alert;

import dev.candles.core.health.HealthState;
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

  private static final String EVENT =
      "event=state_transition venue={} old_state={} new_state={} failures={} reason=\"{}\" id={}";

  @Override
  public String name() {
    return AlertConfig.LOG;
  }

  @Override
  public void tell(Alert alert) {
    Object[] values = {
      alert.venue(),
      alert.change().from(),
      alert.change().to(),
      alert.change().failures(),
      alert.change().reason(alert.rules()),
      alert.id()
    };
    if (alert.change().to() == HealthState.DOWN) {
      LOG.error(CRITICAL, alert.line());
      LOG.error(CRITICAL, EVENT, values);
    } else if (alert.change().to() == HealthState.DEGRADED) {
      LOG.warn(alert.line());
      LOG.warn(EVENT, values);
    } else {
      LOG.info(alert.line());
      LOG.info(EVENT, values);
    }
  }
}
