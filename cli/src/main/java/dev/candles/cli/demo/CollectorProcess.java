package dev.candles.cli.demo;

import dev.candles.cli.classes.ClassArchives;
import dev.candles.cli.classes.Family;
import dev.candles.cli.classes.OwnCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A collector, or another command, in a process of its own: by the same Java, the same jar and the
 * flags of the launcher.
 */
public final class CollectorProcess {
  private static final int LOG_LINES = 30;

  private final Process process;
  private final Path output;

  private CollectorProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts a collector.
   *
   * @param output gets what it prints
   * @param options more options of {@code run}
   */
  public static CollectorProcess start(Path config, Path output, String... options)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("run", "--config", config.toString()));
    words.addAll(List.of(options));
    return start(Family.RUN, ClassArchives.flagsOf(Family.RUN), output, words);
  }

  /**
   * Starts a command that ends by itself.
   *
   * @param output gets what it prints
   * @param words of its command line
   */
  public static CollectorProcess command(Path output, String... words) throws IOException {
    return start(Family.TOOL, ClassArchives.flagsOf(Family.TOOL), output, List.of(words));
  }

  /**
   * Starts a command whose JVM writes an archive of classes; it uses no other.
   *
   * @param flags of the JVM
   * @param output gets what it prints
   */
  public static CollectorProcess recording(
      Family family, List<String> flags, Path output, List<String> words) throws IOException {
    return start(family, flags, output, words);
  }

  private static CollectorProcess start(
      Family family, List<String> flags, Path output, List<String> words) throws IOException {
    List<String> command = OwnCommand.of(family, flags, words);
    File out = output.toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectOutput(ProcessBuilder.Redirect.to(out));
    // Its end makes no archives: a comparison may run beside it.
    builder.environment().putAll(ClassArchives.OFF);
    Process process = builder.start();
    // Whoever ends us by SIGTERM leaves no collector behind that asks a simulator that is gone.
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "kill-collector"));
    } catch (IllegalStateException ending) {
      process.destroyForcibly();
      throw new IOException("told to end, nothing more is started", ending);
    }
    return new CollectorProcess(process, output);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: it has no chance to do anything. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM. */
  void askToStop() {
    process.destroy();
  }

  /**
   * SIGTERM.
   *
   * @return its exit code, or empty if it did not end in time and was killed
   */
  public Optional<Integer> stop(Duration wait) throws InterruptedException {
    askToStop();
    return ended(wait);
  }

  /**
   * Waits for its end.
   *
   * @return its exit code, or empty if it did not end in time and was killed
   */
  public Optional<Integer> ended(Duration wait) throws InterruptedException {
    if (process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      return Optional.of(process.exitValue());
    }
    kill();
    return Optional.empty();
  }

  /** The last line it printed that holds {@code text}; empty if there is none. */
  public Optional<String> last(String text) throws IOException {
    return lines(text).stream().reduce((a, b) -> b);
  }

  /** The lines it printed that hold {@code text}. */
  List<String> lines(String text) throws IOException {
    return lines(output, text);
  }

  /** The lines that hold {@code text}, of what such a process printed. */
  static List<String> lines(Path output, String text) throws IOException {
    try (var lines = Files.lines(output)) {
      return lines.filter(line -> line.contains(text)).toList();
    }
  }

  /** The end of what it printed. */
  public String tail() throws IOException {
    List<String> lines = Files.readAllLines(output);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }
}
