package dev.candles.lake.state;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lake's one writer's lock: the operating system's lock on {@code .state/lock}, freed by {@link
 * LakeWriteAccess.Hold#close} of the last holder or by the death of the process. The content only
 * names the holder; it may be that of a dead one. All holders in one JVM share one hold per lake.
 */
public final class LakeLock implements LakeWriteAccess {
  private static final Logger LOG = LoggerFactory.getLogger(LakeLock.class);

  private final String root;

  /** The lock of the lake at this root folder. */
  public LakeLock(String root) {
    this.root = root;
  }

  /**
   * The lock is not lost while the process lives; a check also looks whether a job on a cluster
   * took the {@link LakeLease} while this process was frozen.
   */
  @Override
  public Hold acquire(String writer, Consumer<RuntimeException> lost) throws IOException {
    Hold lock = acquire();
    return new Hold() {
      @Override
      public void check() throws IOException {
        LakeLease.checkHeldHere(Path.of(root));
      }

      @Override
      public void close() {
        lock.close();
      }
    };
  }

  /** Whoever writes is in this process. */
  @Override
  public void prove(String writer) {}

  /**
   * Takes the lock for this JVM, or joins the JVM's own hold of it.
   *
   * @throws IOException if another process holds it; the message names that process
   */
  public Hold acquire() throws IOException {
    Files.createDirectories(state());
    Path file = file();
    SharedLock.join(file);
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.compareAndSet(true, false)) {
        SharedLock.leave(file);
      }
    };
  }

  /**
   * Who holds the lock, or held it last if its process died. Does not try the lock.
   *
   * @throws IOException if the lock file cannot be read
   */
  public Optional<String> holder() throws IOException {
    return Files.isDirectory(state()) ? SharedLock.holder(file()) : Optional.empty();
  }

  /**
   * The process of this machine that holds the lock, as far as its name tells. Neither tries the
   * lock nor makes anything. Of another machine's, or another container's, a name tells nothing:
   * the {@link LakeLease} does.
   *
   * @throws IOException if the lock file cannot be read
   */
  public Optional<String> liveHolder() throws IOException {
    return holder().filter(HolderName::livesHere);
  }

  @Override
  public Attempt startAttempt() throws IOException {
    return AttemptFiles.start(
        new LakeLayout(Path.of(root)), AttemptFiles::stampedMs, System::nanoTime);
  }

  /**
   * Deletes what a collector has not finished. To be called by a holder of the lock whose job has
   * ended behind a savepoint: everything that counts has its name by then.
   *
   * @return how many files were deleted
   * @throws IOException if the lake cannot be listed
   */
  public int sweepInProgress() throws IOException {
    int files = OrphanFiles.inProgress(new LakeLayout(Path.of(root))).delete();
    LOG.info("event=leftovers_swept files={} stopped=true", files);
    return files;
  }

  @Override
  public int begin(List<StreamKey> streams, long fromMs, long nowMs) throws IOException {
    int begun = HistoryStartMarker.write(new LakeLayout(Path.of(root)), streams, fromMs, nowMs);
    LOG.info("event=history_begins streams={} from={}", begun, Instant.ofEpochMilli(fromMs));
    return begun;
  }

  @Override
  public void unlisted(String venue, SortedMap<String, List<String>> nearest, long nowMs)
      throws IOException {
    new UnlistedSymbols(new LakeLayout(Path.of(root))).note(venue, nearest, nowMs);
  }

  private Path state() {
    return new LakeLayout(Path.of(root)).state();
  }

  /** One name per lake, whatever links lead to it. */
  private Path file() throws IOException {
    return state().toRealPath().resolve("lock");
  }
}
