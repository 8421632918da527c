package dev.candles.lake.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** The files and folders that this JVM flushes to the disk, as it records them itself. */
public final class Flushes implements AutoCloseable {
  private static final String EVENT = "jdk.FileForce";

  private final Recording recording = new Recording();

  /** From now on they are recorded. */
  public Flushes() {
    recording.enable(EVENT).withoutThreshold().withoutStackTrace();
    recording.start();
  }

  /**
   * Those so far, below a folder and itself, relative to it; the folder itself is empty. Once only.
   */
  public Set<String> below(Path folder) throws IOException {
    recording.stop();
    Path file = Files.createTempFile("flushes", ".jfr");
    try {
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().equals(EVENT))
          .map(event -> Path.of(event.getString("path")).normalize())
          .filter(path -> path.startsWith(folder))
          .map(path -> folder.relativize(path).toString())
          .collect(Collectors.toSet());
    } finally {
      Files.delete(file);
    }
  }

  @Override
  public void close() {
    recording.close();
  }
}
