package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and archives of classes: whatever becomes of them, every command runs. */
class LauncherArchiveTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final Path BASH = Path.of("/bin/bash");
  private static final int VERSION = Runtime.version().feature();

  @TempDir private Path temporary;
  private Path folder;
  private Path archive;

  /** A real one, of the program that echoes. */
  @BeforeEach
  void makeAnArchive() throws Exception {
    assumeTrue(Files.exists(BASH), "skipped: there is no /bin/bash here");
    folder = Files.createDirectories(temporary.resolve("program"));
    Files.copy(ROOT.resolve("candles"), folder.resolve("candles"));
    EchoProgram.write(folder);
    Path classes = Files.createDirectories(folder.resolve("classes/" + VERSION));
    Path raw = classes.resolve("raw");
    String record = VERSION >= 25 ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
    run(
        Map.of(),
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "@" + folder.resolve("tool.jvmargs"),
        record + raw,
        "-jar",
        folder.resolve("candles.jar").toString());
    archive = classes.resolve("tool-0123456789abcdef-" + Files.size(raw) + ".archive");
    Files.move(raw, archive);
  }

  @Test
  void anArchiveThatFitsIsUsed() throws Exception {
    assertThat(sourceOfTheProgram("version")).startsWith("shared objects file");
    assertThat(sourceOfTheProgram("qa", "--deep", "x")).startsWith("shared objects file");
  }

  @Test
  void theCollectorGetsNoneOfAnotherFamily() throws Exception {
    assertThat(launch(Map.of(), "run")).contains("args=run").doesNotContain(".archive");
  }

  @Test
  void oneThatWasCutInHalfIsNotGivenToTheJvm() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }

    assertThat(launch(Map.of(), "version")).doesNotContain(".archive");
  }

  @Test
  void oneThatIsDamagedIsPassedOverInSilence() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      for (long at = file.length() / 4; at < file.length(); at += 100) {
        file.seek(at);
        file.write('x');
      }
    }

    assertPassedOverInSilence();
  }

  @Test
  void oneOfOlderJarsIsNotGivenToTheJvm() throws Exception {
    Instant later = Files.getLastModifiedTime(archive).toInstant().plusSeconds(60);
    Files.setLastModifiedTime(folder.resolve("candles.jar"), FileTime.from(later));

    assertThat(launch(Map.of(), "version")).doesNotContain(".archive");
  }

  @Test
  void oneOfOtherJarsIsPassedOverInSilence() throws Exception {
    assumeTrue(VERSION < 25, "skipped: from JDK 25 on the JVM does not compare times");
    FileTime other = FileTime.from(Instant.parse("2026-01-09T00:00:00Z"));
    Files.setLastModifiedTime(folder.resolve("candles.jar"), other);

    assertPassedOverInSilence();
  }

  @Test
  void oneOfAnotherJdkIsPassedOverInSilence() throws Exception {
    byte[] name = System.getProperty("java.vm.version").getBytes(StandardCharsets.ISO_8859_1);
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      byte[] head = new byte[1 << 14];
      file.readFully(head);
      int at =
          new String(head, StandardCharsets.ISO_8859_1)
              .indexOf(new String(name, StandardCharsets.ISO_8859_1));
      assertThat(at).as("where the archive names its JDK").isPositive();
      file.seek(at);
      file.write('9');
    }

    assertPassedOverInSilence();
  }

  @Test
  void theyCanBeSwitchedOff() throws Exception {
    assertThat(launch(Map.of("CANDLES_CLASSES", "off"), "version")).doesNotContain(".archive");
  }

  private void assertPassedOverInSilence() throws Exception {
    String out = launch(Map.of(), "version");

    assertThat(out).contains("=" + archive); // it was given
    assertThat(out.lines()).allMatch(line -> line.matches("(pid|heap|flags|arenas|home|args)=.*"));
    assertThat(sourceOfTheProgram("version")).startsWith("file:");
  }

  /** Where the JVM says that it has the program's class from. */
  private String sourceOfTheProgram(String... words) throws Exception {
    Path log = temporary.resolve("classes.log");
    launch(Map.of("CANDLES_JAVA_OPTS", "-Xlog:class+load:file=" + log), words);
    String named = LauncherEcho.class.getName() + " source: ";
    String line =
        Files.readAllLines(log).stream().filter(l -> l.contains(named)).findFirst().orElseThrow();
    return line.substring(line.indexOf(named) + named.length());
  }

  private String launch(Map<String, String> environment, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(BASH.toString(), folder + "/candles"));
    command.addAll(List.of(words));
    return run(environment, command.toArray(new String[0]));
  }

  /** What it prints, on both streams. */
  private static String run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("CANDLES_JAVA_OPTS");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(out).isEqualTo(7);
    return out;
  }
}
