package dev.candles.cli.classes;

import dev.candles.cli.embedded.ProgramCode;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.disk.Trees;
import dev.candles.text.FailureText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Makes the archives that are missing or do not fit any more. Step by step, one maker at a time:
 *
 * <ol>
 *   <li>what is there is tried; if all fit, nothing is written, not even a lock;
 *   <li>what a killed maker has left is ended and deleted;
 *   <li>JVMs are trained, and write archives into a folder of their own;
 *   <li>each archive is tried in a JVM that refuses to start without it;
 *   <li>it gets its name in one step, and those that it replaces are deleted.
 * </ol>
 */
public final class ArchiveMaker {
  private static final String WORK = ".making";
  private static final long TRIED_WITHIN_S = 60;

  private final ClassArchives archives;
  private final Path program;
  private final String jdk;
  private final PrintWriter out;
  private final Leftovers leftovers;

  /** What a training leaves running when its maker is killed. */
  @FunctionalInterface
  public interface Leftovers {
    /**
     * Ends it.
     *
     * @param work the folder of the training, which may not be there
     * @throws Exception if something may still run
     */
    void end(Path work) throws Exception;
  }

  /**
   * @param program the folder of the program's jar
   * @param jdk whose archives they are
   */
  ArchiveMaker(
      ClassArchives archives, Path program, String jdk, PrintWriter out, Leftovers leftovers) {
    this.archives = archives;
    this.program = program;
    this.jdk = jdk;
    this.out = out;
    this.leftovers = leftovers;
  }

  /** Of this program and this JDK. */
  public static ArchiveMaker of(ClassArchives archives, PrintWriter out, Leftovers leftovers)
      throws IOException {
    Path program = ProgramCode.here().resolveSibling("");
    return new ArchiveMaker(archives, program, ArchiveKey.jdk(), out, leftovers);
  }

  /**
   * Makes what is needed; says what it does, and why something could not be done.
   *
   * @return whether all archives are there now, or another maker is at work on them
   */
  public boolean make(List<Training> trainings) throws InterruptedException {
    try {
      String key = ArchiveKey.of(program, jdk);
      List<Training> needed = needed(trainings, key);
      if (needed.isEmpty()) {
        return true;
      }
      try (FileChannel channel = lockFile();
          FileLock lock = channel.tryLock()) {
        if (lock == null) {
          say("another command is making them");
          return true;
        }
        return all(needed(needed, key), key); // another maker may have been at work
      }
    } catch (OverlappingFileLockException ours) {
      say("another command is making them");
      return true;
    } catch (IOException e) {
      say("none is made, commands start without: " + e.getMessage());
      return false;
    }
  }

  private List<Training> needed(List<Training> trainings, String key)
      throws IOException, InterruptedException {
    List<Training> needed = new ArrayList<>();
    for (Training training : trainings) {
      if (fit(training, key)) {
        say(names(training) + ": there already");
      } else {
        needed.add(training);
      }
    }
    return needed;
  }

  private FileChannel lockFile() throws IOException {
    try {
      Files.createDirectories(archives.folder());
      return FileChannel.open(
          archives.folder().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException(
          "cannot write there: " + archives.folder() + ": " + FailureText.of(e), e);
    }
  }

  private boolean all(List<Training> trainings, String key)
      throws IOException, InterruptedException {
    Path work = archives.folder().resolve(WORK);
    boolean done = true;
    for (Training training : trainings) {
      try {
        leftovers.end(training(work));
        delete(work);
        try {
          make(training, key, work);
        } finally {
          delete(work);
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        say(names(training) + ": not made, they start without: " + e.getMessage());
        done = false;
      }
    }
    return done;
  }

  private boolean fit(Training training, String key) throws IOException, InterruptedException {
    for (Family family : training.families()) {
      Optional<Path> archive = archives.find(family, key);
      if (archive.isEmpty() || !starts(training.jvm(family), archive.get())) {
        return false;
      }
    }
    return true;
  }

  private void make(Training training, String key, Path work) throws Exception {
    say(names(training) + ": training");
    long startedMs = System.currentTimeMillis();
    Path lake = Files.createDirectories(training(work));
    training.run(family -> archives.recording(raw(work, family)), lake);
    for (Family family : training.families()) {
      publish(training, family, key, raw(work, family));
    }
    say(
        String.format(
            Locale.ROOT, "  done in %d s", (System.currentTimeMillis() - startedMs) / 1_000));
  }

  private static Path training(Path work) {
    return work.resolve("training");
  }

  private static Path raw(Path work, Family family) {
    return work.resolve(family.label() + ClassArchives.SUFFIX);
  }

  private void publish(Training training, Family family, String key, Path raw)
      throws IOException, InterruptedException {
    if (!Files.isRegularFile(raw)) {
      throw new IOException("the JVM of " + family.label() + " wrote no archive");
    }
    if (!starts(training.jvm(family), raw)) {
      throw new IOException("no JVM starts with the archive of " + family.label());
    }
    Durable.flush(raw);
    long bytes = Files.size(raw);
    Path whole = archives.name(family, key, bytes);
    List<Path> older = archives.of(family);
    Durable.publish(raw, whole);
    for (Path each : older) {
      if (!each.equals(whole)) {
        Files.deleteIfExists(each); // a JVM that uses it keeps what it has of it
      }
    }
    say(String.format(Locale.ROOT, "  %s: %d MB", family.label(), bytes >> 20));
  }

  /** Only the start of a JVM: with an archive that does not do it ends before anything is run. */
  private boolean starts(List<String> jvm, Path raw) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(archives.insisting(raw));
    command.addAll(jvm);
    command.add("-version");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor(TRIED_WITHIN_S, TimeUnit.SECONDS)) {
      return process.exitValue() == 0;
    }
    process.destroyForcibly().waitFor();
    return false;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      Trees.delete(folder);
    }
  }

  private static String names(Training training) {
    return String.join(", ", training.families().stream().map(Family::label).toList());
  }

  private void say(String line) {
    out.println("  " + line);
    out.flush();
  }
}
