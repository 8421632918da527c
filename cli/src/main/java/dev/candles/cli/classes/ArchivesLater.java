package dev.candles.cli.classes;

import dev.candles.cli.embedded.Detached;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes archives in a process of its own, of the lowest priority, when this one has nothing more to
 * do: a stop takes no longer, and whoever ends that process ends nothing that anybody waits for.
 */
public final class ArchivesLater {
  private static final Logger LOG = LoggerFactory.getLogger(ArchivesLater.class);
  private static final long FREE_BYTES = 2L << 30; // archives and training need a fifth of it
  private static final Path MAPS = Path.of("/proc/self/maps");

  private ArchivesLater() {}

  /** After a collector that ran without an archive that fits it. */
  public static void afterRun() {
    start("commands", ArchivesLater::withoutRun, FREE_BYTES);
  }

  /** After a cluster for which one was missing, cut short or older than the jars. */
  public static void afterCluster() {
    start("cluster", ArchivesLater::withoutCluster, FREE_BYTES);
  }

  private static Optional<ClassArchives> withoutRun() throws IOException {
    Optional<ClassArchives> archives = ClassArchives.here();
    return archives.isPresent() && !isUsed(archives.get()) ? archives : Optional.empty();
  }

  private static Optional<ClassArchives> withoutCluster() throws IOException {
    Optional<ClassArchives> archives = ClassArchives.here();
    return archives.isPresent()
            && (archives.get().flags(Family.JOBMANAGER).isEmpty()
                || archives.get().flags(Family.TASKMANAGER).isEmpty())
        ? archives
        : Optional.empty();
  }

  /** Looks for archives that lack some; empty if there is nothing to make. */
  @FunctionalInterface
  interface Lacking {
    Optional<ClassArchives> find() throws IOException;
  }

  /**
   * Starts a maker if one is needed. What was stopped has stopped well, whatever happens here.
   *
   * @param freeBytes of disk below which none is started
   */
  static void start(String which, Lacking lacking, long freeBytes) {
    try {
      Optional<ClassArchives> archives = lacking.find();
      if (archives.isPresent() && hasRoom(archives.get(), freeBytes)) {
        start(archives.get(), which);
      }
    } catch (IOException e) {
      LOG.warn("event=class_archives_not_made error={}", LogValue.of(e));
    }
  }

  private static void start(ClassArchives archives, String which) throws IOException {
    List<String> command = new ArrayList<>(Detached.idle());
    command.addAll(
        OwnCommand.of(Family.TOOL, List.of(), List.of("bootstrap", "--only-classes", which)));
    Path log = Files.createDirectories(archives.folder()).resolve("making.log");
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(Detached.NOTHING))
        .redirectOutput(log.toFile())
        .start();
    LOG.info("event=class_archives_made_in_background log={}", LogValue.of(log));
  }

  /** Of a folder that is full or read only nobody says so at every stop. */
  private static boolean hasRoom(ClassArchives archives, long freeBytes) throws IOException {
    Path existing = archives.folder();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    return Files.isWritable(existing) && Files.getFileStore(existing).getUsableSpace() >= freeBytes;
  }

  /** The JVM lets go of an archive that does not fit. Where the system does not tell: it fits. */
  private static boolean isUsed(ClassArchives archives) throws IOException {
    List<Path> all = archives.of(Family.RUN);
    if (!Files.isReadable(MAPS)) {
      return !all.isEmpty();
    }
    String maps = Files.readString(MAPS);
    return all.stream().anyMatch(archive -> maps.contains(archive.toString()));
  }
}
