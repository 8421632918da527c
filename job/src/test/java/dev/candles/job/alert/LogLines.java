package dev.candles.job.alert;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/**
 * What this package logs of one venue while it is open, as {@code LEVEL[marker]: message}. Jobs of
 * other tests log at the same time.
 */
final class LogLines extends AbstractAppender implements AutoCloseable {
  final List<String> lines = new CopyOnWriteArrayList<>();
  private final String venue;
  private final Logger logger;

  LogLines(String venue) {
    super("lines", null, null, false, Property.EMPTY_ARRAY);
    this.venue = venue;
    logger = (Logger) LogManager.getLogger("dev.candles.job.alert");
    start();
    logger.addAppender(this);
  }

  @Override
  public void append(LogEvent event) {
    String marker = event.getMarker() == null ? "" : "[" + event.getMarker().getName() + "]";
    String message = event.getMessage().getFormattedMessage();
    if (message.contains(venue) || message.contains(WebhookReceiver.SECRET)) {
      lines.add(event.getLevel() + marker + ": " + message);
    }
  }

  @Override
  public void close() {
    logger.removeAppender(this);
    stop();
  }
}
