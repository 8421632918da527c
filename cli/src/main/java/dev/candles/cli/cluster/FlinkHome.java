package dev.candles.cli.cluster;

import dev.candles.cli.embedded.ProgramCode;
import dev.candles.cli.embedded.RefusedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What this program brings for a cluster: Flink's side of its class path, the jar to submit, and
 * the configuration. Found beside the program's jar; run from folders of classes, where the build
 * has them.
 */
public final class FlinkHome {
  /** What the jar to submit brings itself, so that a cluster must not have it; see cli/pom.xml. */
  private static final Pattern OF_THE_JOB =
      Pattern.compile(
          "(candles|flink-(connector-|file-sink-|parquet)|parquet-|hadoop-"
              + "|RoaringBitmap-|jackson-|Java-WebSocket-|conscrypt-|picocli-|uplot-|jspecify-"
              + "|commons-pool-|javax\\.annotation-|async-profiler-).*");

  private static final String JAR = "candles-cluster.jar";

  /** That of Prometheus, with which a cluster's own folder of plugins has nothing to do. */
  private static final String REPORTER = "plugins/metrics-prometheus";

  private final Path program;

  /**
   * @param program its jar, or a folder of classes
   */
  FlinkHome(Path program) {
    this.program = program;
  }

  /** Of this program. */
  public static FlinkHome here() throws IOException {
    return new FlinkHome(ProgramCode.here());
  }

  /** The folder of Flink's configuration. */
  public Path conf() {
    return isJar()
        ? program.resolveSibling("flink-conf")
        : program.resolve("../../../flink-conf").normalize();
  }

  /**
   * The jar to submit.
   *
   * @throws RefusedException if there is none
   */
  Path jar() throws RefusedException {
    Path jar = isJar() ? program.resolveSibling(JAR) : program.resolve("../" + JAR).normalize();
    Path named = Path.of(System.getProperty("candles.cluster.jar", jar.toString()));
    if (!Files.isRegularFile(named)) {
      throw new RefusedException(
          "the jar to submit is missing: " + named + "; build or copy the program anew");
    }
    return named;
  }

  /** The jars of JobManager and TaskManager. */
  List<Path> classPath() throws IOException {
    List<Path> jars = new ArrayList<>();
    if (isJar()) {
      addAll(jars, program.resolveSibling("lib"));
      Path reporter = program.resolveSibling(REPORTER);
      if (Files.isDirectory(reporter)) {
        addAll(jars, reporter);
      }
    } else {
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        jars.add(Path.of(entry));
      }
    }
    return jars.stream().filter(FlinkHome::isFlinks).toList();
  }

  private static void addAll(List<Path> jars, Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      files.sorted().forEach(jars::add);
    }
  }

  /** The class path of JobManager and TaskManager as a JVM is told it. */
  public String classPathText() throws IOException {
    return text(classPath());
  }

  static String text(List<Path> jars) {
    return jars.stream()
        .map(jar -> jar.toAbsolutePath().normalize().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isFlinks(Path jar) {
    String name = String.valueOf(jar.getFileName());
    return name.endsWith(".jar") && !OF_THE_JOB.matcher(name).matches();
  }

  private boolean isJar() {
    return Files.isRegularFile(program);
  }
}
