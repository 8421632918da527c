package dev.candles.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.sources.venue.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small inputs that users had trouble with, and what is right for each. */
class SmallInputsTest {
  private static final long FROM_S = 1_772_697_600;

  private static Replaying replay(String venue, Replayed as, String fixture) {
    return new Replaying(venue, as, null).fixture(fixture).end();
  }

  private static String timesMs(Replaying replayed) {
    return replayed.ofKind("trade").stream()
        .map(line -> Long.parseLong(line.field("time_ms").toString()) - FROM_S * 1_000)
        .toList()
        .toString();
  }

  /** {@code .77Z} is 770 ms and {@code .08Z} is 80 ms; a minute begins with its first moment. */
  @Test
  void trimmedFractionsAndTradesOnABorderBelongToTheirMinutesInTheOrderOfTheirIds() {
    Replaying coinbase = replay("coinbase", Replayed.REST_TRADES, "coinbase_short_fractions.json");

    assertThat(timesMs(coinbase))
        .isEqualTo("[57700, 59770, 60000, 60080, 60800, 120000, 180000, 240000]");
    assertThat(coinbase.candles(true, FROM_S)).containsExactly("120 23.0 0.5");
    assertThat(coinbase.candles(false, FROM_S))
        .as("begun before the page, not vouched for yet, and nothing 2 s behind them")
        .containsExactly("0 21.5 1.0", "60 22.1 1.5", "180 23.5 0.5", "240 24.0 0.5");
    assertThat(coinbase.clean()).isTrue();
  }

  @Test
  void nineDigitsAndZonesAreRead() {
    Replaying kraken = replay("kraken", Replayed.WS, "kraken_times.ndjson");

    assertThat(timesMs(kraken)).isEqualTo("[10987, 20000, 30250, 40500, 59999, 65000]");
    assertThat(kraken.clean()).isTrue();
  }

  @Test
  void aTimeWithoutAZoneIsRejectedAndShown() {
    Replaying kraken = replay("kraken", Replayed.WS, "kraken_times_without_zone.ndjson");

    assertThat(kraken.count("trade")).isZero();
    assertThat(kraken.count("reject")).isEqualTo(4);
    assertThat(kraken.ofKind("reject"))
        .extracting(line -> line.field("detail").toString())
        .containsExactly(
            "time of trade 800: 2026-03-05 08:00:10.5+00",
            "time of trade 801: 2026-03-05T08:00:11.5",
            "time of trade 802: 1772697612500",
            "time of trade 803: 1772697613.5");
  }

  @Test
  void theKeyOfTheRowsMayHoldASlash() {
    Replaying kraken = replay("kraken", Replayed.REST_TRADES, "kraken_slash_key.json");

    assertThat(kraken.count("trade")).isEqualTo(6);
    assertThat(kraken.candles(true, FROM_S)).containsExactly("120 9.0 1.0");
    assertThat(kraken.candles(false, FROM_S))
        .containsExactly("0 7.2 2.0", "60 8.5 3.0", "180 9.0 1.0");
    assertThat(kraken.clean()).isTrue();
  }

  @Test
  void doubtfulRowsProveNothingAndAreCounted() {
    Replaying coinbase = replay("coinbase", Replayed.REST_CANDLES, "coinbase_candles_odd.json");

    assertThat(coinbase.candles(true, FROM_S))
        .as("a tiny one, and one that stands there twice and says the same")
        .containsExactly("-60 8.0E-7 2.34567895E7", "120 21.0 2.5");
    assertThat(coinbase.candles(false, FROM_S)).as("the newest").containsExactly("360 21.0 1.0");
    assertThat(coinbase.ofKind("reject"))
        .extracting(line -> line.field("detail").toString())
        .containsExactlyInAnyOrder(
            "two versions in one answer: " + (FROM_S + 60) + "000", "field 1: null");
    assertThat(coinbase.count("unproven_intervals")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!DOCTYPE html><html><title>521</title></html> | NOT_THE_VENUE | HTML, not JSON",
        "{\"message\":\"NotFound\"}                     | REFUSED       | message=NotFound",
        "[\"oops\"]                                     | WRONG_TYPE    | open time: absent",
        "[[\"soon\",\"9\",\"11\",\"10\",\"10.5\",\"3\"]] | WRONG_TYPE   | open time: soon"
      })
  void whatIsNoPageOfRowsIsOneReject(String body, String reason, String detail) {
    Replaying coinbase =
        new Replaying("coinbase", Replayed.REST_CANDLES, "BTC-USD").text(body).end();

    assertThat(coinbase.lines).hasSize(1);
    JsonValue reject = coinbase.ofKind("reject").get(0);
    assertThat(reject.field("reason")).hasToString(reason);
    assertThat(reject.field("detail")).hasToString(detail);
  }

  @Test
  void aRowOfStringsIsTheNewestOfItsAnswerAndProvesNothing() {
    Replaying coinbase =
        new Replaying("coinbase", Replayed.REST_CANDLES, "BTC-USD")
            .text("[[\"%d\",\"9\",\"11\",\"10\",\"10.5\",\"3\"]]".formatted(FROM_S))
            .end();

    assertThat(coinbase.candles(true, FROM_S)).isEmpty();
    assertThat(coinbase.candles(false, FROM_S)).containsExactly("0 10.5 3.0");
    assertThat(coinbase.count("unproven_intervals")).isEqualTo(1);
  }

  @Test
  void theFirstClosingWordHoldsAndADifferingOneIsADisagreement() {
    Replaying okx = replay("okx", Replayed.WS, "okx_closed_twice.ndjson");

    assertThat(okx.candles(true, FROM_S))
        .as("the flat row between them is silence")
        .containsExactly("0 21.0 1.5", "120 1.0E-6 6.4E9");
    assertThat(okx.count("empty_intervals")).isEqualTo(1);
    assertThat(okx.candles(false, FROM_S)).containsExactly("0 21.0 1.0", "0 22.0 1.7");
    assertThat(okx.count("disagreement")).isEqualTo(1);
    assertThat(okx.count("duplicate_candle")).isEqualTo(1);
  }
}
