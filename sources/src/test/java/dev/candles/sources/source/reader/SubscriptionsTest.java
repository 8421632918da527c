package dev.candles.sources.source.reader;

import static dev.candles.sources.source.reader.TradeReaderContext.MINUTE;
import static dev.candles.sources.source.reader.TradeReaderContext.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Market;
import dev.candles.core.feed.LiveEvent;
import dev.candles.sources.source.split.ConnectionSplit;
import dev.candles.sources.venue.VenueProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which markets of a connection are silent, and which intervals are over. */
class SubscriptionsTest {
  private final TradeReaderContext coinbase = new TradeReaderContext("coinbase", 1);
  private final TradeReaderContext kraken = new TradeReaderContext("kraken", 1);

  private static ReaderTime.Receipt at(long ms) {
    return new ReaderTime.Receipt(ms, ms);
  }

  @Test
  void onlyTheSilentMarketIsAskedForAgain() {
    Subscriptions all = coinbase.subscriptions;
    all.asked(T0);
    all.row(coinbase.btc(), at(T0 + 9_000));
    assertThat(all.askAgain(T0 + 9_999)).isEmpty();
    assertThat(all.askAgain(T0 + 10_000))
        .extracting(silent -> silent.market().symbol())
        .containsExactly("ETH-USD");
    assertThat(all.askAgain(T0 + 18_999)).as("once per silence").isEmpty();
  }

  @Test
  void whereAQuietMarketSendsNothingItIsAskedForAgainAfterMinutesAndTheLinkIsNotBlamed() {
    Subscriptions all = kraken.subscriptions;
    all.asked(T0);
    assertThat(all.expectRows()).isFalse();
    assertThat(coinbase.subscriptions.expectRows()).isTrue();
    assertThat(all.askAgain(T0 + 10 * MINUTE - 1)).isEmpty();
    assertThat(all.askAgain(T0 + 10 * MINUTE)).hasSize(2);
  }

  /** A setting says when to ask again, not what a quiet market sends. */
  @Test
  void aConfiguredSilenceHasQuietMarketsAskedForAgainAndBlamesNoLink() {
    VenueProfile facts =
        withSilence(kraken.around.options().venue().profile(), Duration.ofMinutes(1));
    Subscriptions all = new TradeReaderContext("kraken", facts, 1).subscriptions;
    all.asked(T0);
    assertThat(all.askAgain(T0 + MINUTE - 1)).isEmpty();
    assertThat(all.askAgain(T0 + MINUTE)).hasSize(2);
    assertThat(all.expectRows()).isFalse();
    VenueProfile slower =
        withSilence(coinbase.around.options().venue().profile(), Duration.ofMinutes(5));
    assertThat(new TradeReaderContext("coinbase", slower, 1).subscriptions.expectRows()).isTrue();
  }

  private static VenueProfile withSilence(VenueProfile facts, Duration silence) {
    VenueProfile.Limits l = facts.limits();
    return new VenueProfile(
        facts.name(),
        facts.webSocket(),
        facts.rest(),
        facts.waits(),
        facts.finality(),
        facts.proofs(),
        facts.pageRows(),
        facts.budgets(),
        new VenueProfile.Limits(
            l.marketsPerConnection(),
            l.connectInterval(),
            l.messageInterval(),
            silence,
            l.pingAfter(),
            l.pongWithin(),
            l.ping(),
            l.maxFrameBytes()));
  }

  @Test
  void aLinkWhoseMarketsAreAllRefusedIsNotExpectedToSendRows() {
    coinbase.btc().refuse();
    assertThat(coinbase.subscriptions.expectRows()).isTrue();
    Objects.requireNonNull(coinbase.subscriptions.of("ETH-USD")).refuse();
    assertThat(coinbase.subscriptions.expectRows()).isFalse();
  }

  @Test
  void anInterruptionIsNoNewsWhereTradesTellWhatWasMissed() {
    coinbase.subscriptions.row(coinbase.btc(), at(T0 + 1_000));
    coinbase.subscriptions.interrupt();
    coinbase.subscriptions.row(coinbase.btc(), at(T0 + 90_000));
    assertThat(coinbase.of(LiveEvent.Interrupted.class)).isEmpty();
  }

  @Test
  void everyIntervalIsToldOnceWhenItIsOverALinkOrNone() {
    coinbase.subscriptions.tick(T0 + MINUTE + 5_999);
    assertThat(coinbase.events).isEmpty();
    coinbase.subscriptions.tick(T0 + MINUTE + 6_000);
    coinbase.subscriptions.tick(T0 + MINUTE + 6_100);
    assertThat(coinbase.of(LiveEvent.Clock.class)).hasSize(2);
    assertThat(coinbase.of(LiveEvent.Clock.class)).allMatch(event -> event.endMs() == T0 + MINUTE);
  }

  @Test
  void aLongPauseIsToldInBoundedPortions() {
    long later = T0 + 200 * MINUTE;
    coinbase.subscriptions.tick(later);
    assertThat(coinbase.events).hasSize(2 * 60);
    for (int i = 0; i < 10; i++) {
      coinbase.subscriptions.tick(later);
    }
    assertThat(coinbase.events).hasSize(2 * 199);
  }

  @Test
  void aMarketThatWasNotAnnouncedIsOurOwnMistake() {
    ConnectionSplit split =
        new ConnectionSplit("coinbase", 0, List.of(new Market("X-Y", "X-Y", 0)));
    assertThatThrownBy(() -> new Subscriptions(split, Map.of(), coinbase.around))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not announced");
    assertThat(coinbase.subscriptions.of("X-Y")).isNull();
  }
}
