package dev.candles.sim.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.RandomMarket;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.Tape;
import dev.candles.sim.tape.TapeCandle;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotesTest {
  private static final long MINUTE = 60_000;
  private static final long DAY = 86_400_000;
  private static final long START = 1_767_225_600_000L; // 2026-01-01T00:00Z

  private static Series series(String symbol) {
    return new Series(Tape.random(1, "kraken", symbol));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTC-USD", "DOGE-USD", "XRP-USD", "ABC-USD"})
  void aQuoteIsTheTapesAtAnyMoment(String symbol) {
    Series series = series(symbol);
    Quotes quotes = new Quotes(series);
    for (int i = 0; i < 300; i++) {
      long now = START + 3_600_000 + i * 37_123L;
      Quote quote = quotes.at(now).orElseThrow();
      long minute = now / MINUTE * MINUTE;
      assertThat(quote.last()).isEqualTo(series.tape().lastBefore(now).orElseThrow());
      assertThat(quote.day()).isEqualTo(series.span(minute - DAY, now).orElseThrow());
      assertThat(quote.today()).isEqualTo(series.span(Timeframe.D1.floor(now), now).orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTC-USD", "DOGE-USD", "XRP-USD", "ABC-USD"})
  void theBookStandsAroundTheLastPrice(String symbol) {
    Quotes quotes = new Quotes(series(symbol));
    for (int i = 0; i < 300; i++) {
      Quote quote = quotes.at(START + i * 37_123L).orElseThrow();
      List<Quote.Level> bids = quote.bids(40);
      List<Quote.Level> asks = quote.asks(40);
      BigDecimal last = quote.last().price();
      assertThat(quote.bid()).isEqualTo(bids.get(0));
      assertThat(quote.ask()).isEqualTo(asks.get(0));
      assertThat(quote.bid().price()).isLessThanOrEqualTo(last).isLessThan(asks.get(0).price());
      assertThat(quote.ask().price()).isGreaterThanOrEqualTo(last);
      assertThat(asks).hasSize(40);
      assertThat(bids).isNotEmpty();
      for (int at = 1; at < asks.size(); at++) {
        assertThat(asks.get(at).price()).isGreaterThan(asks.get(at - 1).price());
      }
      for (int at = 1; at < bids.size(); at++) {
        assertThat(bids.get(at).price()).isLessThan(bids.get(at - 1).price()).isPositive();
      }
      assertThat(bids).allMatch(level -> level.size().signum() > 0 && level.orders() > 0);
    }
  }

  @Test
  void aMarketWithoutTradesHasNoQuoteAndADayWithoutThemIsFlat() {
    long listed = START + DAY / 2;
    RandomMarket market = RandomMarket.of("BTC-USD").withListed(listed);
    Series series = new Series(Tape.random(1, "kraken", "BTC-USD", market));
    Quotes quotes = new Quotes(series);
    assertThat(quotes.at(listed)).isEmpty();
    long first = series.tape().minute(listed).get(0).timeMs();
    Quote quote = quotes.at(first + 1).orElseThrow();
    assertThat(quote.day().tradeCount()).isPositive();
    assertThat(quote.day().open()).isEqualTo(quote.last().price());
  }

  @Test
  void aCorrectionIsInTheNextQuoteOfTheSameMinute() {
    Series series = series("BTC-USD");
    Quotes quotes = new Quotes(series);
    long now = START + DAY + 30_000;
    Quote before = quotes.at(now).orElseThrow();
    TapeCandle candle = series.candle(Timeframe.M1, START + DAY - MINUTE, now).orElseThrow();
    TapeCandle corrected = candle.corrected(BigDecimal.valueOf(100_000), BigDecimal.ONE);
    assertThat(series.correct(corrected, now - 1)).isTrue();
    Quote after = quotes.at(now).orElseThrow();
    assertThat(after.day().high()).isEqualByComparingTo(corrected.high());
    assertThat(after.day().volume())
        .isEqualByComparingTo(before.day().volume().add(BigDecimal.ONE));
  }
}
