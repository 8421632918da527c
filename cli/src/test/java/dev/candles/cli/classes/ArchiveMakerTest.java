package dev.candles.cli.classes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.EchoProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of a small program, made by the JVM that runs the tests. */
class ArchiveMakerTest {
  private static final String JDK = "a JDK";

  @TempDir private Path program;
  private final StringWriter said = new StringWriter();
  private final List<String> ended = new ArrayList<>();
  private ArchiveMaker.Leftovers leftovers = work -> {};
  private ClassArchives archives;

  @BeforeEach
  void writeTheProgram() throws IOException {
    EchoProgram.write(program);
    archives = new ClassArchives(program, Runtime.version().feature());
  }

  /** Trains one family; counts how often. */
  private class Echo implements Training {
    int times;

    @Override
    public List<Family> families() {
      return List.of(Family.TOOL);
    }

    @Override
    public List<String> jvm(Family family) {
      return List.of("@" + program.resolve("tool.jvmargs"), "-cp", jar());
    }

    String jar() {
      return program.resolve("candles.jar").toString();
    }

    @Override
    public void run(Recording recording, Path work) throws Exception {
      times++;
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("@" + program.resolve("tool.jvmargs"));
      command.addAll(recording.flags(Family.TOOL));
      command.addAll(List.of("-jar", jar()));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(work.resolve("out").toFile())
              .start();
      assertThat(process.waitFor()).isEqualTo(7);
    }
  }

  private final Echo echo = new Echo();

  @Test
  void whatFitsIsLeftAsItIs() throws Exception {
    assertThat(make(JDK)).isTrue();
    List<Path> first = whole();
    assertThat(first).hasSize(1);

    assertThat(make(JDK)).isTrue();

    assertThat(whole()).isEqualTo(first);
    assertThat(echo.times).isEqualTo(1);
    assertThat(said.toString()).contains("tool: there already");
  }

  @Test
  void anotherJdkOtherFlagsAndOtherJarsNeedAnotherOne() throws Exception {
    make(JDK);
    List<Path> before = whole();

    make("another JDK");
    assertThat(whole()).hasSize(1).doesNotContainAnyElementsOf(before);
    before = whole();
    Files.writeString(program.resolve("tool.jvmargs"), "-XX:+UseSerialGC\n-Xmx128m\n");
    make("another JDK");
    assertThat(whole()).hasSize(1).doesNotContainAnyElementsOf(before);
    before = whole();
    var time = Files.getLastModifiedTime(program.resolve("candles.jar"));
    EchoProgram.jar(program.resolve("candles.jar"), "two");
    Files.setLastModifiedTime(program.resolve("candles.jar"), time);
    make("another JDK");
    assertThat(whole()).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(echo.times).isEqualTo(4);
  }

  @Test
  void oneThatWasCutInHalfIsMadeAgain() throws Exception {
    make(JDK);
    Path archive = whole().get(0);
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    assertThat(archives.flags(Family.TOOL)).isEmpty();

    assertThat(make(JDK)).isTrue();

    assertThat(archives.of(Family.TOOL)).hasSize(1).allMatch(ClassArchives::isWhole);
    assertThat(archives.flags(Family.TOOL)).isNotEmpty();
  }

  @Test
  void oneThatIsDamagedAtTheSameSizeIsMadeAgain() throws Exception {
    make(JDK);
    Path archive = whole().get(0);
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      for (long at = file.length() / 4; at < file.length(); at += 100) {
        file.seek(at);
        file.write('x');
      }
    }

    assertThat(make(JDK)).isTrue();
    assertThat(make(JDK)).isTrue();

    assertThat(echo.times).isEqualTo(2);
    assertThat(said.toString()).contains("tool: there already");
  }

  /** A lock that cannot be opened stands for a folder that is read only. */
  @Test
  void whereAllFitNothingIsWritten() throws Exception {
    make(JDK);
    Path lock = archives.folder().resolve(".lock");
    Files.delete(lock);
    Files.createDirectory(lock);

    assertThat(make(JDK)).isTrue();
    assertThat(make("another JDK")).isFalse();

    assertThat(said.toString())
        .contains("tool: there already", "cannot write there: " + archives.folder());
  }

  @Test
  void onlyOneMakerIsAtWork() throws Exception {
    Files.createDirectories(archives.folder());
    try (FileChannel channel =
            FileChannel.open(
                archives.folder().resolve(".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThat(make(JDK)).isTrue();
    }

    assertThat(echo.times).isZero();
    assertThat(said.toString()).contains("another command is making them");
  }

  @Test
  void whatAKilledMakerLeftIsDeleted() throws Exception {
    Path left = Files.createDirectories(archives.folder().resolve(".making/training"));
    Files.writeString(left.resolveSibling("tool.archive"), "half");
    leftovers = work -> ended.add(work + (Files.exists(work) ? " is there" : " is gone"));

    make(JDK);

    assertThat(ended).containsExactly(left + " is there");
    assertThat(archives.folder().resolve(".making")).doesNotExist();
    assertThat(whole()).hasSize(1);
  }

  @Test
  void whatStillRunsIsNotDeleted() throws Exception {
    Path left = Files.createDirectories(archives.folder().resolve(".making/training"));
    leftovers =
        work -> {
          throw new IOException("it does not end");
        };

    assertThat(make(JDK)).isFalse();

    assertThat(left).exists();
    assertThat(echo.times).isZero();
    assertThat(said.toString()).contains("not made, they start without: it does not end");
  }

  @Test
  void whatNoJvmStartsWithGetsNoName() throws Exception {
    Echo garbage =
        new Echo() {
          @Override
          public void run(Recording recording, Path work) throws Exception {
            String flag = recording.flags(Family.TOOL).get(0);
            Files.writeString(Path.of(flag.substring(flag.indexOf('=') + 1)), "no archive");
          }
        };

    assertThat(maker(JDK).make(List.of(garbage))).isFalse();

    assertThat(archives.of(Family.TOOL)).isEmpty();
    assertThat(said.toString()).contains("no JVM starts with the archive of tool");
  }

  @Test
  void aTrainingThatFailsIsToldAndTheOthersGoOn() throws Exception {
    Echo failing =
        new Echo() {
          @Override
          public void run(Recording recording, Path work) throws Exception {
            throw new IOException("no port is free");
          }
        };

    assertThat(maker(JDK).make(List.of(failing, echo))).isFalse();

    assertThat(said.toString()).contains("not made, they start without: no port is free");
    assertThat(whole()).hasSize(1);
  }

  /** As in a folder that is read only, which stops no superuser. */
  @Test
  void whereNothingCanBeWrittenCommandsStartWithout() throws Exception {
    Files.writeString(program.resolve("classes"), "in the way");

    assertThat(make(JDK)).isFalse();

    assertThat(said.toString())
        .contains("none is made, commands start without: cannot write there: " + archives.folder());
    assertThat(archives.flags(Family.TOOL)).isEmpty();
  }

  private boolean make(String jdk) throws Exception {
    return maker(jdk).make(List.of(echo));
  }

  private ArchiveMaker maker(String jdk) {
    return new ArchiveMaker(archives, program, jdk, new PrintWriter(said, true), leftovers);
  }

  private List<Path> whole() throws IOException {
    return archives.of(Family.TOOL).stream().filter(ClassArchives::isWhole).toList();
  }
}
