package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log of a process: of a collector in one JVM, of a cluster, and of a container. */
@Isolated("properties of the system name the files")
class LogConfigurationsTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root", ".."));
  private static final Instant AT = Instant.parse("2026-03-02T11:57:00.123Z");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "cli/src/main/resources/log4j2-collector.xml, file",
    "flink-conf/log4j-cluster.properties, file",
    "flink-conf/log4j.properties, console"
  })
  void whatTheCollectorSaysIsTheSameLineEverywhere(String file, String appender) {
    LoggerContext context = new LoggerContext("lines");
    Configuration log = configuration(context, file);
    try {
      String sink = "dev.candles.job.operator.HealthCheckSink$Writer";
      String check = "HEALTH CHECK | Overall: HEALTHY";
      assertThat(line(log, appender, event(sink, Level.INFO, check, null)))
          .isEqualTo("2026-03-02T11:57:00.123Z INFO: " + check + "\n");
      String target = "dev.candles.job.alert.LogTarget";
      String alert = "ALERT [WARNING] okx: State transition: HEALTHY → DEGRADED";
      assertThat(line(log, appender, event(target, Level.WARN, alert, null)))
          .isEqualTo("2026-03-02T11:57:00.123Z WARNING: " + alert + "\n");
      alert = "ALERT [CRITICAL] okx: State transition: DEGRADED → DOWN";
      assertThat(line(log, appender, event(target, Level.ERROR, alert, "CRITICAL")))
          .isEqualTo("2026-03-02T11:57:00.123Z CRITICAL: " + alert + "\n");
      String handler = "org.apache.flink.runtime.rest.handler.job.JobDetailsHandler";
      assertThat(log.getLoggerConfig(handler).getLevel()).isEqualTo(Level.OFF);
    } finally {
      log.stop();
      context.stop();
    }
  }

  /** Whoever reads the log of a JobManager knows Flink's classes, and by them what to look for. */
  @Test
  void whatFlinkSaysHasTheNameOfItsClass() {
    LoggerContext context = new LoggerContext("lines");
    Configuration log = configuration(context, "flink-conf/log4j-cluster.properties");
    try {
      String coordinator = "org.apache.flink.runtime.checkpoint.CheckpointCoordinator";
      assertThat(line(log, "file", event(coordinator, Level.INFO, "Completed checkpoint 7", null)))
          .isEqualTo(
              "2026-03-02T11:57:00.123Z INFO: CheckpointCoordinator Completed checkpoint 7\n");
    } finally {
      log.stop();
      context.stop();
    }
  }

  private Configuration configuration(LoggerContext context, String file) {
    System.setProperty("candles.log", folder.resolve("collector").toString());
    System.setProperty("candles.log.pattern", folder.resolve("collector").toString());
    System.setProperty("candles.log.file", folder.resolve("member.log").toString());
    try {
      Configuration log =
          ConfigurationFactory.getInstance()
              .getConfiguration(context, "lines", ROOT.resolve(file).toAbsolutePath().toUri());
      log.initialize();
      return log;
    } finally {
      System.clearProperty("candles.log");
      System.clearProperty("candles.log.pattern");
      System.clearProperty("candles.log.file");
    }
  }

  private static String line(Configuration log, String appender, LogEvent event) {
    return log.getAppender(appender).getLayout().toSerializable(event).toString();
  }

  private static LogEvent event(
      String logger, Level level, String message, @Nullable String marker) {
    return Log4jLogEvent.newBuilder()
        .setLoggerName(logger)
        .setLevel(level)
        .setMessage(new SimpleMessage(message))
        .setMarker(marker == null ? null : MarkerManager.getMarker(marker))
        .setTimeMillis(AT.toEpochMilli())
        .build();
  }
}
