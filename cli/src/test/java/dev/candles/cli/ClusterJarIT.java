package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.job.CollectorMain;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar that is submitted to a Flink cluster, as the build made it. */
class ClusterJarIT {
  private final List<String> names = names();

  @Test
  void itHasTheThreeEntryClassesWithTheirMain() throws Exception {
    for (Class<?> entry : List.of(CollectorMain.class, QualityMain.class, CompactionMain.class)) {
      assertThat(names).contains(entry.getName().replace('.', '/') + ".class");
      assertThat(entry.getMethod("main", String[].class).getReturnType()).isEqualTo(void.class);
    }
  }

  @Test
  void whatAClusterHasIsNotInIt() {
    assertThat(names)
        .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
        .noneMatch(name -> name.startsWith("org/apache/flink/streaming/api/environment/"))
        .noneMatch(name -> name.startsWith("org/apache/logging/"))
        .noneMatch(name -> name.startsWith("org/slf4j/"))
        .noneMatch(name -> name.startsWith("org/rocksdb/"))
        .noneMatch(name -> name.startsWith("log4j2"));
  }

  @Test
  void whatTheJobsNeedBesideItIsInIt() {
    assertThat(names)
        .contains("org/apache/flink/connector/file/sink/FileSink.class")
        .contains("org/apache/flink/formats/parquet/ParquetBulkWriter.class")
        .contains("org/apache/parquet/hadoop/ParquetWriter.class")
        .contains("org/java_websocket/client/WebSocketClient.class");
  }

  @Test
  void itIsNeitherSignedNorAModule() {
    assertThat(names)
        .noneMatch(name -> name.endsWith("module-info.class"))
        .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA)"));
  }

  /** A class path in it would put a distribution's Flink before the cluster's own. */
  @Test
  void itsManifestNamesTheCollectorAndNoClassPath() throws IOException {
    try (JarFile jar = new JarFile(System.getProperty("candles.cluster.jar"))) {
      Attributes main = jar.getManifest().getMainAttributes();
      assertThat(main.getValue(Attributes.Name.MAIN_CLASS))
          .isEqualTo(CollectorMain.class.getName());
      assertThat(main.getValue(Attributes.Name.CLASS_PATH)).isNull();
    }
  }

  private static List<String> names() {
    String file = Objects.requireNonNull(System.getProperty("candles.cluster.jar"));
    try (JarFile jar = new JarFile(file)) {
      return jar.stream().map(ZipEntry::getName).toList();
    } catch (IOException e) {
      throw new IllegalStateException("the build made no jar for a cluster: " + file, e);
    }
  }
}
