package dev.candles.sources.venue.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.sources.venue.Decoded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What it says when it has had too much, or cannot answer now. */
class KrakenRefusalTest {
  private static final long NOW = 1_767_225_900_000L;
  private static final StreamKey STREAM = new StreamKey("kraken", "BTC-USD", Timeframe.M1);

  private final Kraken kraken = new Kraken();

  private List<Decoded> decode(String frame) {
    List<Decoded> out = new ArrayList<>();
    kraken.decode(frame, NOW, out::add);
    return out;
  }

  private RestAnswer answer(String body) {
    RestQuery query = new RestQuery("/0/public/OHLC", Kraken.BUDGET, STREAM, NOW - 60_000, NOW);
    return kraken.decodeCandles(query, kraken.profile(), 200, body, NOW);
  }

  /** Neither wording nor shape is documented; what is refused is subscribed again after a while. */
  @ParameterizedTest
  @CsvSource({
    "'{\"error\":\"Exceeded msg rate\",\"success\":false,\"symbol\":\"BTC/USD\"}'",
    "'{\"error\":\"EGeneral:Too many requests\",\"method\":\"subscribe\",\"success\":false}'",
    "'{\"error\":\"EGeneral:Too many requests\",\"success\":false}'",
    "'{\"error\":\"EAPI:Rate limit exceeded\"}'"
  })
  void itAsksToSlowDownInAnyShape(String frame) {
    assertThat(decode(frame)).singleElement().isInstanceOf(Decoded.Throttled.class);
  }

  @Test
  void whoIsBusyIsLeftAloneForThePenalty() {
    RestAnswer answer = answer("{\"error\":[\"EService:Busy\"]}");
    assertThat(answer.outcome()).isEqualTo(RestAnswer.Outcome.FAILED);
    assertThat(answer.waitMs()).isEqualTo(5_000);
    assertThat(answer("{\"error\":[\"EGeneral:Internal error\"]}").waitMs()).isZero();
  }
}
