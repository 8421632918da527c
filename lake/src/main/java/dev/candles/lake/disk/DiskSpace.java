package dev.candles.lake.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The disk that a folder is on.
 *
 * @param freeBytes what this user can still write
 * @param totalBytes its size
 */
public record DiskSpace(long freeBytes, long totalBytes) {
  /**
   * Of a folder that is there, or that is about to be made.
   *
   * @throws IOException if the system does not say
   */
  public static DiskSpace of(Path folder) throws IOException {
    FileStore disk = disk(folder);
    return new DiskSpace(disk.getUsableSpace(), disk.getTotalSpace());
  }

  /**
   * Whether two folders, that are there or about to be made, are on one disk.
   *
   * @throws IOException if the system does not say
   */
  public static boolean isOneDisk(Path one, Path other) throws IOException {
    return disk(one).equals(disk(other));
  }

  private static FileStore disk(Path folder) throws IOException {
    Path there = folder.toAbsolutePath();
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return Files.getFileStore(there);
  }
}
