package dev.candles.cli.embedded;

import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LakeLock;
import dev.candles.lake.state.StateFiles;
import dev.candles.text.FailureText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What is left to do in the lake when the collector was stopped. The savepoint is what counts: a
 * step that fails, for a full disk say, is told and keeps none of the others from being done.
 */
public final class AfterStop {
  private final CollectorConfig config;
  private final Consumer<String> fault;

  /**
   * @param fault is told what could not be done, one sentence each
   */
  public AfterStop(CollectorConfig config, Consumer<String> fault) {
    this.config = config;
    this.fault = fault;
  }

  /** Signs the savepoint as this lake's. Whoever holds the lake does not mind. */
  public void sign(Path savepoint) {
    StateFiles state = new StateFiles(new LakeLayout(config.lake().path()));
    done("the savepoint is not signed as this lake's", () -> state.signSavepoint(savepoint));
  }

  /**
   * Deletes what is unfinished: all that counts is committed when a job finishes behind its
   * savepoint. For the holder of the lake.
   */
  public void sweep() {
    done(
        "unfinished files are left",
        () -> new LakeLock(config.lake().directory()).sweepInProgress());
  }

  /**
   * Says in coverage how far each stream is accounted for. For the holder of the lake.
   *
   * @return of how many streams; empty if that failed
   */
  public OptionalInt through() {
    int[] streams = {0};
    boolean written =
        done(
            "the lake does not say how far its streams are accounted for",
            () -> streams[0] = new AccountedUntilWriter(config).write());
    return written ? OptionalInt.of(streams[0]) : OptionalInt.empty();
  }

  /** A step. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private boolean done(String otherwise, Step step) {
    try {
      step.run();
      return true;
    } catch (IOException | UncheckedIOException e) {
      fault.accept(otherwise + ": " + FailureText.of(e));
      return false;
    }
  }
}
