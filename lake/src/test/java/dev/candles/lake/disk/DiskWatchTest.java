package dev.candles.lake.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.watch.DiskBounds;
import dev.candles.core.watch.DiskLevel;
import dev.candles.core.watch.DiskStanding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWatchTest {
  private static final DiskBounds BOUNDS = new DiskBounds(100, 0);
  private static final Duration SOON = Duration.ofMillis(5);
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir private Path lake;

  private static void await(String what, BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not in time: " + what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  @Test
  void whoeverAsksIsToldWhatWasMeasuredLast() throws Exception {
    AtomicLong free = new AtomicLong(5_000);
    try (DiskWatch disk =
        new DiskWatch(
            lake,
            BOUNDS,
            folder -> new DiskSpace(free.get(), 10_000),
            System::nanoTime,
            SOON,
            LONG)) {
      await("measured", () -> disk.standing().freeBytes() == 5_000);
      assertThat(disk.stops(DiskLevel.SHORT)).isFalse();
      free.set(140);
      await("measured again", () -> disk.stops(DiskLevel.NO_REJECTS));
      assertThat(disk.stops(DiskLevel.NO_CHECKPOINTS)).isFalse();
    }
  }

  @Test
  void aFileSystemThatHangsKeepsNobodyWaitingAndWhatIsOldIsNotKnown() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    DiskWatch.Measure hangs =
        folder -> {
          if (asked.getAndIncrement() > 0) {
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
          return new DiskSpace(90, 10_000);
        };
    try (DiskWatch disk =
        new DiskWatch(lake, BOUNDS, hangs, System::nanoTime, SOON, Duration.ofMillis(200))) {
      await("it hangs", () -> asked.get() == 2);
      await("old", () -> !disk.standing().isKnown());
      assertThat(disk.standing()).isEqualTo(DiskStanding.UNKNOWN);
      assertThat(disk.stops(DiskLevel.NO_CHECKPOINTS)).as("by what was measured last").isTrue();
      assertThat(asked).as("one question at a time").hasValue(2);
    } finally {
      never.countDown();
    }
  }

  @Test
  void aDiskThatCannotBeAskedIsAskedAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    DiskWatch.Measure late =
        folder -> {
          switch (asked.incrementAndGet()) {
            case 1, 2 -> throw new IOException("stale file handle");
            case 3 -> throw new IllegalStateException("no such store");
            default -> {}
          }
          return new DiskSpace(9_000, 10_000);
        };
    try (DiskWatch disk = new DiskWatch(lake, BOUNDS, late, System::nanoTime, SOON, LONG)) {
      await("answered", () -> disk.standing().isKnown());
    }
  }

  @Test
  void theLastSavepointMayUseTheReserve() throws Exception {
    try (DiskWatch disk =
        new DiskWatch(
            lake, BOUNDS, folder -> new DiskSpace(1, 10_000), System::nanoTime, SOON, LONG)) {
      await("full", () -> disk.stops(DiskLevel.NO_CHECKPOINTS));
      disk.spendReserve();
      assertThat(disk.stops(DiskLevel.NO_CHECKPOINTS)).isFalse();
      assertThat(disk.stops(DiskLevel.NO_REJECTS)).isTrue();
    }
  }

  @Test
  void allInOneProcessShareTheWatchOfALakeUntilTheLastIsClosed() throws Exception {
    DiskWatch one = DiskWatch.open(lake, BOUNDS, System::nanoTime);
    DiskWatch two = DiskWatch.open(lake.resolve("x/.."), BOUNDS, System::nanoTime);
    DiskWatch other = DiskWatch.open(lake, new DiskBounds(1, 0), System::nanoTime);
    assertThat(two).isSameAs(one);
    assertThat(other).isNotSameAs(one);
    await("measured", () -> one.standing().isKnown());
    two.close();
    DiskWatch three = DiskWatch.open(lake, BOUNDS, System::nanoTime);
    assertThat(three).isSameAs(one);
    three.close();
    one.close();
    DiskWatch fresh = DiskWatch.open(lake, BOUNDS, System::nanoTime);
    assertThat(fresh).isNotSameAs(one);
    fresh.close();
    other.close();
  }
}
