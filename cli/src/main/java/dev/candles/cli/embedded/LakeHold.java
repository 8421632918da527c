package dev.candles.cli.embedded;

import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.HeldException;
import dev.candles.lake.state.LakeLease;
import dev.candles.lake.state.LakeLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The whole lake, for a process that is no task of a cluster: the lock keeps processes of this
 * machine away, the lease jobs on a cluster. Neither does without the other.
 */
public final class LakeHold implements LakeWriteAccess.Hold {
  private final LakeWriteAccess.Hold lock;
  private final LakeWriteAccess.Hold lease;

  private LakeHold(LakeWriteAccess.Hold lock, LakeWriteAccess.Hold lease) {
    this.lock = lock;
    this.lease = lease;
  }

  /**
   * Takes both, the lock first.
   *
   * @param writer the name of the lease: who has it already under this name shares it
   * @param lost told, on any thread, if the lease is another's or may be
   * @throws IOException if another process or job holds the lake; the message names it
   */
  public static LakeHold take(CollectorConfig config, String writer, Consumer<IOException> lost)
      throws IOException {
    LakeWriteAccess.Hold lock = new LakeLock(config.lake().directory()).acquire();
    try {
      return new LakeHold(lock, lease(config).take(writer, true, lost));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Looks whether anybody has the lake, and takes the lease from nobody.
   *
   * @throws IOException if another process or job holds it; the message names it
   */
  public static void requireFree(CollectorConfig config, LakeLease lease) throws IOException {
    if (Files.isDirectory(new LakeLayout(config.lake().path()).state())) {
      new LakeLock(config.lake().directory()).acquire().close(); // a process of this machine
    }
    lease.requireSilent(); // another machine's, or a cluster's
  }

  /**
   * Who has a lake.
   *
   * @param name for people
   * @param here whether it is a process of this machine
   */
  public record Writer(String name, boolean here) {}

  /**
   * Who has a lake: a process of this machine that lives and has the lock, else who gives the lease
   * a sign of life, which takes two of them to see. Takes and makes nothing.
   *
   * @param root of the lake
   * @param lease of that lake; whoever looks again hands in the same one, which then need not watch
   *     again what gave no sign since
   * @return empty if nobody has it
   * @throws IOException if lock or lease cannot be read
   */
  public static Optional<Writer> writer(Path root, LakeLease lease) throws IOException {
    Optional<String> here = new LakeLock(root.toString()).liveHolder();
    if (here.isPresent()) {
      return here.map(name -> new Writer("holder=" + name, true));
    }
    try {
      lease.requireSilent();
      return Optional.empty();
    } catch (HeldException e) {
      return Optional.of(new Writer(String.valueOf(e.getMessage()), false));
    }
  }

  /** What helps where {@link #take} failed, to be said after why: empty if nobody has the lake. */
  public static String remedy(IOException why) {
    return why instanceof HeldException ? "; stop that one first" : "";
  }

  /** The lease of a lake, by the clocks of this process. */
  public static LakeLease lease(CollectorConfig config) {
    return lease(config.lake().path());
  }

  /** The lease of the lake at this root folder, by the clocks of this process. */
  public static LakeLease lease(Path root) {
    return new LakeLease(root, System::nanoTime, System::currentTimeMillis);
  }

  @Override
  public void check() throws IOException {
    lease.check();
  }

  @Override
  public void close() {
    lease.close();
    lock.close();
  }
}
