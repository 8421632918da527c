package dev.candles.sim.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomTapeTest {
  private static final long MINUTE = 60_000;
  private static final long START = 1_767_225_600_000L; // 2026-01-01T00:00Z

  @ParameterizedTest
  @ValueSource(strings = {"BTC-USDT", "DOGE-USDT", "ABC-USD"})
  void tradeIdsHaveNoHoleAndTimesNeverGoBack(String symbol) {
    Tape tape = Tape.random(7, "okx", symbol);
    long lastId = -1;
    long lastTime = 0;
    for (int i = 0; i < 3_000; i++) {
      long minute = START + i * MINUTE;
      for (Trade trade : tape.minute(minute)) {
        if (lastId >= 0) {
          assertThat(trade.id()).isEqualTo(lastId + 1);
        }
        assertThat(trade.timeMs())
            .isGreaterThanOrEqualTo(lastTime)
            .isBetween(minute, minute + MINUTE - 1);
        assertThat(trade.price().signum()).isPositive();
        assertThat(trade.size().signum()).isPositive();
        assertThat(tape.minuteOf(trade.id())).hasValue(minute);
        lastId = trade.id();
        lastTime = trade.timeMs();
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameTradesInAnyOrderOfAsking() {
    Tape forward = Tape.random(3, "okx", "ETH-USDT");
    Tape backward = Tape.random(3, "okx", "ETH-USDT");
    List<List<Trade>> first = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      first.add(forward.minute(START + i * MINUTE));
    }
    for (int i = 499; i >= 0; i--) {
      assertThat(backward.minute(START + i * MINUTE)).isEqualTo(first.get(i));
    }
    assertThat(Tape.random(4, "okx", "ETH-USDT").minute(START)).isNotEqualTo(first.get(0));
    assertThat(Tape.random(3, "kraken", "ETH-USDT").minute(START)).isNotEqualTo(first.get(0));
  }

  @Test
  void aFewMinutesAreSilentAndMoreOnDoge() {
    long bitcoin = silentOf("BTC-USDT", RandomMarket.of("BTC-USDT"));
    long doge = silentOf("DOGE-USDT", RandomMarket.of("DOGE-USDT"));
    assertThat(bitcoin).isBetween(20L, 300L);
    assertThat(doge).isBetween(600L, 1_500L);
    assertThat(silentOf("BTC-USDT", RandomMarket.of("BTC-USDT").withSilence(0))).isZero();
  }

  @Test
  void nothingIsTradedBeforeTheListing() {
    RandomMarket market = RandomMarket.of("BTC-USDT").withListed(START + 30 * MINUTE);
    Tape tape = Tape.random(1, "okx", "BTC-USDT", market);
    assertThat(tape.minute(START)).isEmpty();
    assertThat(tape.lastBefore(START + 30 * MINUTE)).isEmpty();
    assertThat(tape.lastBefore(START + 90 * MINUTE)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 37, 59})
  void theFirstTradeEverHasIdOneAndComesWithTheListing(int minutes) {
    long listed = START + minutes * MINUTE;
    for (String symbol : List.of("BTC-USDT", "DOGE-USDT")) {
      RandomMarket market = RandomMarket.of(symbol).withSilence(0.99).withTradesPerMinute(2);
      Tape tape = Tape.random(1, "okx", symbol, market.withListed(listed - 1));
      assertThat(tape.listedMs()).isEqualTo(listed);
      assertThat(tape.minute(listed).get(0).id()).isEqualTo(1);
      assertThat(tape.minuteOf(1)).hasValue(listed);
      assertThat(tape.minuteOf(0)).isEmpty();
      assertThat(tape.minuteOf(Long.MAX_VALUE)).isEmpty();
    }
  }

  @Test
  void theLastTradeBeforeATimeIsTheNewestOne() {
    Tape tape = Tape.random(5, "okx", "DOGE-USDT");
    Trade newest = null;
    for (int i = 0; i < 200; i++) {
      for (Trade trade : tape.minute(START + i * MINUTE)) {
        newest = trade;
      }
      if (newest != null) {
        assertThat(tape.lastBefore(START + (i + 1) * MINUTE)).hasValue(newest);
      }
    }
  }

  private static long silentOf(String symbol, RandomMarket market) {
    Tape tape = Tape.random(1, "okx", symbol, market);
    long silent = 0;
    for (int i = 0; i < 5_000; i++) {
      silent += tape.minute(START + i * MINUTE).isEmpty() ? 1 : 0;
    }
    return silent;
  }
}
