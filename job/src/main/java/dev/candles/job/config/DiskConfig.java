package dev.candles.job.config;

import dev.candles.core.watch.DiskBounds;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * When the disk of the lake is short of space.
 *
 * @param bounds in bytes and real time
 */
public record DiskConfig(DiskBounds bounds) implements Serializable {
  private static final long MEGABYTE = 1_000_000;

  static final Setting<Integer> RESERVE_MB = Setting.whole("reserve_mb", 0, 1_000_000, 200);
  static final Setting<Duration> FULL_WITHIN =
      Setting.duration("full_within", Duration.ZERO, Duration.ofDays(365), Duration.ofDays(2));
  static final List<Key> PARTS = List.of(RESERVE_MB.key(), FULL_WITHIN.key());

  static final Key DISK =
      new Key("disk", "{reserve_mb, full_within}", "{reserve_mb: 200, full_within: 2d}");
  static final List<Key> KEYS = List.of(DISK);

  /** What holds where the configuration says nothing. */
  public static DiskConfig defaults() {
    return read(Section.none());
  }

  static DiskConfig read(Section root) {
    Section section = root.under(DISK, PARTS);
    return new DiskConfig(
        new DiskBounds(RESERVE_MB.in(section) * MEGABYTE, FULL_WITHIN.in(section).toMillis()));
  }
}
