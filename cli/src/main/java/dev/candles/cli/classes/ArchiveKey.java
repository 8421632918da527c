package dev.candles.cli.classes;

import dev.candles.lake.manifest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What an archive is made for: another JDK, other flags or other jars need another archive. */
final class ArchiveKey {
  private static final int DIGITS = 16;

  private ArchiveKey() {}

  /**
   * 16 hexadecimal digits.
   *
   * @param program the folder of the program's jar
   * @param jdk its build
   * @throws IOException if something of the program cannot be read
   */
  static String of(Path program, String jdk) throws IOException {
    StringBuilder text = new StringBuilder(jdk);
    for (Path file : files(program)) {
      // the JVM compares times in seconds, and refuses an archive of older or newer jars
      text.append('\n')
          .append(program.relativize(file))
          .append(' ')
          .append(Files.getLastModifiedTime(file).to(TimeUnit.SECONDS))
          .append(' ')
          .append(Sha256.of(file));
    }
    return Sha256.of(text.toString()).substring(0, DIGITS);
  }

  /** The JDK that runs this. */
  static String jdk() {
    return System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.vm.version")
        + " "
        + System.getProperty("java.home");
  }

  /** Jars and flags. */
  private static List<Path> files(Path program) throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path folder : List.of(program, program.resolve("lib"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().matches(".*\\.(jar|jvmargs)"))
            .filter(Files::isRegularFile)
            .sorted()
            .forEach(all::add);
      }
    }
    return all;
  }
}
