package dev.candles.lake.compact;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A disk of its own in memory, which can be filled and made read-only. Only root may mount one;
 * without the right the test is skipped.
 */
final class SmallDisk implements AutoCloseable {
  private static final int PAGE_BYTES = 4096;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts it on an empty folder. */
  static SmallDisk mount(Path folder, int kilobytes) throws Exception {
    int code = run("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "tmpfs", "" + folder);
    assumeTrue(code == 0, "needs the right to mount a tmpfs");
    return new SmallDisk(folder);
  }

  /** Leaves so many pages of memory free. */
  void leave(int pages) throws IOException {
    Path ballast = folder.resolve("ballast");
    Files.deleteIfExists(ballast);
    long fill = Files.getFileStore(folder).getUsableSpace() - (long) pages * PAGE_BYTES;
    Files.write(ballast, new byte[(int) fill], StandardOpenOption.CREATE_NEW);
  }

  /** From now on nothing can be written. */
  void readOnly() throws Exception {
    int code = run("mount", "-o", "remount,ro", folder.toString());
    assumeTrue(code == 0, "needs the right to mount read-only");
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
