package dev.candles.core.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Announcement and bootstrap of one scan say alike what a lake has forgotten. */
class LakeKnowledgeTest {
  private static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final long FROM = 6_000_000;
  private static final long TO = FROM + 600_000;

  @ParameterizedTest
  @CsvSource({
    "0, 6000000, true", // what was remembered ends where a lake begins that knows nothing
    "0, 5940000, true",
    "0, 6000001, false", // it is of what was scanned
    "60000, 6000000, false", // a candle is there
    "600000, 6000000, false"
  })
  void onlyWhatIsBeforeAnEmptyLakeIsForgotten(long heldMs, long endMs, boolean isForgotten) {
    Intervals finals = heldMs == 0 ? Intervals.empty() : Intervals.of(FROM, FROM + heldMs);
    long[] none = {};
    StreamBootstrap bootstrap =
        new StreamBootstrap(
            FROM, TO, finals.toArray(), none, none, 1, 0, "x", Evidence.REST, List.of());
    RepairEvent.Announced announced =
        new RepairEvent.Announced(BTC, FROM, TO, bootstrap.unknown().toArray(), none, "x", 0);

    assertThat(List.<LakeKnowledge>of(bootstrap, announced))
        .allMatch(held -> held.isForgotten(endMs) == isForgotten);
  }
}
