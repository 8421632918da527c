package dev.candles.sources.venue.okx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sources.venue.RepairedVenue;
import org.junit.jupiter.api.Test;

/** A gap across the border of the two endpoints, one of which lags by days. */
class OkxBorderTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long NOW = Timeframe.D1.floor(1_800_000_000_000L) + 23 * HOUR + 30 * MINUTE;
  private static final long LAG = 48 * HOUR;

  private int history;

  private String candles(String path, long nowMs) {
    boolean old = path.contains("/history-candles");
    history += old ? 1 : 0;
    long after = Long.parseLong(path.replaceAll(".*after=(\\d+).*", "$1"));
    long before = Long.parseLong(path.replaceAll(".*before=(\\d+).*", "$1"));
    long runningMs = Timeframe.M1.floor(nowMs);
    StringBuilder rows = new StringBuilder();
    for (long open = Math.min(runningMs, after - MINUTE); open > before; open -= MINUTE) {
      boolean held = old ? open < nowMs - LAG : open > runningMs - 1_440 * MINUTE;
      if (held) {
        rows.append(rows.isEmpty() ? "" : ",")
            .append("[\"" + open + "\",\"5\",\"5\",\"5\",\"5\",\"1\",\"5\",\"5\",\"")
            .append(open < runningMs ? "1\"]" : "0\"]");
      }
    }
    return "{\"code\":\"0\",\"msg\":\"\",\"data\":[" + rows + "]}";
  }

  private RepairedVenue away(int minutes) {
    StreamKey stream = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
    RepairedVenue venue = new RepairedVenue(new Okx(), stream, this::candles, NOW);
    venue.announceMissing("BTC-USDT", NOW - minutes * MINUTE, NOW);
    return venue;
  }

  @Test
  void whatTheRecentOneStillHasIsAskedOfIt() {
    RepairedVenue venue = away(1_435);
    venue.run(60_000);
    assertThat(venue.open().length()).isLessThanOrEqualTo(6 * MINUTE);
    venue.run(26 * HOUR);
    assertThat(venue.lost().length()).isLessThanOrEqualTo(6 * MINUTE);
  }

  @Test
  void whatOnlyHistoryHasIsAskedOfHistory() {
    RepairedVenue venue = away(1_435 + 2 * 1_440);
    venue.run(60_000);
    assertThat(history).isPositive();
    assertThat(venue.open().from(0)).isGreaterThan(NOW - LAG - 10 * MINUTE);
  }
}
