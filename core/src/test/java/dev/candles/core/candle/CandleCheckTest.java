package dev.candles.core.candle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.candles.core.Candles;
import dev.candles.core.finality.CandleBuilder;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CandleCheckTest {
  private static Optional<RejectReason> problem(double volume, @Nullable Double takerBuy) {
    Candle c = Candles.minute(0);
    Volumes volumes = new Volumes(volume, null, takerBuy);
    return CandleCheck.problem(
            new Candle(c.stream(), c.openTimeMs(), c.prices(), volumes, c.trades(), c.provenance()))
        .map(CandleCheck.Problem::reason);
  }

  @Test
  void takersBoughtBetweenNothingAndAll() {
    assertThat(problem(2, null)).isEmpty();
    assertThat(problem(2, 0.0)).isEmpty();
    assertThat(problem(2, 2.0)).isEmpty();
    assertThat(problem(2, Math.nextUp(2.0))).contains(RejectReason.BAD_VOLUME);
    assertThat(problem(2, -1e-9)).contains(RejectReason.BAD_VOLUME);
    assertThat(problem(2, Double.NaN)).contains(RejectReason.BAD_VOLUME);
  }

  private static Candle with(Ohlc prices, Volumes volumes, TradeRange trades, int revision) {
    Candle c = Candles.minute(0);
    Candle made = new Candle(c.stream(), c.openTimeMs(), prices, volumes, trades, c.provenance());
    return made.withRevision(revision);
  }

  /** What no market gives, by the value that is named then. */
  static Stream<Arguments> outOfBounds() {
    Ohlc prices = new Ohlc(2, 3, 1, 2);
    Volumes one = Volumes.ofBase(1);
    TradeRange none = TradeRange.UNKNOWN;
    double huge = 1e308;
    return Stream.of(
        arguments("open=NaN", with(new Ohlc(Double.NaN, 3, 1, 2), one, none, 0)),
        arguments("high=1.0E308", with(new Ohlc(2, huge, 1, 2), one, none, 0)),
        arguments("low=-1.0", with(new Ohlc(2, 3, -1, 2), one, none, 0)),
        arguments("close=0.0", with(new Ohlc(2, 3, 1, 0), one, none, 0)),
        arguments("volume=1.0E308", with(prices, Volumes.ofBase(huge), none, 0)),
        arguments("volume=NaN", with(prices, Volumes.ofBase(Double.NaN), none, 0)),
        arguments("quote_volume=Infinity", with(prices, quote(Double.POSITIVE_INFINITY), none, 0)),
        arguments("quote_volume=NaN", with(prices, quote(Double.NaN), none, 0)),
        arguments("taker_buy_volume=-1.0", with(prices, new Volumes(1, null, -1.0), none, 0)),
        arguments("trade_count=-1", with(prices, one, new TradeRange(-1L, null, null), 0)),
        arguments(
            "trade_count=999999999999999999",
            with(prices, one, new TradeRange(999_999_999_999_999_999L, null, null), 0)),
        arguments("first_trade_id=-1", with(prices, one, new TradeRange(null, -1L, null), 0)),
        arguments(
            "last_trade_id=" + Long.MAX_VALUE,
            with(prices, one, new TradeRange(null, null, Long.MAX_VALUE), 0)),
        arguments("revision=-1", with(prices, one, none, -1)),
        arguments("revision=" + Integer.MAX_VALUE, with(prices, one, none, Integer.MAX_VALUE)));
  }

  private static Volumes quote(double value) {
    return new Volumes(1, value, null);
  }

  @ParameterizedTest
  @MethodSource("outOfBounds")
  void aNumberThatNobodyCanReckonWithIsNamedWithWhatWasExpected(String value, Candle candle) {
    assertThat(CandleCheck.outOfBounds(candle))
        .hasValueSatisfying(
            problem -> assertThat(problem.detail()).startsWith(value + " expected="));
    assertThat(CandleCheck.unsound(candle)).isEqualTo(CandleCheck.outOfBounds(candle));
    assertThat(CandleCheck.problem(candle)).isEqualTo(CandleCheck.outOfBounds(candle));
  }

  @Test
  void aHighOrLowThatIsNoneIsUnsoundWhoeverWroteIt() {
    Candle low = with(new Ohlc(2, 3, 2.5, 2), Volumes.ofBase(1), TradeRange.UNKNOWN, 0);
    assertThat(CandleCheck.unsound(low).orElseThrow().detail())
        .isEqualTo("low=2.5 expected=at most 2.0");
    Candle high = with(new Ohlc(2, 2, 1, 2.5), Volumes.ofBase(1), TradeRange.UNKNOWN, 0);
    assertThat(CandleCheck.unsound(high).orElseThrow().detail())
        .isEqualTo("high=2.0 expected=at least 2.5");
  }

  /** A trade's price and size have forty digits at most. */
  @Test
  void whatTradesThatAreBelievedGiveIsSound() {
    BigDecimal size = new BigDecimal("9.9e39");
    CandleBuilder builder = new CandleBuilder(new Trade(1, 0, 9.9e39, size, TakerSide.BUY));
    for (int id = 2; id < 1_000; id++) {
      builder.add(new Trade(id, 0, 9.9e39, size, TakerSide.BUY));
    }
    Candle made = builder.candle(Candles.STREAM, Candles.T0, Evidence.TRADE_CHAIN, "ws", 0);
    assertThat(CandleCheck.problem(made)).isEmpty();
  }
}
