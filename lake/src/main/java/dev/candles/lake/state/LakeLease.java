package dev.candles.lake.state;

import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LeaseFile.Content;
import dev.candles.lake.state.LeaseFile.Holder;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lake's one writer among machines: a lease in {@code .state/lease} that belongs to a Flink job
 * and gives a sign of life every few seconds. The same job has it at once, in whichever process its
 * manager runs; another one when it was given back, or gave no sign for {@link Terms#lasts}.
 * Whoever wants it watches the file, so no clock is compared with another machine's. Who finds
 * another's name in it has lost it for good; so has who was silent for so long and finds none.
 */
public final class LakeLease {
  /** For every lake; tests have shorter ones. */
  public static final Terms TERMS =
      new Terms(Duration.ofSeconds(3), Duration.ofSeconds(15), Duration.ofSeconds(1));

  private static final Logger LOG = LoggerFactory.getLogger(LakeLease.class);

  /** Holds of this process that were not given back. */
  private static final Set<String> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path state;
  private final Terms terms;
  private final LongSupplier nanoTime;
  private final LongSupplier epochMs;
  private final LeaseFile file;

  /** What gave no sign when it was watched last. */
  private Optional<Content> silent = Optional.empty();

  /**
   * The lease of the lake at this root folder.
   *
   * @param nanoTime this process's clock that is never set, nanoseconds
   * @param epochMs real time, epoch ms: the sign of life, which nobody compares with a clock
   */
  public LakeLease(Path root, LongSupplier nanoTime, LongSupplier epochMs) {
    this(root, TERMS, nanoTime, epochMs);
  }

  LakeLease(Path root, Terms terms, LongSupplier nanoTime, LongSupplier epochMs) {
    this.state = new LakeLayout(root).state();
    this.terms = terms;
    this.nanoTime = nanoTime;
    this.epochMs = epochMs;
    this.file = new LeaseFile(state);
  }

  /**
   * How long what lasts, real time.
   *
   * @param renewed between two signs of life
   * @param lasts without a sign of life
   * @param confirmed after it was taken, until it is looked at whether somebody else took it too
   */
  public record Terms(Duration renewed, Duration lasts, Duration confirmed) {}

  /**
   * Takes the lease and keeps it alive until it is closed. Blocks for {@link Terms#lasts} where
   * another job has left one behind.
   *
   * @param writer the job, {@code [^ ]+}
   * @param locked whether this process also holds {@link LakeLock}
   * @param lost told, on a thread of the lease, when it is another's ({@link HeldException}, once),
   *     or could not be renewed for so long that it may be
   * @throws HeldException if another job gives signs of life
   * @throws IOException if the folder cannot be read or written
   */
  public LakeWriteAccess.Hold take(String writer, boolean locked, Consumer<IOException> lost)
      throws IOException {
    if (writer.isEmpty() || writer.contains(" ")) {
      throw new IllegalArgumentException("no name of a writer: '" + writer + "'");
    }
    Files.createDirectories(state);
    String hold = UUID.randomUUID().toString();
    Holder own = new Holder(writer, hold, HolderName.machine(), locked, HolderName.own());
    boolean sure = await(own);
    file.write(own);
    if (!sure) {
      pause(terms.confirmed.toNanos());
      var unused = look(own);
    }
    LOG.info("event=lease_taken file={} writer={}", LogValue.of(file), writer);
    return new Renewal(own, lost);
  }

  /**
   * Proves that this process sees the lake into which a job writes.
   *
   * @throws UnseenException if it sees none or another's, for {@link Terms#lasts}
   * @throws IOException if the lease could not be read at the last try; it may be soon
   */
  public void prove(String writer) throws IOException {
    long deadline = nanoTime.getAsLong() + terms.lasts.toNanos();
    while (true) {
      IOException failed;
      try {
        Optional<Content> seen = file.read();
        if (isOf(seen, writer)) {
          return;
        }
        failed = unseen(writer, seen);
      } catch (IOException e) {
        LOG.warn("event=lease_not_read file={} error={}", LogValue.of(file), LogValue.of(e));
        failed = e;
      }
      if (nanoTime.getAsLong() - deadline > 0) {
        throw failed;
      }
      pause(terms.renewed.toNanos() / 4);
    }
  }

  /**
   * The job that has the lease, or has left it behind; empty if there is none that can be read.
   * Watches nothing.
   *
   * @throws IOException if the folder cannot be read
   */
  public Optional<String> writer() throws IOException {
    return file.read().flatMap(Content::holder).map(Holder::writer);
  }

  private UnseenException unseen(String writer, Optional<Content> seen) {
    return new UnseenException(
        HolderName.host()
            + " does not see the lake of this job: "
            + file
            + ": expected writer="
            + writer
            + ", found "
            + seen.map(LakeLease::words).orElse("no such file"));
  }

  /**
   * Looks whether somebody outside of this process has the lease of a lake. Whoever holds the lock
   * only, and no lease, may find none.
   *
   * @throws HeldException if somebody has
   */
  static void checkHeldHere(Path root) throws IOException {
    LeaseFile file = new LeaseFile(new LakeLayout(root).state());
    Optional<Content> now = file.read();
    if (now.isPresent() && now.get().holder().filter(h -> HELD_HERE.contains(h.hold())).isEmpty()) {
      throw held(file, now.get());
    }
  }

  /**
   * Looks, for two signs of life, whether somebody writes into the lake. Takes and makes nothing:
   * it may be another's a moment later. What was silent before and gave no sign since is not
   * watched again. One thread at a time.
   *
   * @throws HeldException if somebody gives one; the message names the job
   * @throws IOException if the lease cannot be read
   */
  public void requireSilent() throws IOException {
    Optional<Content> first = file.read();
    if (first.isPresent() && first.equals(silent)) {
      return;
    }
    long since = nanoTime.getAsLong();
    long nanos = terms.renewed.multipliedBy(2).toNanos();
    Optional<Content> now = first;
    while (now.isPresent() && nanoTime.getAsLong() - since < nanos) {
      if (!now.equals(first)) {
        throw held(file, now.get());
      }
      pause(terms.renewed.toNanos() / 4);
      now = file.read();
    }
    silent = first; // not what the last look saw: it may be a sign
  }

  /** Returns whether the lease was this job's already, or its holder is known to be dead. */
  private boolean await(Holder own) throws IOException {
    Optional<Content> first = file.read();
    long since = nanoTime.getAsLong();
    while (first.isPresent() && nanoTime.getAsLong() - since < terms.lasts.toNanos()) {
      if (isOf(first, own.writer()) || first.get().holder().filter(own::provesDead).isPresent()) {
        return true;
      }
      pause(terms.renewed.toNanos() / 4);
      Optional<Content> now = file.read();
      if (now.isPresent() && !now.equals(first) && !isOf(now, own.writer())) {
        throw held(file, now.get());
      }
      if (!now.equals(first)) {
        return !now.isEmpty(); // given back, or this job's by another of its processes
      }
    }
    return false;
  }

  /** What the file says, unless another's name is in it. */
  private Optional<Content> look(Holder own) throws IOException {
    Optional<Content> now = file.read();
    if (now.isPresent() && !isOf(now, own.writer())) {
      throw held(file, now.get());
    }
    return now;
  }

  private void pause(long nanos) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while looking at " + file, e);
    }
  }

  private static HeldException held(LeaseFile file, Content content) {
    return new HeldException(
        "another job writes into this lake: lease=" + file + ", holder=" + words(content));
  }

  private static boolean isOf(Optional<Content> content, String writer) {
    return content.flatMap(Content::holder).filter(h -> h.writer().equals(writer)).isPresent();
  }

  private static String words(Content content) {
    return content
        .holder()
        .map(h -> "writer=" + h.writer() + " " + h.name())
        .orElse("unreadable, of " + content.atTime());
  }

  /** Keeps it alive. */
  private final class Renewal implements LakeWriteAccess.Hold {
    private final Holder own;
    private final Consumer<IOException> lost;
    private final ScheduledExecutorService thread;
    private volatile long renewedNanos = nanoTime.getAsLong();

    Renewal(Holder own, Consumer<IOException> lost) {
      HELD_HERE.add(own.hold());
      this.own = own;
      this.lost = lost;
      this.thread =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread daemon = new Thread(task, "lake-lease");
                daemon.setDaemon(true);
                return daemon;
              });
      long everyMs = terms.renewed.toMillis();
      var unused =
          thread.scheduleWithFixedDelay(this::renew, everyMs, everyMs, TimeUnit.MILLISECONDS);
    }

    private void renew() {
      try {
        if (look().isPresent()) {
          file.touch(epochMs.getAsLong());
        } else {
          file.write(own); // another of this job's holds was closed a moment ago
        }
        renewedNanos = nanoTime.getAsLong();
      } catch (HeldException taken) {
        thread.shutdown();
        lost(taken);
      } catch (IOException e) {
        LOG.warn("event=lease_not_renewed file={} error={}", LogValue.of(file), LogValue.of(e));
        if (nanoTime.getAsLong() - renewedNanos > terms.lasts.toNanos()) {
          lost(e);
        }
      }
    }

    private void lost(IOException why) {
      LOG.error("event=lease_lost file={} error={}", LogValue.of(file), LogValue.of(why));
      lost.accept(why);
    }

    @Override
    public void check() throws IOException {
      var unused = look();
    }

    /** Where nobody has it and no sign was given for long, somebody may have had it. */
    private Optional<Content> look() throws IOException {
      Optional<Content> now = LakeLease.this.look(own);
      boolean silent = nanoTime.getAsLong() - renewedNanos > terms.lasts.toNanos();
      if (silent && now.isEmpty()) {
        if (!Files.isDirectory(state)) {
          throw new NoSuchFileException(state.toString());
        }
        throw new HeldException(
            "the lease is gone, and this job gave no sign of life for "
                + terms.lasts.toSeconds()
                + " s or more: another job may have written into this lake: lease="
                + file);
      }
      return now;
    }

    @Override
    public void close() {
      HELD_HERE.remove(own.hold());
      thread.shutdownNow();
      try {
        boolean ended = thread.awaitTermination(terms.lasts.toNanos(), TimeUnit.NANOSECONDS);
        Optional<Content> now = file.read();
        if (ended && now.flatMap(Content::holder).filter(own::equals).isPresent()) {
          file.delete();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // it runs out by itself
      } catch (IOException e) {
        LOG.warn("event=lease_not_given_back file={} error={}", LogValue.of(file), LogValue.of(e));
      }
    }
  }
}
