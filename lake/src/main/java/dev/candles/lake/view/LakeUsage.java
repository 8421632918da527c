package dev.candles.lake.view;

import dev.candles.lake.layout.DataFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;

/**
 * What the files of a lake take, its state included.
 *
 * @param bytes all of them
 * @param dayBytes those in partitions of one date
 * @param compactedMs when the newest compacted file was written (real time, epoch ms); 0 if there
 *     is none
 */
public record LakeUsage(long bytes, long dayBytes, long compactedMs) {
  private static final String COMPACTED = "part-";

  /**
   * Looks at every file; what goes meanwhile, and what may not be read, is not counted.
   *
   * @param date UTC
   * @throws IOException if a folder cannot be read
   */
  public static LakeUsage of(Path root, LocalDate date) throws IOException {
    Counting counting = new Counting(Path.of("date=" + date));
    Files.walkFileTree(root.toRealPath(), counting);
    return new LakeUsage(counting.bytes, counting.dayBytes, counting.compactedMs);
  }

  private static final class Counting extends SimpleFileVisitor<Path> {
    private final Path day;
    private long bytes;
    private long dayBytes;
    private long compactedMs;

    Counting(Path day) {
      this.day = day;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      Path folder = file.getParent();
      if (folder != null && day.equals(folder.getFileName())) {
        dayBytes += attributes.size();
      }
      String name = String.valueOf(file.getFileName());
      if (name.startsWith(COMPACTED) && DataFiles.isData(name)) {
        compactedMs = Math.max(compactedMs, attributes.lastModifiedTime().toMillis());
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
      if (error instanceof NoSuchFileException || error instanceof AccessDeniedException) {
        return FileVisitResult.CONTINUE;
      }
      throw error;
    }
  }
}
