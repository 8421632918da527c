package dev.candles.sources.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Trade;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a venue promises whose candles are folded from trades. The trade of the fixtures is {@link
 * #FIRST_ID} at {@link #OPEN_MS} and some.
 */
public abstract class TradeVenueContract extends VenueContract {
  protected static final long FIRST_ID = 1_200_000_001L;

  @Override
  protected final String dataFrame() {
    return fixture("ws_trade.json");
  }

  /**
   * A frame with one trade of the symbol, its values as JSON literals: the time is ISO 8601, the
   * numbers are quoted or not as the venue does.
   */
  protected abstract String trade(String id, String price, String size, String time);

  protected final Decoded.Traded traded(String frame) {
    List<Decoded> out = decode(frame);
    assertThat(out).singleElement().isInstanceOf(Decoded.Traded.class);
    return (Decoded.Traded) out.get(0);
  }

  @Test
  void aTradeKeepsTheVenuesNumbers() {
    Decoded.Traded traded = traded(dataFrame());

    assertThat(traded.symbol()).isEqualTo(symbol());
    assertThat(traded.snapshot()).isFalse();
    assertThat(traded.trades())
        .containsExactly(
            new Trade(
                FIRST_ID, OPEN_MS + 1_234, 87500.1, new BigDecimal("0.00118000"), TakerSide.BUY));
  }

  /** A trade in the venue's words: its taker bought, sold, or nothing is said of it. */
  protected abstract String taken(TakerSide taker);

  @ParameterizedTest
  @EnumSource
  void theSideOfTheTakerIsReadAndATradeWithoutOneIsATrade(TakerSide taker) {
    assertThat(traded(taken(taker)).trades())
        .singleElement()
        .extracting(Trade::id, Trade::taker)
        .containsExactly(FIRST_ID, taker);
  }

  @Test
  void whatWasTradedBeforeTheSubscriptionIsASnapshot() {
    Decoded.Traded traded = traded(fixture("ws_trade_snapshot.json"));

    assertThat(traded.snapshot()).isTrue();
    assertThat(traded.trades()).extracting(Trade::id).isSorted().last().isEqualTo(FIRST_ID - 1);
  }

  @Test
  void unknownFieldsAndOtherKeyOrderChangeNothing() {
    assertThat(traded(fixture("ws_unknown_field.json"))).isEqualTo(traded(dataFrame()));
  }

  @Test
  void aFrameOfAnotherChannelIsPassedOver() {
    assertThat(decode(fixture("ws_other_channel.json")))
        .singleElement()
        .isInstanceOf(Decoded.Other.class);
  }

  @Test
  void timesAreRoundedDownToTheMillisecond() {
    String frame = trade("7", "1", "1", "2026-01-01T00:00:59.999999Z");
    assertThat(traded(frame).trades().get(0).timeMs()).isEqualTo(OPEN_MS + 59_999);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 9.417e-05, 1E+3, 0.00009417, 1000",
    "7, 0.00000001, 1e-8, 0.00000001, 0.00000001",
    "9007199254740993, 1, 0, 1, 0"
  })
  void numbersAreReadFromTheirText(
      String id, String price, String size, double priced, String sized) {
    Trade trade = traded(trade(id, price, size, "2026-01-01T00:00:00Z")).trades().get(0);

    assertThat(trade.id()).isEqualTo(Long.parseLong(id));
    assertThat(trade.price()).isEqualTo(priced);
    assertThat(trade.size()).isEqualByComparingTo(sized);
  }

  @ParameterizedTest
  @CsvSource({
    "7.5, 1, 1, 2026-01-01T00:00:00Z, WRONG_TYPE",
    "-7, 1, 1, 2026-01-01T00:00:00Z, WRONG_TYPE",
    "7e3, 1, 1, 2026-01-01T00:00:00Z, WRONG_TYPE",
    "18446744073709551615, 1, 1, 2026-01-01T00:00:00Z, WRONG_TYPE",
    "[7], 1, 1, 2026-01-01T00:00:00Z, WRONG_TYPE",
    "null, 1, 1, 2026-01-01T00:00:00Z, WRONG_TYPE",
    "7, -1, 1, 2026-01-01T00:00:00Z, BAD_PRICE",
    "7, 0, 1, 2026-01-01T00:00:00Z, BAD_PRICE",
    "7, 1e999, 1, 2026-01-01T00:00:00Z, WRONG_TYPE",
    "7, true, 1, 2026-01-01T00:00:00Z, WRONG_TYPE",
    "7, '{\"x\":[1]}', 1, 2026-01-01T00:00:00Z, WRONG_TYPE",
    "7, 1, -1, 2026-01-01T00:00:00Z, BAD_VOLUME",
    "7, 1, 1e-2147483648, 2026-01-01T00:00:00Z, WRONG_TYPE",
    "7, 1, 1e9999, 2026-01-01T00:00:00Z, WRONG_TYPE",
    "7, 1, '\"NaN\"', 2026-01-01T00:00:00Z, WRONG_TYPE",
    "7, 1, '\"0x1p3\"', 2026-01-01T00:00:00Z, WRONG_TYPE",
    "7, 1, NaN, 2026-01-01T00:00:00Z, MALFORMED",
    "7, 1, Infinity, 2026-01-01T00:00:00Z, MALFORMED",
    "7, 1, 1, 2009-12-31T23:59:59Z, ABSURD_TIME",
    "7, 1, 1, 2026-01-01T01:05:01Z, ABSURD_TIME",
    "7, 1, 1, +999999999-01-01T00:00:00Z, WRONG_TYPE",
    "7, 1, 1, 2026-01-01T00:00:00, WRONG_TYPE",
    "7, 1, 1, yesterday, WRONG_TYPE"
  })
  void anImpossibleTradeIsRejectedWithItsReason(
      String id, String price, String size, String time, RejectReason reason) {
    assertThat(rejection(trade(id, price, size, time))).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({"../x", "BTC", "btc-usd", "''", "A-B-C"})
  void aSymbolOutsideTheAlphabetIsRejected(String name) {
    assertThat(rejection(dataFrame().replace(venueSymbol(), name)))
        .isEqualTo(RejectReason.UNKNOWN_SYMBOL);
  }
}
