package dev.candles.sources.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.candles.sources.source.VenueSourceOptions;
import dev.candles.sources.source.split.ConnectionSplit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VenueEnumeratorTest {
  private static final String CATALOGUE =
      "{\"code\":\"0\",\"msg\":\"\",\"data\":["
          + "{\"instType\":\"SPOT\",\"instId\":\"A-USDT\",\"state\":\"live\"},"
          + "{\"instType\":\"SPOT\",\"instId\":\"B-USDT\",\"state\":\"live\"},"
          + "{\"instType\":\"SPOT\",\"instId\":\"C-USDT\",\"state\":\"live\"}]}";

  private static final long STARTED_MS = System.currentTimeMillis();

  private final AtomicInteger failures = new AtomicInteger();
  private volatile int retryAfterSeconds;
  private final FakeWriteAccess access = new FakeWriteAccess();
  private final FakeEnumeratorContext context = new FakeEnumeratorContext(2);
  private HttpServer server;
  private VenueEnumerator enumerator;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean fails = failures.getAndDecrement() > 0;
          if (fails && retryAfterSeconds > 0) {
            exchange.getResponseHeaders().add("Retry-After", String.valueOf(retryAfterSeconds));
          }
          byte[] body = (fails ? "<html>" : CATALOGUE).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(fails ? 503 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    enumerator = new VenueEnumerator(context, options(0));
  }

  @AfterEach
  void stop() {
    enumerator.close();
    context.close();
    server.stop(0);
  }

  private VenueSourceOptions options(int venueIndex) {
    return options(venueIndex, "A-USDT", "B-USDT", "NONE-USD", "C-USDT");
  }

  private VenueSourceOptions options(int venueIndex, String... symbols) {
    return OkxOptions.of(server.getAddress().getPort(), STARTED_MS, access, venueIndex, symbols);
  }

  private List<Integer> connectionsOf(int subtask) {
    return context.assigned(subtask).stream().map(ConnectionSplit::connection).toList();
  }

  @Test
  void connectionsAreDealtToReadersWhicheverCameFirst() throws Exception {
    context.register(0);
    enumerator.start();
    context.await(() -> !context.assigned(0).isEmpty());
    assertThat(context.events).containsExactly("0 ConnectShare[place=0, readers=2]");
    context.register(1);
    context.run(() -> enumerator.addReader(1));

    assertThat(connectionsOf(0)).containsExactly(0, 2);
    assertThat(connectionsOf(1)).containsExactly(1);
    assertThat(context.events)
        .containsExactly(
            "0 ConnectShare[place=0, readers=2]", "1 ConnectShare[place=1, readers=2]");
  }

  /** A venue of few connections on a job of many subtasks. */
  @Test
  void aReaderWithoutAConnectionOfTheVenueHasNoShareOfItsPace() throws Exception {
    enumerator.close();
    FakeEnumeratorContext wide = new FakeEnumeratorContext(5);
    enumerator = new VenueEnumerator(wide, options(3));
    for (int subtask = 0; subtask < 5; subtask++) {
      wide.register(subtask);
    }
    enumerator.start();
    wide.await(() -> wide.events.size() >= 3);
    wide.close();

    assertThat(wide.events)
        .containsExactlyInAnyOrder(
            "3 ConnectShare[place=0, readers=3]",
            "4 ConnectShare[place=1, readers=3]",
            "0 ConnectShare[place=2, readers=3]");
  }

  /** Flink cancels a job on another thread. */
  @Test
  void aJobThatIsCancelledWhileItTakesTheLakeGivesItBack() {
    access.whenAcquired = enumerator::close;
    enumerator.start();
    assertThat(access.holds).hasValue(0);
  }

  @Test
  void theSecondVenueStartsAtTheSecondReader() throws Exception {
    enumerator.close();
    enumerator = new VenueEnumerator(context, options(1));
    context.register(0);
    context.register(1);
    enumerator.start();
    context.await(() -> !context.assigned(0).isEmpty());

    assertThat(connectionsOf(0)).containsExactly(1);
    assertThat(connectionsOf(1)).containsExactly(0, 2);
  }

  @Test
  void readersAreToldTheVenuesTimeBeforeTheyConnect() throws Exception {
    context.register(0);
    enumerator.start();
    context.await(() -> !context.assigned(0).isEmpty());

    long latestMs = STARTED_MS + 60 * (System.currentTimeMillis() - STARTED_MS);
    assertThat(context.assigned(0))
        .allMatch(split -> split.venueMs() >= STARTED_MS - 1_000 && split.venueMs() <= latestMs);
  }

  @Test
  void aReaderThatComesBackGetsTheSameConnectionsAgain() throws Exception {
    context.register(0);
    enumerator.start();
    context.await(() -> !context.assigned(0).isEmpty());
    context.run(() -> enumerator.addSplitsBack(context.assigned(0), 0));
    assertThat(connectionsOf(0)).containsExactly(0, 2);

    context.run(() -> enumerator.addReader(0));
    assertThat(connectionsOf(0)).containsExactly(0, 2, 0, 2);
  }

  @Test
  void aCatalogueThatCannotBeHadIsAskedForUntilItCan() throws Exception {
    failures.set(3);
    context.register(0);
    enumerator.start();
    context.await(() -> !context.assigned(0).isEmpty());

    assertThat(failures.get()).isLessThanOrEqualTo(-1);
    assertThat(connectionsOf(0)).containsExactly(0, 2);
    assertThat(access.begun)
        .containsExactly("okx/A-USDT/1m", "okx/B-USDT/1m", "okx/NONE-USD/1m", "okx/C-USDT/1m");
  }

  /** A venue that is away at the start has no connection that could fail. */
  @Test
  void howTheCatalogueIsAnsweredIsToldForTheVenuesHealth() throws Exception {
    failures.set(2);
    context.register(0);
    enumerator.start();
    context.await(() -> !context.assigned(0).isEmpty());

    String failed = "0 CatalogueAnswer[error=HTML, not JSON]";
    assertThat(context.events)
        .containsExactly(
            failed, failed, "0 CatalogueAnswer[error=]", "0 ConnectShare[place=0, readers=2]");
  }

  /** Runs at once what is to wait. */
  private static ScheduledThreadPoolExecutor atOnce(List<Long> delaysSeconds) {
    return new ScheduledThreadPoolExecutor(1) {
      @Override
      public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        delaysSeconds.add(unit.toSeconds(delay));
        return super.schedule(task, 0, unit);
      }
    };
  }

  @Test
  void aCatalogueIsNotAskedForBeforeTheVenueWantsToBeAskedAgain() throws Exception {
    failures.set(2);
    retryAfterSeconds = 3_000;
    List<Long> delays = new CopyOnWriteArrayList<>();
    enumerator.close();
    enumerator = new VenueEnumerator(context, options(0), atOnce(delays));
    context.register(0);
    enumerator.start();
    context.await(() -> !context.assigned(0).isEmpty());

    assertThat(delays).startsWith(3_000L, 3_000L);
  }

  @Test
  void aCatalogueThatComesAtOnceLeavesTheStartOfHistoryToTheReaders() throws Exception {
    context.register(0);
    enumerator.start();
    context.await(() -> !context.assigned(0).isEmpty());

    assertThat(access.begun).isEmpty();
  }

  /** Once, however often the catalogue is asked for. */
  @Test
  void whatTheVenueDoesNotListIsNotedInTheLakeWithWhatWasMeant() throws Exception {
    enumerator.start();
    context.await(() -> !access.unlisted.isEmpty());
    assertThat(access.unlisted).containsExactly("okx{NONE-USD=[]}");
  }

  /** Of a venue that lists all by now nobody asks for the catalogue again. */
  @Test
  void aNoteThatCouldNotBeWrittenOrRemovedIsTriedAgain() throws Exception {
    List<Long> delays = new CopyOnWriteArrayList<>();
    enumerator.close();
    enumerator = new VenueEnumerator(context, options(0, "A-USDT"), atOnce(delays));
    access.failingNotes.set(2);
    enumerator.start();
    context.await(() -> !access.unlisted.isEmpty());
    assertThat(access.unlisted).containsExactly("okx{}");
    assertThat(delays).as("ten minutes of the market").containsExactly(10L, 10L);
  }

  /** Whoever was frozen for long may find another at work: it writes nothing of what it knew. */
  @Test
  void whoHasLostTheLakeNotesNothingAndSweepsNothing() throws Exception {
    List<Long> delays = new CopyOnWriteArrayList<>();
    enumerator.close();
    enumerator = new VenueEnumerator(context, options(0, "A-USDT"), atOnce(delays));
    access.lostTo = "held by process 17";
    failures.set(1);
    enumerator.start();
    context.await(() -> delays.size() > 3);
    context.run(() -> enumerator.notifyCheckpointComplete(5));
    int before = delays.size();
    context.await(() -> delays.size() > before + 2); // on the one thread that sweeps too
    assertThat(access.unlisted).isEmpty();
    assertThat(access.begun).isEmpty();
    access.lostTo = "";
    context.await(() -> !access.unlisted.isEmpty());
    assertThat(access.sweeps).hasValue(0);
  }

  /** Or whoever looks at the lake would wait for it. */
  @Test
  void noHistoryBeginsOfWhatTheVenueDidNotListBeforeItFailed() throws Exception {
    List<Long> delays = new CopyOnWriteArrayList<>();
    enumerator.close();
    enumerator = new VenueEnumerator(context, options(0), atOnce(delays));
    enumerator.start();
    context.await(() -> !access.unlisted.isEmpty());
    failures.set(1);
    int before = delays.size();
    context.await(() -> failures.get() < 0 && delays.size() > before + 2);
    context.run(() -> {});
    assertThat(access.begun).isEmpty();
  }

  @Test
  void aLakeThatIsHeldByAnotherFailsTheStartWithItsMessage() {
    access.heldBy = "held by process 17";
    assertThatThrownBy(() -> enumerator.start())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("held by process 17");
  }

  @Test
  void theLockIsFreedAtTheEnd() {
    enumerator.start();
    assertThat(access.holds).hasValue(1);
    enumerator.close();
    assertThat(access.holds).hasValue(0);
  }

  @Test
  void leftoversAreSweptOnceAndOnlyAfterACompletedCheckpoint() throws Exception {
    enumerator.start();
    context.await(() -> access.noted.get() == 1); // before anything is opened
    assertThat(access.sweeps).hasValue(0);
    context.run(() -> enumerator.notifyCheckpointComplete(5));
    context.run(() -> enumerator.notifyCheckpointComplete(6));
    context.await(() -> access.sweeps.get() > 0);
    assertThat(access.sweeps).hasValue(1);
    assertThat(access.noted).as("what came later is not looked at").hasValue(1);
  }

  @Test
  void leftoversAreSweptAgainOncePerRestart() throws Exception {
    enumerator.start();
    context.run(() -> enumerator.addReader(0));
    context.run(() -> enumerator.addReader(1));
    context.await(() -> access.noted.get() == 1);
    context.run(() -> enumerator.notifyCheckpointComplete(5));
    context.await(() -> access.sweeps.get() == 1);
    context.run(() -> enumerator.addReader(0));
    context.run(() -> enumerator.addReader(1));
    assertThat(access.attempts).as("one that has just started").hasValue(2);
    context.await(() -> access.noted.get() == 2);
    context.run(() -> enumerator.notifyCheckpointComplete(6));
    context.await(() -> access.sweeps.get() == 2);
    context.run(() -> enumerator.notifyCheckpointComplete(7));
    context.run(() -> enumerator.close());
    assertThat(access.sweptOf).containsExactly(1, 2);
  }

  /** Of a large lake, or behind a catalogue that does not come. */
  @Test
  void leftoversThatAreFoundAfterTheFirstCheckpointAreSweptAtOnce() throws Exception {
    CountDownLatch goOn = startWalking();
    context.run(() -> enumerator.notifyCheckpointComplete(5));
    assertThat(access.sweeps).hasValue(0);
    goOn.countDown();
    context.await(() -> access.sweeps.get() > 0);
    context.run(() -> enumerator.notifyCheckpointComplete(6));
    context.run(() -> enumerator.close());
    assertThat(access.sweptOf).containsExactly(1);
  }

  @Test
  void whatAnEarlierAttemptFindsIsNotSwept() throws Exception {
    CountDownLatch goOn = startWalking();
    context.run(() -> enumerator.addReader(0));
    context.run(() -> enumerator.notifyCheckpointComplete(5));
    goOn.countDown();
    context.await(() -> access.sweptOf.contains(2));
    assertThat(access.noted).hasValue(2);
    assertThat(access.sweptOf).containsExactly(2);
  }

  /** Starts with one reader, and waits until leftovers are looked for. */
  private CountDownLatch startWalking() throws Exception {
    CountDownLatch walking = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    access.whenNoting =
        () -> {
          walking.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    context.run(() -> enumerator.addReader(0));
    context.run(() -> enumerator.start());
    walking.await();
    return goOn;
  }

  @Test
  void anAttemptWhoseStartCannotBeMarkedSweepsNothingAndGoesOn() throws Exception {
    access.failingStarts.set(1);
    context.run(() -> enumerator.addReader(0));
    context.run(() -> enumerator.start());
    context.run(() -> enumerator.notifyCheckpointComplete(5));
    context.run(() -> enumerator.addReader(0));
    context.await(() -> access.noted.get() == 1);
    context.run(() -> enumerator.notifyCheckpointComplete(6));
    context.await(() -> access.sweeps.get() > 0);
    assertThat(access.sweptOf).containsExactly(1);
  }

  @Test
  void theFirstCheckpointOfEachAttemptNeedsNoRoomBecauseReadersWaitForIt() throws Exception {
    enumerator.start();
    for (long attempt = 0; attempt < 2; attempt++) {
      context.run(() -> enumerator.addReader(0));
      context.run(() -> enumerator.addReader(1));
      assertThat(enumerator.snapshotState(1)).as("one that fails").isNotNull();
      assertThat(enumerator.snapshotState(2)).isNotNull();
      context.run(() -> enumerator.notifyCheckpointComplete(2));
      assertThatThrownBy(() -> enumerator.snapshotState(3)).hasMessage("full");
    }
  }
}
