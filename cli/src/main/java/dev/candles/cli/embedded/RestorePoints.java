package dev.candles.cli.embedded;

import dev.candles.lake.state.StateFiles;
import dev.candles.text.FailureText;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start restores: the newest checkpoint or savepoint that can be, then the next older one,
 * then none. Any of them will do, and none, because the lake itself says what is there; each that
 * is passed over gets one line. What was asked for by name is taken or refused.
 */
public final class RestorePoints {
  private static final Logger LOG = LoggerFactory.getLogger(RestorePoints.class);
  private static final Path NO_STATE = Path.of("none");

  private final SnapshotCheck check;
  private final Deque<Path> newestFirst = new ArrayDeque<>();
  private final boolean asked;
  private Optional<Path> current = Optional.empty();
  private Optional<String> fault = Optional.empty();

  /**
   * @param asked the checkpoint or savepoint to start from; {@code none} for none, null for the
   *     newest
   * @throws RefusedException if the one that was asked for cannot be restored
   */
  public RestorePoints(StateFiles state, @Nullable Path asked)
      throws IOException, RefusedException {
    this.check = new SnapshotCheck(state);
    this.asked = asked != null;
    if (asked == null) {
      long nowMs = System.currentTimeMillis();
      state.complete(nowMs).forEach(snapshot -> newestFirst.add(snapshot.folder()));
    } else if (!asked.equals(NO_STATE)) {
      newestFirst.add(restorable(asked.toAbsolutePath().normalize()));
    }
  }

  private Path restorable(Path folder) throws RefusedException {
    if (!Files.isRegularFile(folder.resolve("_metadata"))) {
      throw new RefusedException("no checkpoint or savepoint, it has no _metadata: " + folder);
    }
    Optional<String> fault = check.fault(folder);
    if (fault.isPresent()) {
      throw new RefusedException(
          String.format(
                  Locale.ROOT,
                  "cannot restore %s: %s. Without --restore the newest that can be is taken; --restore none",
                  folder,
                  fault.get())
              + " is always safe");
    }
    return folder;
  }

  /** The next one to try; empty for none. */
  public Optional<Path> next() {
    fault = Optional.empty();
    current = Optional.empty();
    while (!newestFirst.isEmpty() && current.isEmpty()) {
      Path folder = newestFirst.remove();
      Optional<String> wrong = asked ? Optional.empty() : check.fault(folder);
      if (wrong.isPresent()) {
        passedOver(folder, wrong.get());
      } else {
        current = Optional.of(folder);
      }
    }
    return current;
  }

  /** Whether there is another way to start if the job cannot run from {@link #next}'s. */
  boolean another() {
    return !asked && current.isPresent();
  }

  /** Notes why the one in hand could not be restored, if there is another way to start. */
  void fault(Throwable error) {
    if (another()) {
      fault = Optional.of(FailureText.of(error));
    }
  }

  /** Whether the one in hand could not be restored; says so. */
  boolean failed() {
    Optional<Path> folder = current;
    fault.ifPresent(reason -> passedOver(folder.orElseThrow(), reason));
    return fault.isPresent();
  }

  private static void passedOver(Path folder, String reason) {
    LOG.warn(
        "event=restore_passed_over snapshot={} next=older_or_none reason={}",
        LogValue.of(folder),
        LogValue.of(reason.lines().findFirst().orElse("")));
  }
}
