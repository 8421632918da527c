package dev.candles.cli.demo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk of its own in memory, which can be filled. Only root may mount one; without the right the
 * test is skipped. A process of its own holds it, and unmounts it also if this one is killed: then
 * its input ends.
 */
public final class SmallDisk implements AutoCloseable {
  private static final String HOLD =
      "trap '' INT TERM HUP; mount -t tmpfs -o size=\"$2\"k tmpfs \"$1\" || exit 1;"
          + " echo mounted; read -r end; umount -l \"$1\"";

  private final Path folder;
  private final Path ballast;
  private final Process holder;

  private SmallDisk(Path folder, Process holder) {
    this.folder = folder;
    this.ballast = folder.resolve("ballast");
    this.holder = holder;
  }

  /** Mounts it on an empty folder. */
  public static SmallDisk mount(Path folder, int kilobytes) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a shell");
    Process holder =
        new ProcessBuilder("sh", "-c", HOLD, "sh", folder.toString(), "" + kilobytes)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said = holder.inputReader()) {
      assumeTrue("mounted".equals(said.readLine()), "needs the right to mount a tmpfs");
    }
    return new SmallDisk(folder, holder);
  }

  /** Bytes that are free. */
  long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Fills it, or makes room, so that so many bytes are free. */
  public void leave(long bytes) throws IOException {
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
    holder.getOutputStream().close();
    int unused = holder.waitFor();
  }
}
