package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.FreePort;
import dev.candles.cli.demo.SimulatedConfig;
import dev.candles.core.time.MarketClock;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.ConfigParser;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.StateFiles;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sources.venue.Venues;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads of a collector in one JVM, beside Flink's own reporter. */
@Timeout(600)
class PrometheusTextTest {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final Pattern LINE = Pattern.compile("([^{ ]+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("\\w+=\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final String WRITTEN = "flink_taskmanager_job_task_operator_candles_venue_written";

  /** Those whose value at one moment is that of all moments between two of the same value. */
  private static final Pattern GROWING =
      Pattern.compile(".*_candles_venue_(written|finals|frames|closeToFinalMs(_count)?)\\b.*");

  @TempDir private Path folder;

  @Test
  void aScrapeSaysWhatFlinksOwnReporterSays() throws Exception {
    MarketClock clock =
        new MarketClock(
            System.currentTimeMillis(), Instant.parse("2026-03-02T11:57:00Z").toEpochMilli(), 60);
    SimulatorConfig venues =
        SimulatorConfig.defaults()
            .withVenues(List.of("okx"))
            .withSymbols("okx", List.of("BTC-USDT"))
            .withClock(clock);
    int flinks = FreePort.any();
    try (Simulator simulator = Simulator.start(venues)) {
      CollectorConfig config = config(simulator);
      try (FlinkJob job = start(config, flinks)) {
        awaitCandles();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!isSame(
            samples(read(flinks)), samples(PrometheusText.text()), samples(read(flinks)))) {
          assertThat(System.nanoTime()).as("a figure stood still").isLessThan(deadline);
          TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(job.result()).isNotDone();
        assertThat(types(PrometheusText.text())).containsAll(types(read(flinks)));
      }
    }
  }

  /** False if no figure above zero stood still, so that none was compared. */
  private static boolean isSame(
      Map<String, String> before, Map<String, String> ours, Map<String, String> after) {
    assertThat(before).hasSizeGreaterThan(300);
    Map<String, String> both = new TreeMap<>(before);
    both.keySet().retainAll(after.keySet());
    assertThat(ours.keySet()).containsAll(both.keySet());
    Map<String, String> either = new TreeMap<>(before);
    either.putAll(after);
    assertThat(either.keySet()).containsAll(ours.keySet());
    List<String> still =
        both.keySet().stream()
            .filter(series -> GROWING.matcher(series).matches())
            .filter(series -> before.get(series).equals(after.get(series)))
            .filter(series -> Double.parseDouble(before.get(series)) > 0)
            .toList();
    assertThat(still).allSatisfy(s -> assertThat(ours).containsEntry(s, before.get(s)));
    return !still.isEmpty();
  }

  private static void awaitCandles() throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (samples(PrometheusText.text()).entrySet().stream()
        .noneMatch(s -> s.getKey().startsWith(WRITTEN) && Double.parseDouble(s.getValue()) > 0)) {
      assertThat(System.nanoTime()).as("in time: %s", PrometheusText.text()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static List<String> types(String text) {
    return text.lines().filter(line -> line.startsWith("# TYPE ")).sorted().toList();
  }

  /** Values by name and labels, these in their order. */
  private static Map<String, String> samples(String text) {
    Map<String, String> samples = new TreeMap<>();
    for (String line : text.lines().filter(l -> !l.startsWith("#") && !l.isBlank()).toList()) {
      Matcher parts = LINE.matcher(line);
      assertThat(parts.matches()).as(line).isTrue();
      String labels =
          LABEL
              .matcher(Optional.ofNullable(parts.group(2)).orElse(""))
              .results()
              .map(label -> label.group())
              .sorted()
              .collect(Collectors.joining(","));
      assertThat(samples.put(parts.group(1) + "{" + labels + "}", parts.group(3)))
          .as("twice: %s", line)
          .isNull();
    }
    return samples;
  }

  private static String read(int port) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
    try (InputStream in = uri.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private CollectorConfig config(Simulator simulator) throws Exception {
    Path file = folder.resolve("sim.yaml");
    SimulatedConfig.write(file, simulator, 1, "");
    Files.writeString(file, Files.readString(file) + "prometheus_port: 0\n");
    return new ConfigParser(Venues.profiles(), System::currentTimeMillis).load(file);
  }

  private static FlinkJob start(CollectorConfig config, int flinks) throws Exception {
    LakeLayout layout = new LakeLayout(config.lake().path());
    Path temporary = Files.createDirectories(layout.state().resolve("tmp-of-test"));
    Configuration flink = FlinkSettings.of(config, Optional.empty(), temporary);
    flink.set(MetricOptions.REPORTERS_LIST, flink.get(MetricOptions.REPORTERS_LIST) + ",prom");
    flink.setString(
        "metrics.reporter.prom.factory.class", PrometheusReporterFactory.class.getName());
    flink.setString("metrics.reporter.prom.port", String.valueOf(flinks));
    flink.setString("metrics.reporter.prom.filterLabelValueCharacters", "false");
    return FlinkJob.start(config, flink, new StateFiles(layout));
  }
}
