package dev.candles.lake.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class LakeLeaseTest {
  /** Gives signs often, and is never taken for dead here however slow the machine is. */
  private static final LakeLease.Terms LONG =
      new LakeLease.Terms(Duration.ofMillis(50), Duration.ofHours(1), Duration.ofMillis(20));

  private static final LakeLease.Terms SHORT =
      new LakeLease.Terms(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofMillis(20));

  @TempDir Path root;
  private final BlockingQueue<IOException> lost = new LinkedBlockingQueue<>();
  private final List<LakeWriteAccess.Hold> holds = new ArrayList<>();

  @AfterEach
  void giveBack() {
    holds.forEach(LakeWriteAccess.Hold::close);
  }

  private LakeWriteAccess.Hold take(LakeLease.Terms terms, String writer, boolean locked)
      throws IOException {
    LakeWriteAccess.Hold hold =
        new LakeLease(root, terms, System::nanoTime, System::currentTimeMillis)
            .take(writer, locked, lost::add);
    holds.add(hold);
    return hold;
  }

  private Path file() {
    return new LakeLayout(root).state().resolve("lease");
  }

  private void left(String text) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text);
  }

  @Test
  void anotherJobIsRefusedByNameWhileTheFirstIsAliveAndHasItWhenItIsGivenBack() throws Exception {
    LakeWriteAccess.Hold first = take(LONG, "job-1", false);
    assertThatThrownBy(() -> take(LONG, "job-2", false))
        .isInstanceOf(HeldException.class)
        .hasMessageContaining("writer=job-1 pid=" + ProcessHandle.current().pid())
        .hasMessageContaining(file().toString());
    first.check();
    first.close();
    assertThat(file()).doesNotExist();
    take(LONG, "job-2", false).check();
    assertThat(lost).isEmpty();
  }

  @Test
  void theSameJobHasItAtOnceAndTheOlderHoldTakesNothingAway() throws Exception {
    LakeWriteAccess.Hold before = take(LONG, "job-1", false);
    LakeWriteAccess.Hold after = take(LONG, "job-1", false);
    before.close();
    after.check();
    assertThat(file()).content().startsWith("writer=job-1 ");
    after.close();
    assertThat(file()).doesNotExist();
    assertThat(lost).isEmpty();
  }

  @Test
  void whatIsGivenBackByOneHoldOfAJobIsWrittenAnewByTheOther() throws Exception {
    LakeWriteAccess.Hold one = take(LONG, "job-1", false);
    take(LONG, "job-1", false).close();
    await(() -> Files.exists(file()));
    one.check();
  }

  @Test
  void aDeadJobsLeaseIsHadWhenItGaveNoSignForLong() throws Exception {
    left("writer=job-1 hold=h host=elsewhere locked=false pid=1\n");
    take(SHORT, "job-2", false).check();
    assertThat(file()).content().startsWith("writer=job-2 ");
  }

  @Test
  void whatNobodyCanReadIsSomebodysUntilItGaveNoSignForLong() throws Exception {
    left("?");
    AtomicBoolean alive = new AtomicBoolean(true);
    Thread sign =
        new Thread(
            () -> {
              for (int i = 0; alive.get(); i++) {
                try {
                  Files.writeString(file(), "?".repeat(1 + i % 7));
                } catch (IOException e) {
                  lost.add(e);
                }
                LockSupport.parkNanos(1_000_000);
              }
            });
    sign.start();
    assertThatThrownBy(() -> take(LONG, "job-2", false))
        .isInstanceOf(HeldException.class)
        .hasMessageContaining("holder=unreadable");
    alive.set(false);
    sign.join();
    take(SHORT, "job-2", false).check();
    assertThat(lost).isEmpty();
  }

  /** Whoever holds the operating system's lock need not wait for a process that held it too. */
  @Test
  void aDeadProcessOfThisMachineIsKnownByTheLock() throws Exception {
    String dead = "writer=job-1 hold=h host=" + HolderName.machine() + " locked=true pid=1\n";
    left(dead);
    take(LONG, "job-2", true).close(); // else it would wait for an hour
    left(dead.replace("locked=true", "locked=false"));
    take(SHORT, "job-3", true).close();
    left(dead.replace("host=", "host=not-"));
    take(SHORT, "job-4", true).close();
  }

  /** It was frozen, say, and another job has it since. */
  @Test
  void whoFindsAnothersNameHasLostIt() throws Exception {
    LakeWriteAccess.Hold frozen = take(LONG, "job-1", false);
    left("writer=job-2 hold=h host=elsewhere locked=false pid=1\n");
    assertThat(lost.poll(60, TimeUnit.SECONDS)).isInstanceOf(HeldException.class);
    assertThatThrownBy(frozen::check)
        .isInstanceOf(HeldException.class)
        .hasMessageContaining("writer=job-2");
    frozen.close();
    assertThat(file()).content().startsWith("writer=job-2 ");
  }

  @Test
  void aFolderThatIsGoneForLongIsToldAndItsReturnIsEnough() throws Exception {
    LakeWriteAccess.Hold hold = take(SHORT, "job-1", false);
    Path away = root.resolve("away");
    Files.move(file().getParent(), away);
    assertThat(lost.poll(60, TimeUnit.SECONDS)).isNotNull().isNotInstanceOf(HeldException.class);
    Files.move(away, file().getParent());
    hold.check();
  }

  /** The embedded collector was frozen; its job looks at each checkpoint. */
  @Test
  void whoHoldsTheLockIsToldThatTheLeaseIsAnothers() throws Exception {
    try (LakeWriteAccess.Hold lock = new LakeLock(root.toString()).acquire("job-1", why -> {})) {
      lock.check(); // without a lease
      LakeWriteAccess.Hold lease = take(LONG, "embedded", true);
      lock.check();
      left("writer=job-2 hold=h host=elsewhere locked=false pid=1\n");
      assertThatThrownBy(lock::check)
          .isInstanceOf(HeldException.class)
          .hasMessageContaining("writer=job-2");
      left("?");
      assertThatThrownBy(lock::check).isInstanceOf(HeldException.class);
      lease.close();
    }
  }

  /** It was frozen, another job took the lease, wrote, and gave it back. */
  @Test
  void whoWasSilentForLongAndFindsNoLeaseHasLostIt() throws Exception {
    AtomicLong nanos = new AtomicLong();
    LakeLease.Terms renewedNever =
        new LakeLease.Terms(Duration.ofDays(1), Duration.ofSeconds(15), Duration.ofMillis(20));
    LakeWriteAccess.Hold frozen =
        new LakeLease(root, renewedNever, nanos::get, System::currentTimeMillis)
            .take("job-1", false, lost::add);
    holds.add(frozen);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(16));
    frozen.check(); // still there: nobody had it
    Files.delete(file());
    assertThatThrownBy(frozen::check)
        .isInstanceOf(HeldException.class)
        .hasMessageContaining("another job may have written")
        .hasMessageContaining(file().toString());
    nanos.addAndGet(-TimeUnit.SECONDS.toNanos(2));
    frozen.check(); // given back by another hold of this job
  }

  @Test
  void ofAllThatTakeItAtTheSameTimeOneIsLeft() throws Exception {
    List<Callable<Boolean>> jobs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String writer = "job-" + i;
      jobs.add(() -> took(writer));
    }
    ExecutorService threads = Executors.newFixedThreadPool(jobs.size());
    try {
      int took = 0;
      for (Future<Boolean> job : threads.invokeAll(jobs)) {
        took += job.get() ? 1 : 0;
      }
      assertThat(took).isPositive();
      int all = took;
      await(() -> lost.size() == all - 1); // who was too slow has overwritten one who was sure
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean took(String writer) throws IOException {
    try {
      LakeWriteAccess.Hold hold =
          new LakeLease(root, LONG, System::nanoTime, System::currentTimeMillis)
              .take(writer, false, lost::add);
      synchronized (holds) {
        return holds.add(hold);
      }
    } catch (HeldException refused) {
      return false;
    }
  }

  @Test
  void whoOnlyLooksSeesALivingJobAndMakesNothing() throws Exception {
    LakeLease seldom =
        new LakeLease(
            root,
            new LakeLease.Terms(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMillis(20)),
            System::nanoTime,
            System::currentTimeMillis);
    seldom.requireSilent();
    assertThat(file().getParent()).doesNotExist();

    LakeWriteAccess.Hold alive = take(LONG, "job-1", false);
    assertThatThrownBy(seldom::requireSilent)
        .isInstanceOf(HeldException.class)
        .hasMessageContaining("writer=job-1");
    alive.close();

    left("writer=job-1 hold=h host=elsewhere locked=false pid=1\n");
    new LakeLease(root, SHORT, System::nanoTime, System::currentTimeMillis).requireSilent();
  }

  /** Each look at the clock is a look at the lease; the clock goes on by nothing else. */
  @Test
  void whoLooksAgainWatchesOnlyWhatGaveASignSince() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    AtomicInteger touchedAt = new AtomicInteger();
    LakeLease lease =
        new LakeLease(
            root,
            SHORT,
            () -> {
              if (looks.incrementAndGet() == touchedAt.get()) {
                touch(touchedAt.get());
              }
              return Duration.ofMillis(40).toNanos() * looks.get();
            },
            System::currentTimeMillis);
    left("writer=job-1 hold=h host=elsewhere locked=false pid=1\n");
    lease.requireSilent();
    assertThat(looks).as("two signs are 100 ms apart").hasValue(4);
    lease.requireSilent();
    assertThat(looks).hasValue(4);
    touch(0);
    lease.requireSilent();
    assertThat(looks).as("it was touched").hasValue(8);
    lease.requireSilent();
    assertThat(looks).hasValue(8);

    touch(1);
    touchedAt.set(11); // what comes as the last look ends is not taken for silence
    lease.requireSilent();
    assertThat(looks).hasValue(12);
    lease.requireSilent();
    assertThat(looks).hasValue(16);

    touch(2);
    touchedAt.set(17);
    assertThatThrownBy(lease::requireSilent)
        .isInstanceOf(HeldException.class)
        .hasMessageContaining("writer=job-1");
  }

  private void touch(int second) {
    try {
      Files.setLastModifiedTime(file(), FileTime.fromMillis(second * 1_000L));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aProcessProvesThatItSeesTheLakeOfItsJob() throws Exception {
    take(LONG, "job-1", false);
    new LakeLease(root, SHORT, System::nanoTime, System::currentTimeMillis).prove("job-1");
    assertThatThrownBy(
            () ->
                new LakeLease(root, SHORT, System::nanoTime, System::currentTimeMillis)
                    .prove("job-2"))
        .isInstanceOf(UnseenException.class)
        .hasMessageContaining(HolderName.host() + " does not see the lake of this job")
        .hasMessageContaining("expected writer=job-2, found writer=job-1");
    assertThatThrownBy(
            () ->
                new LakeLease(
                        root.resolve("other"), SHORT, System::nanoTime, System::currentTimeMillis)
                    .prove("job-1"))
        .hasMessageContaining("found no such file");
  }

  /** A folder of this name fails like a network disk that hiccups: it is there, and unreadable. */
  @Test
  void aLeaseThatCannotBeReadForAMomentIsReadAgain() throws Exception {
    Files.createDirectories(file());
    assertThatThrownBy(
            () ->
                new LakeLease(root, SHORT, System::nanoTime, System::currentTimeMillis)
                    .prove("job-1"))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(UnseenException.class);
    int[] looks = {0};
    LakeLease later =
        new LakeLease(
            root,
            LONG,
            () -> {
              if (looks[0]++ == 2) {
                heal();
              }
              return System.nanoTime();
            },
            System::currentTimeMillis);
    later.prove("job-1");
    assertThat(looks[0]).isGreaterThan(2);
  }

  private void heal() {
    try {
      Files.delete(file());
      left("writer=job-1 hold=h host=elsewhere locked=false pid=1\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLeaseThatCannotBeWrittenLeavesNothingBehind() throws Exception {
    Files.createDirectories(file().resolve("in the way"));
    LeaseFile.Holder own = new LeaseFile.Holder("job-1", "h", "here", false, "pid=1");
    assertThatThrownBy(() -> new LeaseFile(file().getParent()).write(own))
        .isInstanceOf(IOException.class);
    assertThat(file().getParent()).isDirectoryContaining(file()::equals);
    assertThat(file().getParent().toFile().list()).hasSize(1);
  }

  @Test
  void aNameThatCouldNotBeReadBackIsRefused() {
    for (String name : List.of("", "a b")) {
      assertThatThrownBy(() -> take(SHORT, name, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + name + "'");
    }
  }

  private static void await(Callable<Boolean> met) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    while (!met.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
