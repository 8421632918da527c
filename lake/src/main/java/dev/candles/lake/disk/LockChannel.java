package dev.candles.lake.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The one channel of this JVM to a lock file that many lock a byte of.
 *
 * <p>On Linux a process loses its locks on a file as soon as any channel to it is closed, and the
 * garbage collector closes one that nobody keeps. A static field of this class would not do: on a
 * cluster each job has a copy of it in a class loader of its own, which goes when the job has
 * ended. So the channel, of a class of the JDK's, stays among the system properties, which all of
 * them see, until the process ends.
 */
public final class LockChannel {
  private static final String PROPERTY = "candles.lake.channel.";

  private LockChannel() {}

  /**
   * The channel to this file, which is made if there is none; never to be closed.
   *
   * @param file one name per file, whatever links lead to it
   * @throws IOException if it cannot be opened
   */
  public static FileChannel of(Path file) throws IOException {
    try {
      return (FileChannel)
          System.getProperties()
              .compute(
                  PROPERTY + file,
                  (key, known) ->
                      known instanceof FileChannel channel && channel.isOpen()
                          ? channel
                          : open(file));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static FileChannel open(Path file) {
    try {
      return FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("lock file cannot be opened: " + file, e);
    }
  }
}
