package dev.candles.sources.venue.okx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.sources.venue.RepairedVenue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that hold fewer rows than is documented, and a history that is days behind. */
class OkxShortPagesTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long NOW = Timeframe.D1.floor(1_800_000_000_000L) + 9 * HOUR;
  private static final StreamKey STREAM = new StreamKey("okx", "BTC-USDT", Timeframe.M1);

  private int limit = 300;
  private boolean newestKept = true;
  private long lagMs;
  private Intervals never = Intervals.empty();

  private String candles(String path, long nowMs) {
    boolean old = path.contains("/history-candles");
    long after = Long.parseLong(path.replaceAll(".*after=(\\d+).*", "$1"));
    long before = Long.parseLong(path.replaceAll(".*before=(\\d+).*", "$1"));
    long runningMs = Timeframe.M1.floor(nowMs);
    long toMs = Math.min(after, old ? nowMs - lagMs - MINUTE + 1 : runningMs + 1);
    long fromMs = Math.max(before + 1, old ? 0 : runningMs - 1_439 * MINUTE);
    List<String> rows = new ArrayList<>();
    for (long open = Timeframe.M1.ceil(fromMs); open < toMs; open += MINUTE) {
      if (!never.contains(open)) {
        String row = "[\"" + open + "\",\"5\",\"5\",\"5\",\"5\",\"1\",\"5\",\"5\",\"";
        rows.add(0, row + (open < runningMs ? "1\"]" : "0\"]"));
      }
    }
    int most = Math.min(limit, rows.size());
    int first = newestKept ? 0 : rows.size() - most;
    String data = String.join(",", rows.subList(first, first + most));
    return "{\"code\":\"0\",\"msg\":\"\",\"data\":[" + data + "]}";
  }

  private RepairedVenue missing(long forMs) {
    RepairedVenue venue = new RepairedVenue(new Okx(), STREAM, this::candles, NOW);
    venue.announceMissing("BTC-USDT", NOW - forMs, NOW);
    return venue;
  }

  @ParameterizedTest
  @CsvSource({"100,true", "100,false", "150,true", "150,false", "300,true"})
  void allIsFoundWhicheverEndIsCutOff(int rows, boolean newest) {
    limit = rows;
    newestKept = newest;
    RepairedVenue venue = missing(3 * DAY);
    venue.run(10 * MINUTE);
    assertThat(venue.open().isEmpty()).as("%s", venue.open()).isTrue();
    assertThat(venue.requests()).isLessThan(3 * 1_440 / (rows - 40) + 20);
  }

  /** What the venue never has is asked for with wide margins: those must leave room for others. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void oneMinuteThatIsNeverThereHidesNoOther(boolean newest) {
    limit = 100;
    newestKept = newest;
    long holeMs = Timeframe.D1.floor(NOW) - DAY - 9 * HOUR;
    never = Intervals.of(holeMs, holeMs + 30 * MINUTE);
    RepairedVenue venue = missing(3 * DAY);
    venue.run(3 * HOUR);
    assertThat(venue.open()).isEqualTo(never);
    never = Intervals.of(holeMs + 14 * MINUTE, holeMs + 15 * MINUTE);
    venue.run(HOUR);
    assertThat(venue.open()).isEqualTo(never);
    venue.run(25 * HOUR);
    assertThat(venue.lost()).isEqualTo(never);
  }

  /** Each minute one more minute turns up: that is no reason to ask for all of them again. */
  @Test
  void aHistoryThatLagsIsNotAskedForEachMinute() {
    lagMs = 47 * HOUR;
    RepairedVenue venue = missing(4 * DAY);
    venue.run(24 * HOUR);
    assertThat(venue.open().isEmpty()).as("%s", venue.open()).isTrue();
    assertThat(venue.lost().isEmpty()).isTrue();
    assertThat(venue.requests()).isLessThan(1_000);
  }
}
