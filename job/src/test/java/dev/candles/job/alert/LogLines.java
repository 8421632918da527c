package dev.candles.job.alert;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What this package logs while it is open, as {@code LEVEL[marker]: message}. */
final class LogLines extends AbstractAppender implements AutoCloseable {
  final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;

  LogLines() {
    super("lines", null, null, false, Property.EMPTY_ARRAY);
    logger = (Logger) LogManager.getLogger("dev.candles.job.alert");
    start();
    logger.addAppender(this);
  }

  @Override
  public void append(LogEvent event) {
    String marker = event.getMarker() == null ? "" : "[" + event.getMarker().getName() + "]";
    lines.add(event.getLevel() + marker + ": " + event.getMessage().getFormattedMessage());
  }

  @Override
  public void close() {
    logger.removeAppender(this);
    stop();
  }
}
