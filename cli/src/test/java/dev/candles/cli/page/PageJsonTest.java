package dev.candles.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.TestCandle;
import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageJsonTest {
  private static final long MINUTE = PageLake.MINUTE;
  private static final long DAY = PageLake.DAY;

  private static String lacking(List<GapRecord> gaps, long... candles) {
    List<Candle> rows =
        Arrays.stream(candles)
            .mapToObj(n -> TestCandle.of(PageLake.BTC, DAY + n * MINUTE, 1, n, 0, DAY + n * MINUTE))
            .toList();
    String text =
        PageJson.candles(PageLake.BTC, DAY, DAY + 20 * MINUTE, DAY, rows, Intervals.empty(), gaps);
    return text.substring(text.indexOf("\"lacking\""));
  }

  private static GapRecord gap(long from, long to) {
    return new GapRecord(
        PageLake.BTC,
        DAY + from * MINUTE,
        DAY + to * MINUTE,
        IntervalState.MISSING,
        Reason.SKIPPED,
        null,
        7,
        0);
  }

  private static String told(long from, long to) {
    return "[" + (DAY + from * MINUTE) + "," + (DAY + to * MINUTE) + ",\"MISSING\",\"SKIPPED\",7]";
  }

  private static String array(String... gaps) {
    return "\"lacking\":[" + String.join(",", Stream.of(gaps).toList()) + "]}";
  }

  /** Candles are read now, and what lacks is of the last look. */
  @Test
  void whatHasItsCandleByNowDoesNotLack() {
    assertThat(lacking(List.of(gap(2, 9), gap(12, 13)))).isEqualTo(array(told(2, 9), told(12, 13)));
    assertThat(lacking(List.of(gap(2, 9), gap(12, 13)), 2, 5, 6, 12))
        .isEqualTo(array(told(3, 5), told(7, 9)));
    assertThat(lacking(List.of(gap(2, 4)), 2, 3)).isEqualTo(array());
    assertThat(lacking(List.of(gap(15, 30)), 14)).as("to the range").isEqualTo(array(told(15, 20)));
  }
}
