package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.candles.job.codec.UnreadableStateException;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.StateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.state.BackendBuildingException;
import org.apache.flink.util.FlinkException;
import org.apache.flink.util.StateMigrationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(600)
class JobWatchTest {
  private static final String TOLD = "event=failed";

  @TempDir private Path folder = Path.of("");
  private final CompletableFuture<Boolean> stop = new CompletableFuture<>();

  /** Fails and starts again for ever, always for the same reason. */
  private record Failing(Throwable failure) implements RunningJob {
    @Override
    public CompletableFuture<JobResult> result() {
      return new CompletableFuture<>();
    }

    @Override
    public boolean runs() {
      return true;
    }

    @Override
    public CompletableFuture<String> checkpoint() {
      return CompletableFuture.failedFuture(new IOException(TOLD));
    }

    @Override
    public Optional<Throwable> lastFailure() {
      return Optional.of(failure);
    }
  }

  @Test
  void aLibraryThatCannotBeLoadedEndsTheCollector() throws Exception {
    JobWatch watch = watch(new IOException("state", new UnsatisfiedLinkError("x.so: noexec")));
    RestorePoints points = points();
    LastingException end =
        catchThrowableOfType(LastingException.class, () -> watch.firstCheckpoint(points));
    assertThat(end).hasMessageContaining("x.so: noexec").hasMessageContaining("java.io.tmpdir=");
    assertThat(end.exitCode()).isEqualTo(2);
  }

  /** What was asked for by name has no other way to start: it is not tried for ever. */
  @Test
  void aStateThatCannotBeReadEndsTheCollectorWithTheWayOut() throws Exception {
    Throwable ours = new UnreadableStateException("'candle' has version 9");
    JobWatch watch = watch(new IOException("restoring", new IllegalStateException(ours)));
    RestorePoints none = new RestorePoints(state(), Path.of("none"));
    for (ThrowingCallable run :
        List.<ThrowingCallable>of(() -> watch.firstCheckpoint(none), watch::untilTheEnd)) {
      LastingException end = catchThrowableOfType(LastingException.class, run);
      assertThat(end)
          .hasMessage(
              "state cannot be read: 'candle' has version 9; start with --restore none, which"
                  + " loses nothing: the lake says what is there");
      assertThat(end.exitCode()).isEqualTo(2);
    }
    JobWatch other = watch(new StateMigrationException("The new state serializer is another"));
    LastingException end =
        catchThrowableOfType(LastingException.class, () -> other.firstCheckpoint(none));
    assertThat(end)
        .hasMessageStartingWith("state cannot be read: The new state serializer is another")
        .hasMessageContaining("--restore none");
  }

  @Test
  void aClassThatGoesMissingLaterEndsTheCollectorToo() {
    JobWatch watch = watch(new NoClassDefFoundError("org/x/Y"));
    LastingException end = catchThrowableOfType(LastingException.class, watch::untilTheEnd);
    assertThat(end).hasMessageContaining("org/x/Y");
  }

  @Test
  void memoryThatDoesNotDoHasTheCodeOfTheJvm() {
    JobWatch watch = watch(new IOException(new OutOfMemoryError("Direct buffer memory")));
    LastingException end = catchThrowableOfType(LastingException.class, watch::untilTheEnd);
    assertThat(end.exitCode()).isEqualTo(3);
  }

  /** As Flink 2.3 wraps whatever RocksDB meets when it is opened. */
  private static Throwable backend(String why) {
    return new FlinkException(
        "Could not restore keyed state backend",
        new BackendBuildingException(
            "Caught unexpected exception.",
            new IOException("Error while opening RocksDB instance.", new IOException(why))));
  }

  @Test
  void aBackendThatCannotBeBuiltFromItsFilesEndsTheCollector() {
    JobWatch watch = watch(backend("Corruption: block checksum mismatch"));
    LastingException end = catchThrowableOfType(LastingException.class, watch::untilTheEnd);
    assertThat(end).hasMessageContaining("--restore none");
  }

  static List<Throwable> passing() {
    return List.of(
        new IOException("no space left on device"),
        backend("IO error: No space left on device: While appending to file"),
        backend("IO error: While open a file for random read: Too many open files"));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatMayMendItselfIsWaitedFor(Throwable failure) throws Exception {
    JobWatch watch = watch(failure);
    CompletableFuture<Boolean> took =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return watch.firstCheckpoint(points());
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    stop.complete(true);
    assertThat(took.get()).isFalse();
  }

  /** A supervisor kills who takes a minute for this and another one for its savepoint. */
  @Test
  @Timeout(120)
  void aStopDoesNotWaitForTheFirstCheckpoint() throws Exception {
    RunningJob job =
        new RunningJob() {
          @Override
          public CompletableFuture<JobResult> result() {
            return new CompletableFuture<>();
          }

          @Override
          public boolean runs() {
            return true;
          }

          @Override
          public CompletableFuture<String> checkpoint() {
            stop.complete(true); // while it is being taken, and it is never complete
            return new CompletableFuture<>();
          }

          @Override
          public Optional<Throwable> lastFailure() {
            return Optional.empty();
          }
        };
    assertThat(new JobWatch(job, stop).firstCheckpoint(points())).isFalse();
  }

  /** In the list that people look at, Flink calls failed what was asked for too early. */
  @Test
  void noCheckpointIsAskedForBeforeAllTasksRun() throws Exception {
    List<String> asked = new ArrayList<>();
    RunningJob job =
        new RunningJob() {
          @Override
          public CompletableFuture<JobResult> result() {
            return new CompletableFuture<>();
          }

          @Override
          public boolean runs() {
            asked.add("runs");
            return asked.size() > 2;
          }

          @Override
          public CompletableFuture<String> checkpoint() {
            asked.add("checkpoint");
            return CompletableFuture.completedFuture("chk-1");
          }

          @Override
          public Optional<Throwable> lastFailure() {
            return Optional.empty();
          }
        };
    assertThat(new JobWatch(job, stop).firstCheckpoint(points())).isTrue();
    assertThat(asked).containsExactly("runs", "runs", "runs", "checkpoint");
  }

  /** What is asked of Flink stays there until the job ends, a month later. */
  @Test
  void aJobThatRunsForLongIsAskedOnceForItsEnd() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger looks = new AtomicInteger();
    RunningJob job =
        new RunningJob() {
          @Override
          public CompletableFuture<JobResult> result() {
            asked.incrementAndGet();
            return new CompletableFuture<>();
          }

          @Override
          public boolean runs() {
            return true;
          }

          @Override
          public CompletableFuture<String> checkpoint() {
            return CompletableFuture.completedFuture("");
          }

          @Override
          public Optional<Throwable> lastFailure() {
            if (looks.incrementAndGet() == 50) {
              stop.complete(true);
            }
            return Optional.empty();
          }
        };
    new JobWatch(job, stop, Duration.ofMillis(1)).untilTheEnd();
    assertThat(looks).hasValue(50);
    assertThat(asked).hasValue(1);
    assertThat(stop.getNumberOfDependents()).isLessThan(5);
  }

  private JobWatch watch(Throwable failure) {
    return new JobWatch(new Failing(failure), stop);
  }

  private RestorePoints points() throws Exception {
    return new RestorePoints(state(), null);
  }

  private StateFiles state() {
    return new StateFiles(new LakeLayout(folder));
  }
}
