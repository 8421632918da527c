package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.Reject;
import dev.candles.sources.source.CatalogueAnswer;
import dev.candles.sources.source.ConnectShare;
import dev.candles.sources.transport.LoopbackServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VenueReaderTest {
  private static final String BTC = "BTC-USDT";
  private static final String ETH = "ETH-USDT";
  private static final long OPEN = ReaderHarness.OPEN_MS;

  private LoopbackServer server;
  private ReaderHarness harness;

  @BeforeEach
  void start() throws Exception {
    server = LoopbackServer.started();
    harness = new ReaderHarness(server.uri(), Timeframe.M5);
  }

  @AfterEach
  void stop() {
    harness.close();
    server.close();
  }

  private void connected(int count) throws Exception {
    harness.await(
        "subscribed " + count,
        () -> server.messages().stream().anyMatch(said -> said.connection() == count - 1));
  }

  private void kinds(Class<? extends FeedEvent> kind, int count) throws Exception {
    harness.await(count + " of " + kind, () -> harness.of(kind).size() >= count);
  }

  @Test
  void nothingIsReadOrConnectedBeforeTheFirstCompletedCheckpoint() throws Exception {
    harness.reader.addSplits(List.of(ReaderHarness.split()));
    harness.pump();
    assertThat(harness.lake.scans).isZero();
    assertThat(harness.events).isEmpty();

    harness.reader.notifyCheckpointComplete(7);
    kinds(LiveEvent.Announced.class, 2);
    kinds(FeedEvent.Larger.class, 2);
    assertThat(harness.lake.scans).isEqualTo(1);
  }

  /** So that nobody takes a venue for connected because its other connection is. */
  @Test
  void aConnectionThatIsToBeMadeIsToldOfAtOnce() throws Exception {
    harness.reader.addSplits(List.of(ReaderHarness.split()));
    assertThat(harness.reader.isAvailable()).isDone();
    harness.pump();
    assertThat(harness.begun)
        .singleElement()
        .matches(mark -> mark.venue().equals("okx") && mark.connection() == 0 && !mark.live());

    harness.reader.notifyCheckpointComplete(7);
    connected(1);
    assertThat(harness.begun).hasSize(1);
  }

  @Test
  void howTheCatalogueIsAnsweredIsToldBeforeThereIsAnyConnection() throws Exception {
    harness.reader.handleSourceEvents(new CatalogueAnswer("status=429"));
    harness.reader.handleSourceEvents(new CatalogueAnswer(""));
    harness.pump();
    assertThat(harness.of(ConnectionEvent.class))
        .extracting(ConnectionEvent::connection, ConnectionEvent::live, ConnectionEvent::error)
        .containsExactly(
            tuple(ConnectionEvent.REST, false, "status=429"),
            tuple(ConnectionEvent.REST, true, ""));
  }

  @Test
  void everyStreamIsAnnouncedBaseFirstBeforeTheConnectionOpens() throws Exception {
    harness.startWatching();
    connected(1);

    assertThat(harness.events)
        .extracting(
            event ->
                event instanceof FeedEvent.Larger larger
                    ? larger.stream().id()
                    : ((LiveEvent.Announced) event).stream().id())
        .containsExactly(
            "okx/BTC-USDT/1m", "okx/BTC-USDT/5m", "okx/ETH-USDT/1m", "okx/ETH-USDT/5m");
    assertThat(server.messages().get(0).text()).contains("\"subscribe\"", BTC, ETH);
  }

  @Test
  void closedRowsBecomeFoldsInOrderAndFormingRowsNothing() throws Exception {
    harness.startWatching();
    connected(1);
    server.say(0, ReaderHarness.frame(BTC, OPEN, "0"));
    harness.push(Duration.ofSeconds(51));
    server.say(0, ReaderHarness.frame(BTC, OPEN, "1"));
    server.say(0, ReaderHarness.frame(BTC, OPEN + 60_000, "0"));
    server.say(0, ReaderHarness.frame(ETH, OPEN, "1"));
    kinds(CompletedInterval.class, 2);

    assertThat(harness.of(CompletedInterval.class))
        .extracting(event -> event.candle().stream().symbol())
        .containsExactly(BTC, ETH);
    assertThat(harness.of(ConnectionEvent.class)).singleElement().matches(event -> event.live());
    assertThat(harness.of(LiveEvent.Interrupted.class)).isEmpty();
    assertThat(harness.of(Reject.class)).isEmpty();
  }

  @Test
  void anIntervalWithoutAClosingWordIsToldOnceAfterItsGraceLinkOrNoLink() throws Exception {
    server.close();
    harness.startWatching();
    kinds(ConnectionEvent.class, 1);
    assertThat(harness.of(LiveEvent.Clock.class)).isEmpty();
    harness.push(Duration.ofSeconds(50 + 60 + 7));
    kinds(LiveEvent.Clock.class, 4);
    harness.push(Duration.ofSeconds(1));
    kinds(ConnectionEvent.class, 2);

    assertThat(
            harness.of(LiveEvent.Clock.class).stream().filter(e -> e.stream().symbol().equals(BTC)))
        .extracting(LiveEvent.Clock::endMs)
        .containsExactly(OPEN + 60_000, OPEN + 120_000);
    assertThat(harness.of(LiveEvent.Clock.class)).hasSize(4);
  }

  @Test
  void aFoldSilencesTheClockOfItsIntervalOnly() throws Exception {
    harness.startWatching();
    connected(1);
    harness.push(Duration.ofSeconds(52));
    server.say(0, ReaderHarness.frame(BTC, OPEN, "1"));
    kinds(CompletedInterval.class, 1);
    harness.push(Duration.ofSeconds(6));
    kinds(LiveEvent.Clock.class, 1);

    assertThat(harness.of(LiveEvent.Clock.class))
        .singleElement()
        .isEqualTo(new LiveEvent.Clock(ReaderHarness.stream(ETH), OPEN + 60_000));
  }

  @Test
  void aLostLinkIsToldAndWhenItServesAgainItSaysSinceWhen() throws Exception {
    harness.startWatching();
    connected(1);
    server.say(0, ReaderHarness.frame(BTC, OPEN, "0"));
    kinds(ConnectionEvent.class, 1);
    server.connections().get(0).closeConnection(1006, "cut");
    kinds(ConnectionEvent.class, 2);
    harness.push(Duration.ofSeconds(2));
    connected(2);
    for (int i = 0; i < 3; i++) {
      server.say(1, ReaderHarness.frame(BTC, OPEN, "0"));
    }
    server.say(1, "nonsense");
    kinds(Reject.class, 1);

    assertThat(harness.of(ConnectionEvent.class))
        .extracting(e -> e.live())
        .contains(true, false, true);
    assertThat(harness.of(LiveEvent.Interrupted.class))
        .singleElement()
        .matches(event -> event.stream().equals(ReaderHarness.stream(BTC)))
        .matches(event -> event.sinceMs() < harness.nowMs() - 2_000)
        .matches(event -> event.sinceMs() >= ReaderHarness.START_MS);
  }

  @Test
  void aReaderThatSharesTheVenuesPaceConnectsInItsTurn() throws Exception {
    long second = harness.nowMs() / 1_000; // as long as a turn
    int place = (int) Math.floorMod(second + 30, 61L);
    harness.reader.handleSourceEvents(new ConnectShare(place, 61));
    harness.startWatching();
    kinds(LiveEvent.Announced.class, 2);
    harness.tick();
    harness.tick();
    assertThat(server.connections()).isEmpty();
    harness.await(
        "in its turn",
        () -> {
          harness.push(Duration.ofMillis(200));
          return !server.messages().isEmpty();
        });
    assertThat(harness.nowMs() / 1_000).isGreaterThanOrEqualTo(second + 30);
  }

  @Test
  void aSilentMarketAloneIsAskedForAgain() throws Exception {
    harness.startWatching();
    connected(1);
    server.say(0, ReaderHarness.frame(ETH, OPEN, "0"));
    server.say(0, ReaderHarness.frame(BTC, OPEN, "0"));
    kinds(ConnectionEvent.class, 1);
    harness.push(Duration.ofSeconds(60));
    server.say(0, ReaderHarness.frame(BTC, OPEN, "1"));
    kinds(CompletedInterval.class, 1);
    harness.push(Duration.ofSeconds(16));
    harness.await("resubscribed", () -> server.heard("\"op\":\"subscribe\"") == 2);
    server.say(0, ReaderHarness.frame(ETH, OPEN, "1"));
    kinds(LiveEvent.Interrupted.class, 1);

    assertThat(server.connections()).hasSize(1);
    assertThat(server.messages().stream().filter(s -> s.text().contains("unsubscribe")))
        .singleElement()
        .matches(said -> said.text().contains(ETH) && !said.text().contains(BTC));
    assertThat(harness.of(LiveEvent.Interrupted.class).get(0).stream().symbol()).isEqualTo(ETH);
  }

  /** The venue sends it at once to each who asks, served or not. */
  @Test
  void aMarketOfWhichOnlyTheAnswerToOurAskingComesIsAskedForEverMoreRarely() throws Exception {
    server.onSubscribe(
        connection -> {
          connection.send(ReaderHarness.frame(BTC, OPEN, "0"));
          connection.send(ReaderHarness.frame(ETH, OPEN, "0"));
          connection.send("nonsense"); // whoever rejects it has read both
        });
    harness.startWatching();
    kinds(Reject.class, 1);
    harness.push(Duration.ofSeconds(80));
    kinds(Reject.class, 2);
    harness.push(Duration.ofSeconds(80));
    harness.tick();
    harness.tick();

    assertThat(server.heard("\"op\":\"subscribe\"")).isEqualTo(2);
    assertThat(harness.of(LiveEvent.Interrupted.class)).as("it is not watched yet").isEmpty();
    harness.push(Duration.ofSeconds(100));
    kinds(ConnectionEvent.class, 2);
    assertThat(harness.of(ConnectionEvent.class).get(1).error()).contains("no data");
  }

  @Test
  void aConnectionWithoutAPongIsDropped() throws Exception {
    server.ignorePings();
    harness.startWatching();
    connected(1);
    harness.push(Duration.ofSeconds(21));
    harness.await("pinged", () -> server.heard("ping") == 1);
    harness.push(Duration.ofSeconds(11));
    kinds(ConnectionEvent.class, 1);

    assertThat(harness.of(ConnectionEvent.class).get(0).error()).contains("no pong");
    harness.push(Duration.ofSeconds(2));
    connected(2);
  }

  @Test
  void aPongKeepsTheConnectionButNotForEverWithoutData() throws Exception {
    harness.startWatching();
    connected(1);
    for (int i = 1; i <= 3; i++) {
      int count = i;
      harness.push(Duration.ofSeconds(21));
      harness.await("pinged", () -> server.heard("ping") == count);
      harness.await("answered", () -> harness.of(ConnectionEvent.class).isEmpty());
    }
    harness.push(Duration.ofSeconds(100));
    kinds(ConnectionEvent.class, 1);
    assertThat(harness.of(ConnectionEvent.class).get(0).error()).contains("no data");
  }

  @Test
  void beforeTheVenueClosesASecondLinkTakesOverWithoutAnInterruption() throws Exception {
    harness.startWatching();
    connected(1);
    server.say(0, ReaderHarness.frame(BTC, OPEN, "0"));
    server.say(0, ReaderHarness.frame(ETH, OPEN, "0"));
    server.say(0, "{\"event\":\"notice\",\"code\":\"64008\",\"msg\":\"soon\"}");
    kinds(ConnectionEvent.class, 1);
    harness.push(Duration.ofSeconds(1));
    connected(2);
    assertThat(server.connections().get(0).isOpen()).isTrue();
    server.say(1, ReaderHarness.frame(BTC, OPEN, "0"));
    server.say(1, ReaderHarness.frame(ETH, OPEN, "0"));
    harness.await("old link closed", () -> !server.connections().get(0).isOpen());

    assertThat(server.connections().get(1).isOpen()).isTrue();
    assertThat(harness.of(ConnectionEvent.class)).allMatch(event -> event.live());
    assertThat(harness.of(LiveEvent.Interrupted.class)).isEmpty();
  }

  @Test
  void aSecondLinkThatWillBeClosedTooIsFollowedByAThird() throws Exception {
    String soon = "{\"event\":\"notice\",\"code\":\"64008\",\"msg\":\"soon\"}";
    harness.startWatching();
    connected(1);
    server.say(0, ReaderHarness.frame(BTC, OPEN, "0"));
    server.say(0, soon);
    kinds(ConnectionEvent.class, 1);
    harness.push(Duration.ofSeconds(1));
    connected(2);
    server.say(1, soon);
    server.say(1, ReaderHarness.frame(BTC, OPEN, "0"));
    server.say(1, ReaderHarness.frame(ETH, OPEN, "0"));
    harness.await("taken over", () -> !server.connections().get(0).isOpen());
    harness.push(Duration.ofSeconds(1));
    connected(3);

    assertThat(server.connections().get(1).isOpen()).as("it serves until then").isTrue();
    assertThat(harness.of(ConnectionEvent.class)).allMatch(event -> event.live());
  }

  @Test
  void aHugeFrameEndsTheConnectionAndTheNextOneServes() throws Exception {
    harness.startWatching();
    connected(1);
    server.say(0, "x".repeat(10 << 20));
    kinds(ConnectionEvent.class, 1);
    assertThat(harness.of(ConnectionEvent.class).get(0).live()).isFalse();
    harness.push(Duration.ofSeconds(2));
    connected(2);
    server.say(1, ReaderHarness.frame(BTC, OPEN, "0"));
    kinds(ConnectionEvent.class, 2);
    assertThat(harness.of(ConnectionEvent.class).get(1).live()).isTrue();
  }

  @Test
  void aRefusedSubscriptionIsARejectAndTheOthersGoOn() throws Exception {
    harness.startWatching();
    connected(1);
    server.say(
        0,
        "{\"event\":\"error\",\"code\":\"60018\",\"msg\":\"Wrong URL or"
            + " channel:candle1m,instId:BTC-USDT doesn't exist.\"}");
    server.say(0, ReaderHarness.frame(ETH, OPEN, "0"));
    kinds(ConnectionEvent.class, 1);

    assertThat(harness.of(Reject.class))
        .singleElement()
        .matches(event -> event.symbol().equals(BTC));
    assertThat(server.connections()).hasSize(1);
  }

  @Test
  void aFloodOfNonsenseIsCountedAndOnlyItsBeginningKept() throws Exception {
    harness.startWatching();
    connected(1);
    for (int i = 0; i < 1_000; i++) {
      server.say(0, "nonsense");
    }
    server.say(0, ReaderHarness.frame("DOGE-USDT", OPEN, "0"));
    server.say(0, ReaderHarness.frame(BTC, OPEN, "0"));
    kinds(ConnectionEvent.class, 1);
    assertThat(harness.of(Reject.class)).hasSizeBetween(100, 200);
  }

  @Test
  void aLakeThatCannotBeReadFailsTheJobWithTheCause() throws Exception {
    harness.lake.broken = true;
    harness.startWatching();
    assertThatThrownBy(() -> harness.await("failed", () -> false))
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("disk is gone");
  }
}
