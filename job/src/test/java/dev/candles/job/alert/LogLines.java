package dev.candles.job.alert;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/**
 * What is logged while it is open, as {@code LEVEL[marker]: message}. Jobs of other tests log at
 * the same time.
 */
public final class LogLines extends AbstractAppender implements AutoCloseable {
  /** In order. */
  public final List<String> lines = new CopyOnWriteArrayList<>();

  private final String holding;
  private final Logger logger;

  /**
   * @param of a package or class
   * @param holding what a message holds that is meant
   */
  public LogLines(String of, String holding) {
    super("lines", null, null, false, Property.EMPTY_ARRAY);
    this.holding = holding;
    logger = (Logger) LogManager.getLogger(of);
    start();
    logger.addAppender(this);
  }

  @Override
  public void append(LogEvent event) {
    String marker = event.getMarker() == null ? "" : "[" + event.getMarker().getName() + "]";
    String message = event.getMessage().getFormattedMessage();
    if (message.contains(holding) || message.contains(WebhookReceiver.SECRET)) {
      lines.add(event.getLevel() + marker + ": " + message);
    }
  }

  @Override
  public void close() {
    logger.removeAppender(this);
    stop();
  }
}
