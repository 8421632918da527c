package dev.candles.lake.manifest;

import java.util.regex.Pattern;

/**
 * The verdict of one check over a partition, and the hash of what it looked at. A later run need
 * not check again what has the same hash still.
 *
 * @param id names the check and the version of its rule, {@code [a-z0-9_.-]}, at most 64 characters
 * @param checkedSha256 hash of what was checked, {@link Manifest#rootSha256} for the whole
 *     partition
 */
public record Check(String id, Verdict verdict, String checkedSha256) {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");

  /** How a check ended. */
  public enum Verdict {
    /** Nothing was found. */
    PASS,
    /** Odd, but possible. */
    WARN,
    /** Something is wrong. */
    FAIL
  }

  /**
   * @throws IllegalArgumentException if the id or the hash is not well-formed
   */
  public Check {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not an id of a check: " + id);
    }
    Sha256.require(checkedSha256);
  }
}
