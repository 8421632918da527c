package dev.candles.sources.venue.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sources.venue.RepairedVenue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The history of a market in which one large order met more trades than a page holds. */
class KrakenBurstTest {
  private static final long MINUTE = 60_000;
  private static final long DAY = 1_440 * MINUTE;
  private static final long MS_NS = 1_000_000;
  private static final long TODAY = Timeframe.D1.floor(1_800_000_000_000L);
  private static final long FROM = TODAY - 2 * DAY;
  private static final long BURST_MS = FROM + 700 * MINUTE + 1;
  private static final int BURST = 1_500;
  private static final int PAGE = 1_000;

  private final List<Long> tapeNs = new ArrayList<>();

  private RepairedVenue repaired(long apartNs) {
    for (long at = FROM - DAY; at < TODAY; at += 12_000) {
      if (at > BURST_MS && at - 12_000 <= BURST_MS) {
        for (int i = 0; i < BURST; i++) {
          tapeNs.add(BURST_MS * MS_NS + i * apartNs);
        }
      }
      tapeNs.add(at * MS_NS);
    }
    long nowMs = TODAY + 6 * 60 * MINUTE;
    StreamKey stream = new StreamKey("kraken", "BTC-USD", Timeframe.M1);
    RepairedVenue venue = new RepairedVenue(new Kraken(), stream, this::trades, nowMs);
    venue.announceMissing("BTC/USD", FROM, FROM + DAY);
    return venue;
  }

  /** Rows show the time with four digits behind the point, {@code last} with all nine. */
  private String trades(String path, long nowMs) {
    long sinceNs = Long.parseLong(path.replaceAll(".*/Trades.*since=(\\d+).*", "$1"));
    StringBuilder rows = new StringBuilder();
    long lastNs = sinceNs;
    int id = 0;
    int shown = 0;
    for (long ns : tapeNs) {
      id++;
      if (ns <= sinceNs || shown == PAGE) {
        continue;
      }
      shown++;
      lastNs = ns;
      rows.append(rows.isEmpty() ? "" : ",")
          .append(
              String.format(
                  Locale.ROOT,
                  "[\"5.0\",\"1.0\",%d.%04d,\"b\",\"l\",\"\",%d]",
                  ns / 1_000_000_000,
                  ns % 1_000_000_000 / 100_000,
                  id + 1_000));
    }
    return "{\"error\":[],\"result\":{\"XBTUSD\":[" + rows + "],\"last\":\"" + lastNs + "\"}}";
  }

  @Test
  void allOfItIsRepaired() {
    RepairedVenue venue = repaired(600);
    venue.run(2 * 60 * MINUTE);
    assertThat(venue.open().isEmpty()).as("%s", venue.open()).isTrue();
    assertThat(venue.requests()).isLessThan(60);
  }

  @Test
  void whereAllHaveOneStampNoMoreIsLostThanTheMinutesThatTheyMayBeOf() {
    RepairedVenue venue = repaired(0);
    venue.run(2 * 60 * MINUTE);
    assertThat(venue.open().length()).isLessThan(15 * MINUTE);
    assertThat(venue.open().contains(BURST_MS)).isTrue();
  }
}
