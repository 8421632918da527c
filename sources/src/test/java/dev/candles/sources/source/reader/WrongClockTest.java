package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.Reject;
import dev.candles.sources.transport.LoopbackServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader on a machine whose clock is off, or is set while it runs. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class WrongClockTest {
  private static final String BTC = "BTC-USDT";
  private static final String ETH = "ETH-USDT";
  private static final long OPEN = ReaderHarness.OPEN_MS;

  private LoopbackServer server;
  private ReaderHarness harness;

  @BeforeEach
  void start() throws Exception {
    server = LoopbackServer.started();
    harness = new ReaderHarness(server.uri());
  }

  @AfterEach
  void stop() {
    harness.close();
    server.close();
  }

  private void connected(int count) throws Exception {
    harness.await("connected", () -> server.heard("subscribe") >= count);
  }

  private void kinds(Class<? extends FeedEvent> kind, int count) throws Exception {
    harness.await(count + " of " + kind, () -> harness.of(kind).size() >= count);
  }

  /** The venue says that a minute is over, when it is. */
  private void closeMinute(int minute) throws Exception {
    long endMs = OPEN + (minute + 1) * 60_000L;
    harness.push(Duration.ofMillis(endMs + 100 - harness.rightMs()));
    server.say(0, ReaderHarness.frame(BTC, OPEN + minute * 60_000L, "1"));
    server.say(0, ReaderHarness.frame(ETH, OPEN + minute * 60_000L, "1"));
    server.say(0, ReaderHarness.frame(BTC, endMs, "0"));
    server.say(0, ReaderHarness.frame(ETH, endMs, "0"));
    kinds(CompletedInterval.class, 2 * minute + 2);
  }

  private void assertAsWithARightClock(int minutes) {
    assertThat(harness.of(CompletedInterval.class))
        .extracting(event -> event.candle().openTimeMs())
        .hasSize(2 * minutes)
        .isSorted();
    assertThat(harness.of(Reject.class)).isEmpty();
    assertThat(harness.of(LiveEvent.Clock.class)).isEmpty();
    assertThat(harness.of(LiveEvent.Interrupted.class)).isEmpty();
    assertThat(harness.of(ConnectionEvent.class)).hasSize(1);
    assertThat(server.connections()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {-600, -90, 0, 90, 180, 600})
  void aClockThatIsOffFromTheStartChangesNothing(long aheadSeconds) throws Exception {
    harness.setClock(Duration.ofSeconds(aheadSeconds));
    harness.startWatchingAt(harness.rightMs());
    connected(1);
    for (int minute = 0; minute < 4; minute++) {
      closeMinute(minute);
    }
    assertAsWithARightClock(4);
    assertThat(harness.of(LiveEvent.Announced.class))
        .allMatch(event -> event.lake().toMs() == OPEN, "announced to the venue's now");
    harness.await("said", () -> offsets().equals(List.of(-aheadSeconds)));
  }

  @ParameterizedTest
  @ValueSource(longs = {-7_200, 7_200})
  void aClockThatIsTooFarOffFromTheStartIsSaidAlthoughNothingIsBelieved(long aheadSeconds)
      throws Exception {
    harness.setClock(Duration.ofSeconds(aheadSeconds));
    harness.startWatchingAt(harness.rightMs());
    connected(1);
    for (int minute = 1; minute < 5; minute++) {
      long openMs = OPEN + minute * 60_000L;
      harness.push(Duration.ofMillis(openMs + 100 - harness.rightMs()));
      server.say(0, ReaderHarness.frame(BTC, openMs, "0"));
      harness.tick();
    }
    harness.await("said", () -> offsets().contains(-aheadSeconds));
    assertThat(offsets()).as("once, and nothing before").hasSize(1);
    assertThat(harness.of(CompletedInterval.class)).isEmpty();
  }

  /** What is said of the clock, in seconds; what it is off by in transit is none. */
  private List<Long> offsets() {
    return harness.of(FeedEvent.ClockOffset.class).stream()
        .map(told -> Math.round(told.offsetMs() / 10_000.0) * 10)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {-600, -90, 90, 180, 600})
  void aClockThatIsSetWhileItRunsChangesNothing(long aheadSeconds) throws Exception {
    harness.startWatchingAt(harness.rightMs());
    connected(1);
    closeMinute(0);
    closeMinute(1);
    harness.await("judged", () -> offsets().equals(List.of(0L)));
    harness.setClock(Duration.ofSeconds(aheadSeconds));
    harness.tick();
    closeMinute(2);
    harness.setClock(Duration.ZERO);
    harness.tick();
    closeMinute(3);
    closeMinute(4);
    assertAsWithARightClock(5);
    assertThat(offsets()).startsWith(0L).contains(-aheadSeconds).endsWith(0L);
  }

  @Test
  void aRowThatIsClosedEarlyIsNoRejectOfTheLakeButASignOfLife() throws Exception {
    harness.startWatchingAt(harness.rightMs());
    connected(1);
    for (int i = 1; i <= 10; i++) {
      harness.push(Duration.ofSeconds(19));
      long nextOpen = OPEN + 60_000L * i;
      server.say(0, ReaderHarness.frame(BTC, nextOpen, "1"));
      server.say(0, ReaderHarness.frame(ETH, nextOpen, "1"));
      harness.tick();
      harness.tick();
    }
    assertThat(harness.of(CompletedInterval.class)).isEmpty();
    assertThat(harness.of(Reject.class)).isEmpty();
    assertThat(harness.of(ConnectionEvent.class))
        .as("no link is lost, and none is proven")
        .isEmpty();
    assertThat(server.heard("unsubscribe")).isZero();
  }

  @Test
  void anIntervalIsOverdueByTheVenuesTime() throws Exception {
    harness.setClock(Duration.ofMinutes(10));
    harness.startWatchingAt(harness.rightMs());
    connected(1);
    harness.push(Duration.ofSeconds(54));
    harness.tick();
    assertThat(harness.of(LiveEvent.Clock.class)).isEmpty();
    harness.push(Duration.ofSeconds(3));
    kinds(LiveEvent.Clock.class, 2);
    assertThat(harness.of(LiveEvent.Clock.class))
        .extracting(LiveEvent.Clock::endMs)
        .containsOnly(OPEN + 60_000);
  }

  @Test
  void whatWasMissedIsToldInTheVenuesTime() throws Exception {
    harness.setClock(Duration.ofMinutes(10));
    harness.startWatchingAt(harness.rightMs());
    connected(1);
    server.say(0, ReaderHarness.frame(BTC, OPEN, "0"));
    kinds(ConnectionEvent.class, 1);
    server.connections().get(0).closeConnection(1006, "cut");
    kinds(ConnectionEvent.class, 2);
    harness.push(Duration.ofSeconds(2));
    connected(2);
    server.say(1, ReaderHarness.frame(BTC, OPEN, "0"));
    server.say(1, ReaderHarness.frame(BTC, OPEN, "0"));
    kinds(LiveEvent.Interrupted.class, 1);
    assertThat(harness.of(LiveEvent.Interrupted.class).get(0).sinceMs())
        .isBetween(ReaderHarness.START_MS - 1_000, harness.rightMs());
  }
}
