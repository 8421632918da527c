package dev.candles.text;

/** Sizes of files and disks as people read them. */
public final class ByteText {
  private static final long MOST_KB = 10_000_000;
  private static final long MOST_MB = 10_000_000_000L;

  private ByteText() {}

  /** Like {@code 512 kB}, {@code 90 MB} or {@code 12 GB}, rounded down. */
  public static String of(long bytes) {
    if (bytes < MOST_KB) {
      return bytes / 1_000 + " kB";
    }
    return bytes < MOST_MB ? bytes / 1_000_000 + " MB" : bytes / 1_000_000_000 + " GB";
  }
}
