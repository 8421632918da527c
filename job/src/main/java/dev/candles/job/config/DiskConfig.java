package dev.candles.job.config;

import dev.candles.core.watch.DiskBounds;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

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
    Optional<Node> node = root.node(DISK.name());
    Section section =
        node.map(n -> Section.of(n, DISK.name(), Key.names(PARTS), root.problems()))
            .orElseGet(Section::none);
    return new DiskConfig(
        new DiskBounds(RESERVE_MB.in(section) * MEGABYTE, FULL_WITHIN.in(section).toMillis()));
  }
}
