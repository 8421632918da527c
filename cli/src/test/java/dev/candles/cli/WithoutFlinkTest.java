package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands that need no Flink load nothing of it, and nothing of Parquet before there is a file to
 * read: half of what a short command costs is the loading of classes.
 */
@Execution(ExecutionMode.CONCURRENT)
class WithoutFlinkTest {
  private static final String FLINK = "org.apache.flink.";
  private static final List<String> PARQUET =
      List.of("org.apache.parquet.", "shaded.parquet.", "org.apache.hadoop.");

  /** An interface that the JVM loads to verify a class that gives one away. */
  private static final String VERIFIED = "org.apache.parquet.io.OutputFile";

  private static final StreamKey STREAM = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final long DAY = 1_767_916_800_000L; // 2026-01-09

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "help",
        "run --help",
        "gaps --data-dir LAKE",
        "coverage --data-dir LAKE",
        "explain okx/BTC-USDT/1m 2026-01-09T12:00:00Z --data-dir LAKE"
      })
  void itLoadsNeitherOfAStreamWithoutFiles(String command) throws Exception {
    partition();

    List<String> loaded = loadedBy(command);

    assertThat(loaded).contains(Candles.class.getName());
    assertThat(loaded.stream().filter(WithoutFlinkTest::isOfFlink)).isEmpty();
    assertThat(loaded.stream().filter(WithoutFlinkTest::isOfParquet)).isEmpty();
  }

  /** Whose version it prints says so itself. */
  @Test
  void versionLoadsOfFlinkWhatSaysItsVersion() throws Exception {
    List<String> loaded = loadedBy("version");

    assertThat(loaded.stream().filter(WithoutFlinkTest::isOfParquet)).isEmpty();
    assertThat(loaded.stream().filter(WithoutFlinkTest::isOfFlink))
        .isNotEmpty()
        .allMatch(name -> name.startsWith(FLINK + "runtime.util.EnvironmentInformation"));
  }

  /** With a file to read something of Parquet comes, and still nothing of Flink. */
  @ParameterizedTest
  @ValueSource(strings = {"gaps --data-dir LAKE", "coverage --data-dir LAKE"})
  void itLoadsNoFlinkToReadFiles(String command) throws Exception {
    CandleFiles.write(
        partition().resolve("c-1.parquet"),
        List.of(TestCandle.of(STREAM, DAY, 100, 1, 0, DAY + 1)));

    List<String> loaded = loadedBy(command);

    assertThat(loaded.stream().filter(WithoutFlinkTest::isOfParquet)).isNotEmpty();
    assertThat(loaded.stream().filter(WithoutFlinkTest::isOfFlink)).isEmpty();
  }

  private static boolean isOfFlink(String name) {
    return name.startsWith(FLINK);
  }

  private static boolean isOfParquet(String name) {
    return PARQUET.stream().anyMatch(name::startsWith) && !name.equals(VERIFIED);
  }

  /** Its folder makes a stream known. */
  private Path partition() throws IOException {
    LakeLayout lake = new LakeLayout(folder.resolve("lake"));
    return Files.createDirectories(lake.partition(Folder.CANDLES, Partition.of(STREAM, DAY)));
  }

  /** The names of all classes that the command loads, in a JVM of its own. */
  private List<String> loadedBy(String command) throws Exception {
    Path log = folder.resolve("classes.log");
    Path out = folder.resolve("out.txt");
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    words.addAll(List.of("-Xlog:class+load:file=" + log + "::filecount=0", "-cp"));
    words.addAll(List.of(System.getProperty("java.class.path"), Candles.class.getName()));
    words.addAll(List.of(command.replace("LAKE", folder.resolve("lake").toString()).split(" ")));
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();
    assertThat(ended).as(Files.readString(out)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains(" source: "))
        .map(line -> line.substring(line.lastIndexOf(']') + 1, line.indexOf(" source: ")).strip())
        .toList();
  }
}
