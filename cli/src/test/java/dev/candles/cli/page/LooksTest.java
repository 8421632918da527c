package dev.candles.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.advice.Advice;
import dev.candles.cli.cluster.LiveJob;
import dev.candles.cli.status.QaLook;
import dev.candles.cli.status.Status;
import dev.candles.core.coverage.StreamDays;
import dev.candles.core.time.MarketClock;
import dev.candles.core.watch.DiskStanding;
import dev.candles.lake.view.LakeLook;
import dev.candles.lake.view.LakeUsage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever asks gets the last look; a new one is made seldom, and never two at a time. */
class LooksTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Status STATUS = status(List.of());

  /** One without a collector. */
  static Status status(List<StreamDays> streams) {
    return new Status(
        Path.of("lake"),
        MarketClock.real(),
        new LiveJob.Found(Optional.empty(), List.of()),
        new LakeLook(streams, 0, 0),
        new LakeUsage(0, 0, 0),
        DiskStanding.UNKNOWN,
        QaLook.NOTHING,
        Optional.empty(),
        List.of(),
        0,
        Map.of(),
        Advice.PLAIN,
        false,
        0);
  }

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5 * SECOND);
  private final AtomicInteger looks = new AtomicInteger();
  private volatile long takesNanos;
  private volatile boolean fails;
  private volatile boolean isShort;
  private volatile CountDownLatch free = new CountDownLatch(0);
  private volatile long perQuestionNanos;
  private final Looks tested = new Looks(this::look, () -> nanos.addAndGet(perQuestionNanos));

  private Status look() throws Exception {
    looks.incrementAndGet();
    free.await();
    nanos.addAndGet(takesNanos);
    if (isShort) {
      throw new OutOfMemoryError("heap");
    }
    if (fails) {
      throw new IOException("the disk is gone");
    }
    return STATUS;
  }

  @AfterEach
  void close() throws Exception {
    tested.close();
  }

  /** Leaves the core to who looks. */
  private static void pause() {
    LockSupport.parkNanos(1_000_000);
  }

  private Looks.Look await(long number) {
    long deadline = System.nanoTime() + 60 * SECOND;
    Optional<Looks.Look> look = tested.newest();
    while (look.map(Looks.Look::number).orElse(0L) < number) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      pause();
      look = tested.newest();
    }
    return look.orElseThrow();
  }

  @Test
  void aLookServesAllWhoAskWithinSeconds() {
    await(1);
    for (int i = 0; i < 100; i++) {
      assertThat(tested.newest().orElseThrow().number()).isEqualTo(1);
    }
    nanos.addAndGet(4 * SECOND - 1);
    tested.newest();
    assertThat(looks.get()).isEqualTo(1);
    nanos.addAndGet(1);
    await(2);
  }

  @Test
  void aLookThatTakesLongIsMadeSeldom() {
    takesNanos = 3 * SECOND;
    await(1);
    nanos.addAndGet(27 * SECOND - 1);
    tested.newest();
    assertThat(looks.get()).isEqualTo(1);
    nanos.addAndGet(1);
    takesNanos = 30 * SECOND; // as the first look at a large lake
    await(2);
    nanos.addAndGet(30 * SECOND - 1);
    tested.newest();
    assertThat(looks.get()).isEqualTo(2);
    nanos.addAndGet(1);
    await(3);
  }

  @Test
  void nobodyWaitsForALookAndThereIsOneAtATime() {
    free = new CountDownLatch(1);
    assertThat(tested.newest()).isEmpty();
    nanos.addAndGet(3_600 * SECOND);
    assertThat(tested.newest()).isEmpty();
    free.countDown();
    await(1);
    assertThat(looks.get()).isEqualTo(1);
  }

  @Test
  void whoeverComesBackAfterLongWaitsForANewLook() {
    await(1);
    free = new CountDownLatch(1);
    nanos.addAndGet(15 * SECOND);
    assertThat(tested.newest()).as("as the page asks").isPresent();
    nanos.addAndGet(15 * SECOND);
    assertThat(tested.newest()).isPresent();
    nanos.addAndGet(15 * SECOND + 1);
    assertThat(tested.newest()).isEmpty();
    assertThat(tested.newest()).as("the look that was begun is still made").isEmpty();
    assertThat(tested.last()).as("for what is read anew").isPresent();
    free.countDown();
    await(2);
  }

  /** Or it would be as old as the last visit. */
  @Test
  void whoeverWasAwayGetsALookThatWasJustMadeForAnother() {
    takesNanos = 3 * SECOND;
    await(1);
    nanos.addAndGet(26 * SECOND);
    assertThat(tested.newest()).as("none may be made yet").isPresent();
    assertThat(looks.get()).isEqualTo(1);
  }

  /** As a program does, once a minute or once in five: each time he was away. */
  @ParameterizedTest
  @ValueSource(longs = {16, 60, 300})
  void whoeverAsksSeldomGetsANewLookEachTime(long everySeconds) {
    await(1);
    for (long number = 2; number < 7; number++) {
      nanos.addAndGet(everySeconds * SECOND);
      assertThat(tested.soon().map(Looks.Look::number)).hasValue(number);
    }
  }

  @Test
  void whoeverComesBackWaitsALittleAndThenGetsWhatIsNotTooOld() {
    await(1);
    free = new CountDownLatch(1);
    nanos.addAndGet(60 * SECOND);
    perQuestionNanos = SECOND;
    long beforeNanos = nanos.get();
    assertThat(tested.soon().map(Looks.Look::number)).hasValue(1L);
    assertThat(nanos.get() - beforeNanos).isBetween(15 * SECOND, 30 * SECOND);
    perQuestionNanos = 0;
    free.countDown();
    await(2);
    free = new CountDownLatch(1);
    nanos.addAndGet(300 * SECOND);
    perQuestionNanos = SECOND;
    assertThat(tested.soon()).as("of five minutes ago").isEmpty();
    free.countDown();
  }

  @Test
  void nobodyWaitsForTheFirstLookOfAllBecauseItTellsHowFarItIs() {
    free = new CountDownLatch(1);
    perQuestionNanos = SECOND;
    long beforeNanos = nanos.get();
    assertThat(tested.soon()).isEmpty();
    assertThat(nanos.get() - beforeNanos).isLessThan(15 * SECOND);
    free.countDown();
  }

  @Test
  void whoeverComesBackWaitsForNoLookThatFails() {
    await(1);
    fails = true;
    nanos.addAndGet(16 * SECOND);
    long deadline = System.nanoTime() + 60 * SECOND;
    while (tested.newest().isEmpty()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      pause();
    }
    assertThat(tested.newest().orElseThrow().error()).contains("the disk is gone");
  }

  @Test
  void anErrorOfTheJvmDoesNotEndAllLooking() {
    isShort = true;
    tested.newest();
    long deadline = System.nanoTime() + 60 * SECOND;
    while (tested.error().isEmpty()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      pause();
    }
    assertThat(tested.error()).isEqualTo("out of memory: heap");
    isShort = false;
    nanos.addAndGet(4 * SECOND);
    await(1);
  }

  @Test
  void aLookThatDoesNotEndIsSaidBesideTheLastGoodOne() {
    await(1);
    free = new CountDownLatch(1);
    nanos.addAndGet(4 * SECOND);
    assertThat(tested.newest().orElseThrow().error()).isEmpty();
    nanos.addAndGet(120 * SECOND + 1);
    assertThat(tested.newest().orElseThrow().error()).isEqualTo("a look does not end for 2 min");
    free.countDown();
    assertThat(await(2).error()).isEmpty();
  }

  @Test
  void aLookThatFailsIsSaidBesideTheLastGoodOne() {
    await(1);
    fails = true;
    nanos.addAndGet(4 * SECOND);
    long deadline = System.nanoTime() + 60 * SECOND;
    while (tested.newest().orElseThrow().error().isEmpty()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      pause();
    }
    assertThat(tested.newest().orElseThrow().error()).contains("the disk is gone");
    assertThat(tested.newest().orElseThrow().number()).isEqualTo(1);
    fails = false;
    nanos.addAndGet(4 * SECOND);
    assertThat(await(2).error()).isEmpty();
  }
}
