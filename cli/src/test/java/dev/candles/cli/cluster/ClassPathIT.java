package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The cluster's class path beside the jar that is submitted, as the build made it. */
class ClassPathIT {
  /** Flink's classes come from the cluster first, and would not see what the jar brings. */
  @Test
  void noClassOfFlinkIsOnBothSides() throws Exception {
    Set<String> submitted = flinkClasses(FlinkHome.here().jar());
    assertThat(submitted).anyMatch(name -> name.contains("/parquet/"));
    for (Path jar : FlinkHome.here().classPath()) {
      Set<String> both = flinkClasses(jar);
      both.retainAll(submitted);
      assertThat(both).as(jar.toString()).isEmpty();
    }
  }

  @Test
  void theClusterHasWhatItsProcessesStartWith() throws Exception {
    assertThat(FlinkHome.here().classPath().stream().map(jar -> jar.getFileName().toString()))
        .anyMatch(name -> name.startsWith("flink-runtime-2"))
        .anyMatch(name -> name.startsWith("flink-statebackend-rocksdb"))
        .anyMatch(name -> name.startsWith("flink-shaded-zookeeper"))
        .anyMatch(name -> name.startsWith("snakeyaml-engine"))
        .anyMatch(name -> name.startsWith("log4j-core"))
        .noneMatch(name -> name.startsWith("candles-"));
  }

  @Test
  void theJarIsOfThisBuild() throws Exception {
    assertThat(ClusterJar.of(FlinkHome.here().jar()).address()).startsWith("file:");
  }

  private static Set<String> flinkClasses(Path file) throws Exception {
    Set<String> names = new HashSet<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith("org/apache/flink/") && name.endsWith(".class"))
          .forEach(names::add);
    }
    return names;
  }
}
