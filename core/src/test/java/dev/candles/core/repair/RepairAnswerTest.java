package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import org.junit.jupiter.api.Test;

class RepairAnswerTest {
  /** A library quotes what it could not read, and a server may send as much as it likes. */
  @Test
  void whyNobodyAnsweredIsOneShortLine() {
    StreamKey stream = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
    RepairWork work = new RepairWork("key", RepairWork.Lane.GAP, 0, 0, null);
    RestQuery query = new RestQuery("/", "rest", stream, 0, 60_000);
    RepairRequest request = new RepairRequest(work, RepairRequest.Rows.CANDLES, query, null);
    assertThat(RepairAnswer.none(request, "no header:\n" + "x".repeat(100_000)).error())
        .startsWith("no header: x")
        .hasSizeLessThan(500);
  }
}
