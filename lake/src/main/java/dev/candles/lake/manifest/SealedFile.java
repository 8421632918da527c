package dev.candles.lake.manifest;

import dev.candles.lake.layout.DataFiles;
import java.util.regex.Pattern;

/**
 * One file of a partition as it was sealed.
 *
 * @param name its name, without a folder
 * @param bytes its length
 * @param rows rows in it
 * @param sha256 of its content, 64 hexadecimal digits
 */
public record SealedFile(String name, long bytes, long rows, String sha256) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._=-]{1,200}");

  /**
   * @throws IllegalArgumentException if it cannot be a data file of the lake
   */
  public SealedFile {
    if (!NAME.matcher(name).matches() || !DataFiles.isData(name)) {
      throw new IllegalArgumentException("not a name of a data file: " + name);
    }
    if (bytes < 1 || rows < 0) {
      throw new IllegalArgumentException(
          "file has an impossible size: name=" + name + ", bytes=" + bytes + ", rows=" + rows);
    }
    Sha256.require(sha256);
  }
}
