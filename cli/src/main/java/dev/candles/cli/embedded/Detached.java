package dev.candles.cli.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Processes that no signal to this one reaches, and that go on when it has ended. */
public final class Detached {
  /** What they read. */
  public static final File NOTHING = new File("/dev/null");

  private Detached() {}

  /**
   * What puts a process into a session of its own, so that neither Ctrl-C nor the end of the
   * terminal reaches it; it becomes the process that it starts.
   */
  public static List<String> words() {
    return program("setsid").or(() -> program("nohup")).map(List::of).orElse(List.of());
  }

  /** The same, and it runs only while nobody else wants to. */
  public static List<String> idle() {
    List<String> words = new ArrayList<>(words());
    words.addAll(nice());
    return words;
  }

  /** What makes a process run only while nobody else wants to. */
  private static List<String> nice() {
    return program("nice").map(nice -> List.of(nice, "-n", "19")).orElse(List.of());
  }

  private static Optional<String> program(String name) {
    String folders = System.getenv().getOrDefault("PATH", "");
    for (String each : folders.split(File.pathSeparator, -1)) {
      Path file = Path.of(each.isEmpty() ? "." : each, name);
      if (Files.isExecutable(file) && Files.isRegularFile(file)) {
        return Optional.of(file.toString());
      }
    }
    return Optional.empty();
  }
}
