package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program as it is built, for a cluster of this machine. */
class FlinkHomeTest {
  @TempDir private Path folder;

  /** Else the settings in flink-conf that name it would want a jar of whoever takes them. */
  @Test
  void aClusterHasTheReporterOfPrometheusAndNothingOfTheJob() throws Exception {
    Path program = file("candles.jar");
    Path runtime = file("lib/flink-runtime-2.3.0.jar");
    file("lib/candles-core-0.1.0.jar");
    assertThat(new FlinkHome(program).classPath()).containsExactly(runtime);
    Path reporter = file("plugins/metrics-prometheus/flink-metrics-prometheus-2.3.0.jar");
    assertThat(new FlinkHome(program).classPath()).containsExactly(runtime, reporter);
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.createFile(file);
  }
}
