package dev.candles.lake.state;

import dev.candles.text.OneLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This JVM's hold of a lock file, counted.
 *
 * <p>On Linux a process loses its lock on a file as soon as it closes <em>any</em> channel to it.
 * So a JVM that holds the lock never opens the file again, not even to read the name in it: the
 * holder's name is answered from memory, and a system property tells copies of this class in other
 * class loaders of the same JVM to keep away; all copies share one monitor. The channel is kept by
 * the class that holds the lock and closed with the last hold, so that a lake that was deleted and
 * made again is locked anew; compare {@link dev.candles.lake.disk.LockChannel}.
 */
final class SharedLock {
  private static final String PROPERTY = "candles.lake.lock.";

  /** One object for all copies of this class in this JVM, as texts written in the source are. */
  private static final Object JVM = PROPERTY.intern();

  private static final int MAX_NAME_BYTES = 1024;
  private static final Map<Path, SharedLock> HELD = new HashMap<>();

  private final FileChannel channel;
  private final FileLock lock;
  private int holders = 1;

  private SharedLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** Takes the lock, or joins this JVM's hold of it. */
  static void join(Path file) throws IOException {
    synchronized (JVM) {
      SharedLock held = HELD.get(file);
      if (held != null) {
        held.holders++;
      } else {
        String twin = System.getProperty(PROPERTY + file);
        if (twin != null) {
          throw refusal(file, twin);
        }
        HELD.put(file, take(file));
        System.setProperty(PROPERTY + file, HolderName.own());
      }
    }
  }

  /** Ends one hold; with the last one the lock is free. */
  static void leave(Path file) {
    synchronized (JVM) {
      SharedLock held = HELD.get(file);
      if (held == null) {
        throw new IllegalStateException("lock is not held: " + file);
      }
      if (--held.holders > 0) {
        return;
      }
      HELD.remove(file);
      System.clearProperty(PROPERTY + file);
      try (FileChannel channel = held.channel) {
        channel.truncate(0);
        held.lock.release();
      } catch (IOException e) {
        throw new UncheckedIOException("lock was not freed cleanly: " + file, e);
      }
    }
  }

  static Optional<String> holder(Path file) throws IOException {
    synchronized (JVM) {
      String own = System.getProperty(PROPERTY + file);
      if (own != null) {
        return Optional.of(own);
      }
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return Optional.of(read(channel)).filter(name -> !name.isEmpty());
      }
    }
  }

  private static SharedLock take(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      @Nullable FileLock lock = tryLock(file, channel);
      if (lock == null) {
        throw refusal(file, read(channel));
      }
      write(channel);
      taken = true;
      return new SharedLock(channel, lock);
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  /** Empty-handed if another process holds it. */
  private static @Nullable FileLock tryLock(Path file, FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ours) {
      throw refusal(file, HolderName.own());
    }
  }

  private static HeldException refusal(Path file, String holder) {
    return new HeldException("lake has a writer already: lock=" + file + ", holder=" + holder);
  }

  private static void write(FileChannel channel) throws IOException {
    ByteBuffer name = ByteBuffer.wrap(HolderName.own().getBytes(StandardCharsets.UTF_8));
    channel.truncate(0);
    while (name.hasRemaining()) {
      int unused = channel.write(name, name.position());
    }
    channel.force(true);
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer name = ByteBuffer.allocate(MAX_NAME_BYTES);
    for (int read = 0; read >= 0 && name.hasRemaining(); ) {
      read = channel.read(name, name.position());
    }
    String text = new String(name.array(), 0, name.position(), StandardCharsets.UTF_8);
    return OneLine.masked(text.strip(), "?");
  }
}
