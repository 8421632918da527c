package dev.candles.cli.demo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk of its own in memory, which can be filled. Only root may mount one; without the right the
 * test is skipped.
 */
final class SmallDisk implements AutoCloseable {
  private final Path folder;
  private final Path ballast;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.ballast = folder.resolve("ballast");
  }

  /** Mounts it on an empty folder. */
  static SmallDisk mount(Path folder, int kilobytes) throws Exception {
    int code = run("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "tmpfs", "" + folder);
    assumeTrue(code == 0, "needs the right to mount a tmpfs");
    return new SmallDisk(folder);
  }

  /** Bytes that are free. */
  long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Fills it, or makes room, so that so many bytes are free. */
  void leave(long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
      long more = free() - bytes;
      if (more < 0) {
        file.setLength(Math.max(0, file.length() + more));
      } else {
        file.seek(file.length());
        file.write(new byte[(int) more]);
      }
    }
  }

  @Override
  public void close() throws Exception {
    int unused = run("umount", "-l", folder.toString());
  }

  private static int run(String... words) throws Exception {
    try {
      return new ProcessBuilder(List.of(words))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException absent) {
      return -1; // no such program: not a Linux
    }
  }
}
