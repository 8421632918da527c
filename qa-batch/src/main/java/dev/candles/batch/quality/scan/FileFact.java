package dev.candles.batch.quality.scan;

/**
 * A data file as it is now.
 *
 * @param path relative to the lake
 * @param sha256 of its content, empty if it could not be loaded
 */
public record FileFact(String path, long bytes, long rows, String sha256) {
  /** The line of this file in a hash over several. */
  public String line() {
    return "file " + path + " " + bytes + " " + rows + " " + sha256 + "\n";
  }
}
