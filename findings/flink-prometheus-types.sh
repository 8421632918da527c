#!/usr/bin/env bash
# Guess: what a job registers with Flink as a counter, a meter and a histogram arrives in Prometheus as a counter,
# as its count, and as something whose mean can be asked for.
#
# Seen with Flink 2.3.0 (flink-metrics-prometheus): a counter is declared a gauge, so that whatever decides by the
# declared type (a dashboard that proposes rate(), a linter, a federation that turns counters into deltas) takes it
# for a level. Of a meter only its rate of the last minute arrives, never the count that it also keeps. A histogram
# is a summary with _count and quantiles and without _sum: rate(x_sum) / rate(x_count), the mean of everyone's
# runbook, has no answer, and an alert on it stays silent for ever. A gauge of text is not left out: it
# arrives as 0, whatever it says.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Java, Maven or the packages cannot be had.
set -euo pipefail

command -v java >/dev/null && command -v mvn >/dev/null || { echo 'skipped: no java or no mvn'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<'P'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-runtime</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-metrics-prometheus</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.commons</groupId><artifactId>commons-math3</artifactId><version>3.6.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
P
mvn -q -B -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath \
  -Dmdep.outputFile="$work/classpath" || { echo 'skipped: packages cannot be had'; exit 77; }

cat >"$work/Finding.java" <<'J'
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.prometheus.PrometheusReporter;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetupBuilder;
import org.apache.flink.runtime.metrics.groups.JobManagerMetricGroup;

public class Finding {
  public static void main(String[] args) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    MetricConfig ports = new MetricConfig();
    ports.setProperty("port", Integer.toString(port));
    PrometheusReporter reporter = new PrometheusReporterFactory().createMetricReporter(ports);
    MetricRegistryImpl registry =
        new MetricRegistryImpl(
            MetricRegistryConfiguration.fromConfiguration(new Configuration(), 10_000_000),
            List.of(ReporterSetupBuilder.METRIC_SETUP_BUILDER.forReporter("prom", reporter)));
    MetricGroup group = JobManagerMetricGroup.createJobManagerMetricGroup(registry, "here");
    group.counter("candles").inc(7);
    group.meter("frames", new MeterView(60)).markEvent(600);
    Histogram delays = group.histogram("delay", new DescriptiveStatisticsHistogram(100));
    IntStream.of(10, 20, 90).forEach(delays::update);
    group.gauge("state", (Gauge<String>) () -> "HEALTHY");

    String text =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    Set<String> seen =
        Arrays.stream(text.split("\n"))
            .filter(line -> !line.startsWith("# HELP"))
            .map(line -> line.replace("flink_jobmanager_", "").replaceAll("host=\"here\",?", "").replace("{}", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    seen.forEach(System.out::println);
    boolean same =
        seen.contains("# TYPE candles gauge")
            && seen.contains("candles 7.0")
            && seen.contains("# TYPE frames gauge")
            && seen.stream().noneMatch(line -> line.endsWith(" 600.0"))
            && seen.contains("# TYPE delay summary")
            && seen.contains("delay_count 3.0")
            && seen.stream().noneMatch(line -> line.startsWith("delay_sum"))
            && seen.contains("state 0.0");
    System.out.println(same ? "as written down" : "this has changed");
    System.exit(same ? 0 : 1);
  }
}
J
java -cp "$(cat "$work/classpath")" "$work/Finding.java"
