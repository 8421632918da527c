package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The command line in processes of their own, under an English and an Arabic machine. */
@Execution(ExecutionMode.CONCURRENT)
@Order(2)
class LanguageTest {
  private static final StreamKey BTC = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  private static final long DAY = Instant.parse("2026-01-09T00:00:00Z").toEpochMilli();
  private static final List<String> ENGLISH = List.of("-Duser.language=en", "-Duser.country=US");
  private static final List<String> ARABIC =
      List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=nu-arab");

  @TempDir private Path folder = Path.of("");

  private record Said(int code, String text) {}

  @Test
  void everyLanguageGivesTheSameLakeAndTheSameWords() throws Exception {
    for (String lake : List.of("en", "ar")) {
      fill(folder.resolve(lake));
    }
    Said english = compactAndCheck("en", ENGLISH);
    Said arabic = compactAndCheck("ar", ARABIC);
    assertThat(english.text()).contains("2 files → 1 file", "CHECK 12: ");
    assertThat(arabic).isEqualTo(english);
    assertThat(candles("ar")).isEqualTo(candles("en")).hasSize(1);
  }

  private Said compactAndCheck(String lake, List<String> language) throws Exception {
    Said compacted = run(lake, language, "compact", "--all", "--data-dir", lake);
    Said checked =
        run(lake, language, "qa", "--no-seal", "--data-dir", lake, "--report", lake + ".json");
    assertThat(compacted.code()).as(compacted.text()).isZero();
    return new Said(checked.code(), compacted.text() + checked.text());
  }

  private Said run(String lake, List<String> language, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(language);
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    for (String opened : List.of("util", "lang", "time", "util.concurrent", "nio")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-cp", System.getProperty("java.class.path")));
    command.add(Candles.class.getName());
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String here = folder.toRealPath().resolve(lake).toString();
    String ours = text.replaceAll("(?m)^WARNING: .*\\R", ""); // a newer JVM's, with random names
    return new Said(
        process.waitFor(), ours.replace(here, "LAKE").replaceAll("as of [-0-9T:]+Z", "as of NOW"));
  }

  /** Name and bytes of each file. */
  private Map<String, String> candles(String lake) throws IOException {
    Path root = folder.resolve(lake).resolve("candles");
    Map<String, String> files = new TreeMap<>();
    try (var tree = Files.walk(root)) {
      for (Path file : tree.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        files.put(root.relativize(file).toString(), new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  private static void fill(Path root) throws IOException {
    for (int half = 0; half < 2; half++) {
      List<Candle> candles = new ArrayList<>();
      for (int i = half * 720; i < half * 720 + 720; i++) {
        candles.add(candle(i));
      }
      Path day =
          new LakeLayout(root).folder(Folder.CANDLES).resolve(LakeLayout.bucket(candles.get(0)));
      CandleFiles.write(Files.createDirectories(day).resolve("c-" + half + ".parquet"), candles);
    }
  }

  private static Candle candle(int minute) {
    return TestCandle.of(BTC, DAY + minute * 60_000L, 100 + minute % 7, 10L * minute, 0, DAY);
  }
}
