package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.Reject;
import dev.candles.core.time.MarketClock;
import dev.candles.sources.transport.LoopbackServer;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A feed that asks to slow down is left alone for thirty seconds, whatever else is due. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class ThrottledFeedTest {
  private static final String SLOWLY =
      "{\"event\":\"error\",\"code\":\"60014\",\"msg\":\"too frequent\"}";

  /** What is asked too early still falls on a step below thirty seconds. */
  private static final Duration STEP = Duration.ofSeconds(5);

  private static final int MOST_STEPS = 20;

  private static final String SUBSCRIBE = "\"op\":\"subscribe\"";

  private final List<Long> askedMs = new CopyOnWriteArrayList<>();
  private LoopbackServer server;
  private ReaderHarness harness;

  @BeforeEach
  void start() throws Exception {
    server = LoopbackServer.started();
  }

  /** Watches two markets that may be silent for so long; with pings, as of okx and kraken. */
  private void watch(Duration silence) {
    VenueProfile okx = ReaderHarness.venue().profile();
    VenueProfile.Limits l = okx.limits();
    VenueProfile.Limits impatient =
        new VenueProfile.Limits(
            l.marketsPerConnection(),
            l.connectInterval(),
            Duration.ZERO,
            silence,
            l.pingAfter(),
            Duration.ofMinutes(5), // on a loaded machine a pong may be late
            l.ping(),
            l.maxFrameBytes());
    VenueProfile profile =
        new VenueProfile(
            okx.name(),
            server.uri(),
            okx.rest(),
            okx.waits(),
            okx.finality(),
            okx.proofs(),
            okx.pageRows(),
            okx.budgets(),
            impatient);
    harness =
        new ReaderHarness(
            new VenueSettings(profile, List.of("BTC-USDT", "ETH-USDT")),
            new MarketClock(System.currentTimeMillis(), ReaderHarness.START_MS, 1.0));
    harness.startWatching();
  }

  @AfterEach
  void stop() {
    harness.close();
    server.close();
  }

  /** Refuses each of the next subscriptions; when each came is kept, by the reader's clock. */
  private void refuseSubscriptions() {
    server.onSubscribe(
        connection -> {
          askedMs.add(harness.nowMs());
          connection.send(SLOWLY);
        });
  }

  /** From now on subscriptions stay without an answer. */
  private void ignoreSubscriptions() {
    server.onSubscribe(connection -> askedMs.add(harness.nowMs()));
  }

  /** Lets time pass step by step until so many subscriptions have come. */
  private void untilAsked(int times) throws Exception {
    for (int step = 0; step < MOST_STEPS && askedMs.size() < times; step++) {
      harness.push(STEP);
      harness.tick();
    }
    harness.await("asked " + times + " times", () -> askedMs.size() >= times);
  }

  /**
   * The link on which each subscription came; on a slow machine the first may have no handshake.
   */
  private List<Integer> links() {
    return server.messages().stream()
        .filter(said -> said.text().contains(SUBSCRIBE))
        .map(LoopbackServer.Said::connection)
        .toList();
  }

  private boolean isTold(String error) {
    return harness.of(ConnectionEvent.class).stream()
        .anyMatch(event -> event.error().startsWith(error));
  }

  private long waitedMs(int before) {
    return askedMs.get(before) - askedMs.get(before - 1);
  }

  @Test
  void aVenueThatRefusesEachSubscriptionIsAskedOnceInThirtySecondsOnTheSameLink() throws Exception {
    refuseSubscriptions();
    watch(Duration.ofSeconds(10));
    harness.await("refused", () -> harness.of(Reject.class).size() == 1);
    untilAsked(2);
    assertThat(waitedMs(1)).isGreaterThanOrEqualTo(30_000);
    assertThat(server.heard("unsubscribe")).isZero();
    assertThat(server.heard("ping")).as("pings may pass").isPositive();
    assertThat(links().get(1)).isEqualTo(links().get(0));
  }

  @Test
  void afterTheWaitSilenceCountsAnew() throws Exception {
    refuseSubscriptions();
    watch(Duration.ofSeconds(25));
    harness.await("refused", () -> harness.of(Reject.class).size() == 1);
    ignoreSubscriptions();
    untilAsked(3);
    assertThat(waitedMs(1)).isGreaterThanOrEqualTo(30_000);
    assertThat(waitedMs(2)).as("25 seconds, less what a message takes").isGreaterThan(15_000);
    assertThat(links().subList(1, 3)).containsOnly(links().get(0));
  }

  @Test
  void aLinkOnWhichNothingComesButRefusalsIsGivenUpAndToldAndTheNextOneWaitsToo() throws Exception {
    refuseSubscriptions();
    watch(Duration.ofSeconds(10));
    harness.await("refused", () -> harness.of(Reject.class).size() == 1);
    untilAsked(2);
    untilAsked(3);
    harness.await("told", () -> isTold("throttled:"));
    int known = links().get(2) + 1;
    for (int step = 0; step < MOST_STEPS && server.connections().size() == known; step++) {
      harness.push(STEP);
      harness.tick();
    }
    assertThat(harness.nowMs() - askedMs.get(2)).isGreaterThanOrEqualTo(30_000);
    untilAsked(4);
    assertThat(waitedMs(3)).isGreaterThanOrEqualTo(30_000);
    assertThat(links().subList(1, 3)).containsOnly(links().get(0));
    assertThat(links().get(3)).isGreaterThan(links().get(0));
  }

  @Test
  void aMarketWhoseNewSubscriptionIsRefusedIsAskedForAgainAlthoughItWasServedBefore()
      throws Exception {
    ignoreSubscriptions();
    watch(Duration.ofSeconds(25));
    harness.await("asked", () -> askedMs.size() == 1);
    for (String symbol : List.of("BTC-USDT", "ETH-USDT")) {
      server.say(links().get(0), ReaderHarness.frame(symbol, ReaderHarness.OPEN_MS, "0"));
    }
    harness.await(
        "served", () -> harness.of(ConnectionEvent.class).stream().anyMatch(e -> e.live()));
    harness.tick();
    refuseSubscriptions();
    harness.push(Duration.ofSeconds(20));
    server.say(
        links().get(0), ReaderHarness.frame("BTC-USDT", ReaderHarness.OPEN_MS - 60_000, "1"));
    harness.await("one goes on", () -> harness.of(CompletedInterval.class).size() == 1);
    harness.push(Duration.ofSeconds(6));
    harness.await("refused", () -> harness.of(Reject.class).size() == 1);
    ignoreSubscriptions();
    untilAsked(3);
    assertThat(server.messages().stream().filter(said -> said.text().contains(SUBSCRIBE)))
        .element(2)
        .matches(said -> said.text().contains("ETH-USDT") && !said.text().contains("BTC-USDT"));
  }
}
