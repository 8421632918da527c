package dev.candles.job.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints and savepoints of the job.
 *
 * @param interval real time between two checkpoints: how often files become visible
 * @param directory where checkpoints and savepoints are, an address of an object store without a
 *     slash at its end; null for in the lake
 * @param keptSavepoints how many savepoints are kept, at least 1
 */
public record CheckpointConfig(Duration interval, @Nullable String directory, int keptSavepoints)
    implements Serializable {
  static final Setting<Duration> INTERVAL =
      Setting.duration(
          "checkpoint_interval",
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          Duration.ofSeconds(30));
  static final Key DIRECTORY = new Key("checkpoint_dir", "s3://BUCKET/FOLDER", "in the lake");
  static final Setting<Integer> KEPT_SAVEPOINTS = Setting.whole("keep_savepoints", 1, 1_000, 10);
  static final List<Key> KEYS = List.of(INTERVAL.key(), DIRECTORY, KEPT_SAVEPOINTS.key());

  private static final Pattern BUCKET =
      Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._=-]+)*/?");

  /** What holds where the configuration says nothing. */
  public static CheckpointConfig defaults() {
    return read(Section.none());
  }

  static CheckpointConfig read(Section root) {
    return new CheckpointConfig(
        INTERVAL.in(root), directory(root).orElse(null), KEPT_SAVEPOINTS.in(root));
  }

  /** The same with another interval, real time. */
  public CheckpointConfig every(Duration other) {
    return new CheckpointConfig(other, directory, keptSavepoints);
  }

  /** Whether something runs that can use it, is said where something is run. */
  private static Optional<String> directory(Section root) {
    Optional<String> text = root.text(DIRECTORY.name());
    if (text.isPresent() && !BUCKET.matcher(text.get()).matches()) {
      String expected =
          "s3://BUCKET or s3://BUCKET/FOLDER, keys are Flink's configuration;"
              + " without it checkpoints are in the lake";
      root.refused(DIRECTORY.name(), text.get(), expected);
    }
    return text.map(dir -> dir.replaceFirst("/$", ""));
  }
}
