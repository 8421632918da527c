package dev.candles.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewestTest {
  private static final long NOW = 1_767_916_800_000L;
  private static final long MINUTE = 60_000;
  private static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);

  @ParameterizedTest
  @CsvSource({
    "-1, 0 s ahead",
    "-2160000, 36 min ahead",
    "0, 0 s ago",
    "59999, 59 s ago",
    "60000, 1 min ago",
    "1500000, 25 min ago",
    "7199999, 119 min ago",
    "7200000, 2 h ago",
    "172800000, 2 d ago"
  })
  void theAgeIsToldInTheUnitThatFits(long ms, String told) {
    assertThat(new Newest(BTC, NOW - ms).age(NOW)).isEqualTo(told);
  }

  @Test
  void aStreamWithoutAnyIsTheFurthestBehind() {
    Newest none = new Newest(BTC.in(Timeframe.M5), Newest.NONE);
    assertThat(none.age(NOW)).isEqualTo("never");
    assertThat(Newest.line(List.of(new Newest(BTC, NOW - MINUTE), none), NOW))
        .isEqualTo(
            "Newest: 1 min ago, as of 2026-01-09T00:00:00Z; furthest behind: okx/BTC-USDT/5m never");
    assertThat(Newest.line(List.of(), NOW)).isEqualTo("Newest: none");
  }

  /** An hour that ended 70 minutes ago is 10 minutes overdue, a minute then 9. */
  @Test
  void aLargerIntervalIsDueLater() {
    Newest hour = new Newest(BTC.in(Timeframe.H1), NOW - 70 * MINUTE);
    Newest minute = new Newest(BTC, NOW - 10 * MINUTE);
    List<Newest> all = List.of(hour, minute);
    assertThat(Newest.line(all, NOW)).endsWith("furthest behind: okx/BTC-USDT/1h 70 min ago");
    assertThat(Newest.overdue(all, Duration.ofMinutes(10), NOW)).isEmpty();
    assertThat(Newest.overdue(all, Duration.ofSeconds(599), NOW)).containsExactly(hour);
    assertThat(Newest.overdue(all, Duration.ofSeconds(539), NOW)).hasSize(2);
  }

  @Test
  void theMostOverdueAreNamedFirstAndNotMoreThanTen() {
    List<Newest> all =
        IntStream.range(0, 13)
            .mapToObj(i -> new Newest(new StreamKey("okx", "S" + i + "-USDT", Timeframe.M1), NOW))
            .map(one -> new Newest(one.stream(), NOW - (20 + index(one)) * MINUTE))
            .toList();
    List<String> lines = Newest.lines(Newest.overdue(all, Duration.ofMinutes(10), NOW), NOW);
    assertThat(lines)
        .hasSize(11)
        .startsWith("okx/S12-USDT/1m 32 min ago", "okx/S11-USDT/1m 31 min ago")
        .endsWith("okx/S3-USDT/1m 23 min ago", "and 3 more");
    assertThat(Newest.lines(all.subList(0, 10), NOW)).hasSize(10);
  }

  private static int index(Newest one) {
    return Integer.parseInt(one.stream().symbol().replaceAll("\\D", ""));
  }

  @Test
  void whereNothingIsNewTheLineAsksAboutTheCollector() {
    Newest hour = new Newest(BTC.in(Timeframe.H1), NOW - 71 * MINUTE);
    Newest minute = new Newest(BTC, NOW - 12 * MINUTE);
    assertThat(Newest.line(List.of(hour, minute), NOW))
        .endsWith("; nothing is new: does the collector run?");
    Newest alive = new Newest(BTC, NOW - 11 * MINUTE);
    assertThat(Newest.line(List.of(hour, alive), NOW)).endsWith("71 min ago");
  }

  /** Nobody can tell how old it is: that is no sign of life. */
  @Test
  void whatLiesAheadIsOfAnotherClockAndOverdue() {
    List<Newest> near = List.of(new Newest(BTC, NOW + MINUTE));
    assertThat(Newest.overdue(near, Duration.ofMinutes(10), NOW)).isEmpty();
    List<Newest> far = List.of(new Newest(BTC, NOW + 36 * MINUTE));
    assertThat(Newest.overdue(far, Duration.ofMinutes(10), NOW)).isEqualTo(far);
    assertThat(Newest.line(far, NOW)).startsWith("Newest: 36 min ahead").contains("--config FILE");
  }
}
