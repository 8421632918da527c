package dev.candles.lake.state;

import dev.candles.lake.disk.Durable;
import dev.candles.lake.disk.SmallFile;
import dev.candles.lake.layout.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a checkpoint or savepoint was taken: the state folder without links, in a file {@code
 * _lake} beside it. One for all checkpoints of a job, one in each savepoint.
 */
final class Origin {
  static final String FILE = "_lake";
  private static final int LONGEST = 8_192;

  /** As Flink names them: the first digits of the job, and digits of chance. */
  private static final Pattern SAVEPOINT = Pattern.compile("savepoint-([0-9a-f]{6})-.*");

  private Origin() {}

  /** Whether Flink names a savepoint so. */
  static boolean isSavepoint(String name) {
    return SAVEPOINT.matcher(name).matches();
  }

  /** Whether Flink names a savepoint of this job so; a few other jobs have the same digits. */
  static boolean isSavepointOf(String name, String jobId) {
    Matcher savepoint = SAVEPOINT.matcher(name);
    return savepoint.matches() && jobId.startsWith(savepoint.group(1));
  }

  /** Each source of a job may do so at the same time, in one process or in several. */
  static void write(Path folder, Path state) throws IOException {
    Files.createDirectories(state);
    Durable.createFolders(state, folder);
    String here = state.toRealPath().toString();
    Durable.write(
        folder.resolve(FILE),
        here.getBytes(StandardCharsets.UTF_8),
        folder.resolve("." + FILE + "-" + UUID.randomUUID()));
  }

  /** Why {@code snapshot} is not of the lake with this state folder, empty if it is. */
  static Optional<String> foreign(Path snapshot, StateFiles files, Path state) throws IOException {
    Optional<String> taken = read(snapshot);
    if (taken.isEmpty()) {
      taken = ofJob(snapshot, files);
    }
    String here = state.toRealPath().toString();
    if (taken.isEmpty()) {
      return Optional.of("it does not say of which lake it is");
    }
    return taken.filter(there -> !there.equals(here)).map(there -> "it was taken in " + there);
  }

  /** What the job that took it says: a checkpoint lies in its folder, a savepoint names it. */
  private static Optional<String> ofJob(Path snapshot, StateFiles files) throws IOException {
    Path parent = snapshot.toAbsolutePath().getParent();
    Optional<String> above = parent == null ? Optional.empty() : read(parent);
    Matcher savepoint = SAVEPOINT.matcher(Folders.name(snapshot));
    if (above.isPresent() || !savepoint.matches()) {
      return above;
    }
    for (Path job : Folders.in(files.checkpoints())) {
      if (Folders.name(job).startsWith(savepoint.group(1))) {
        return read(job);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      return Optional.of(SmallFile.text(file, LONGEST).orElse("a place that it does not tell"));
    } catch (NoSuchFileException unsigned) {
      return Optional.empty();
    }
  }
}
