package dev.candles.lake.state;

import dev.candles.lake.disk.Trees;
import dev.candles.lake.layout.Folders;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders for the temporary files of processes, below one base. Each has a name of chance and,
 * beside it, a file of which its process holds the operating system's lock: a folder whose lock is
 * free belonged to a process that was killed, and whoever makes the next one deletes it.
 */
public final class TemporaryFolders {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolders.class);
  private static final Pattern LOCK = Pattern.compile("([0-9a-f]{32})\\.lock");
  private static final int TRIES = 20;

  /** Names of this JVM's own: closing any channel to their locks would free them on Linux. */
  private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

  private TemporaryFolders() {}

  /**
   * Deletes what killed processes left, then makes a folder that is this process's until it is
   * closed.
   *
   * @param base is made if it lacks
   * @throws IOException if none can be made or locked there; what was left and cannot be deleted is
   *     told in the log
   */
  public static Held make(Path base) throws IOException {
    Files.createDirectories(base);
    sweep(base);
    for (int i = 0; i < TRIES; i++) {
      String name = UUID.randomUUID().toString().replace("-", "");
      FileChannel channel = lock(base, name);
      if (channel != null) {
        return new Held(base, name, channel, Files.createDirectory(base.resolve(name)));
      }
    }
    throw new IOException("no lock can be taken in " + base);
  }

  /** Null if a sweeper of another process was faster. */
  private static @Nullable FileChannel lock(Path base, String name) throws IOException {
    Path file = lockOf(base, name);
    boolean locked = false;
    OWN.add(name); // before anybody can see it
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      locked = channel.tryLock() != null && Files.exists(file);
      if (!locked) {
        channel.close();
      }
      return locked ? channel : null;
    } finally {
      if (!locked) {
        OWN.remove(name);
      }
    }
  }

  private static void sweep(Path base) throws IOException {
    for (String name : left(base)) {
      Path file = lockOf(base, name);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        if (channel.tryLock() != null) {
          delete(base, name);
          LOG.info("event=temporary_files_deleted folder={}", LogValue.of(base.resolve(name)));
        }
      } catch (IOException e) {
        LOG.warn(
            "event=temporary_files_left folder={} error={}",
            LogValue.of(base.resolve(name)),
            LogValue.of(e));
      }
    }
  }

  /** The names of those that are not this JVM's. */
  private static List<String> left(Path base) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(base, "*.lock")) {
      for (Path entry : entries) {
        Matcher name = LOCK.matcher(Folders.name(entry));
        if (name.matches() && !OWN.contains(name.group(1))) {
          names.add(name.group(1));
        }
      }
    } catch (DirectoryIteratorException broken) {
      throw broken.getCause();
    }
    return names;
  }

  /** The lock goes last: without it nobody would know of the folder. */
  private static void delete(Path base, String name) throws IOException {
    Trees.delete(base.resolve(name));
    Files.deleteIfExists(lockOf(base, name));
  }

  private static Path lockOf(Path base, String name) {
    return base.resolve(name + ".lock");
  }

  /** A folder that is this process's. */
  public static final class Held implements AutoCloseable {
    private final Path base;
    private final String name;
    private final FileChannel channel;
    private final Path folder;

    private Held(Path base, String name, FileChannel channel, Path folder) {
      this.base = base;
      this.name = name;
      this.channel = channel;
      this.folder = folder;
    }

    /** Where it is. */
    public Path folder() {
      return folder;
    }

    /** Deletes it. What cannot be deleted is told in the log and goes when the next one is made. */
    @Override
    public void close() {
      try (FileChannel held = channel) {
        delete(base, name);
      } catch (IOException e) {
        LOG.warn(
            "event=temporary_files_left folder={} error={}", LogValue.of(folder), LogValue.of(e));
      } finally {
        OWN.remove(name);
      }
    }
  }
}
