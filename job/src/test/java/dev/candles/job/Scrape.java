package dev.candles.job;

import dev.candles.sources.metrics.CollectorMetric;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Prometheus would read of a collector, once. */
record Scrape(List<Sample> samples) {
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One line. */
  record Sample(String name, Map<String, String> labels, double value) {
    boolean has(String label, String value) {
      return value.equals(labels.get(label));
    }
  }

  static Scrape at(int port) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
    try (InputStream in = uri.toURL().openStream()) {
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  static Scrape of(String text) {
    List<Sample> samples = new ArrayList<>();
    for (String line : text.lines().filter(l -> !l.startsWith("#") && !l.isBlank()).toList()) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new IllegalStateException("no line of Prometheus: " + line);
      }
      Map<String, String> labels = new HashMap<>();
      Matcher label = LABEL.matcher(parts.group(2) == null ? "" : parts.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      samples.add(new Sample(parts.group(1), labels, Double.parseDouble(parts.group(3))));
    }
    return new Scrape(samples);
  }

  Set<String> names() {
    return samples.stream().map(Sample::name).collect(Collectors.toSet());
  }

  /** Those of a metric of the collector and a venue, in every operator. */
  Stream<Sample> of(CollectorMetric metric, String venue) {
    return samples.stream()
        .filter(sample -> sample.name().endsWith(metric.prometheusEnd()))
        .filter(sample -> sample.has("venue", venue));
  }

  double sum(CollectorMetric metric, String venue) {
    return of(metric, venue).mapToDouble(Sample::value).sum();
  }
}
