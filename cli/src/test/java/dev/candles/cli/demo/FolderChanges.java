package dev.candles.cli.demo;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Counts names that come and go in all folders below one, as the operating system tells of them:
 * how far a process has come, without asking it. A rename counts twice.
 */
final class FolderChanges implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final WatchService watch;

  /** Counts from now on, in the folders that are there now. */
  FolderChanges(Path top) throws IOException {
    watch = top.getFileSystem().newWatchService();
    try (Stream<Path> tree = Files.walk(top)) {
      for (Path folder : tree.filter(Files::isDirectory).toList()) {
        folder.register(watch, ENTRY_CREATE, ENTRY_DELETE);
      }
    }
  }

  /**
   * Waits for so many changes, and then for one of a file of this name.
   *
   * @param name empty for any
   * @param going whether there may be more
   * @return how many were seen; it ends early if it does not go on
   */
  long await(long changes, String name, BooleanSupplier going) throws InterruptedException {
    long seen = 0;
    while (true) {
      boolean mayBeMore = going.getAsBoolean();
      WatchKey key = watch.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      if (key != null) {
        for (WatchEvent<?> event : key.pollEvents()) {
          seen++;
          if (seen >= changes && (name.isEmpty() || name.equals(String.valueOf(event.context())))) {
            return seen;
          }
        }
        key.reset();
      } else if (!mayBeMore) {
        return seen;
      }
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }
}
