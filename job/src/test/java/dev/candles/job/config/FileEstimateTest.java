package dev.candles.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.sources.venue.Venues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileEstimateTest {
  private static FileEstimate of(int symbols, String more) throws ConfigException {
    String names =
        IntStream.range(0, symbols)
            .mapToObj(i -> "C" + i + "-USDT")
            .collect(Collectors.joining(","));
    String text = "venues: [okx]\nsymbols: [" + names + "]\n" + more;
    return FileEstimate.of(
        new ConfigParser(Venues.profiles(), System::currentTimeMillis)
            .parse("test", text, Path.of("")));
  }

  @Test
  void aStreamHasAFileForEachCheckpointButNotMoreThanCandles() throws Exception {
    FileEstimate slow = of(15, "timeframes: [1m, 5m, 1h]");
    assertThat(slow.perDay()).isEqualTo(15 * (1440 + 288 + 24));
    assertThat(slow.isTooMany()).isFalse();
    assertThat(slow.text())
        .isEqualTo("up to 26,280 a day before they are merged, with a checkpoint every 30s");
    assertThat(of(15, "timeframes: [1m, 5m, 1h]\ncheckpoint_interval: 10m").perDay())
        .isEqualTo(15 * (144 + 144 + 24));
    String fast = "clock: {real_ms: 0, market_ms: 0, speed: 60}";
    assertThat(of(1, "timeframes: [1m]\n" + fast).perDay())
        .as("a day of the market, as a partition is")
        .isEqualTo(48);
  }

  @Test
  void whereTheyAreTooManyTheIntervalThatWouldDoIsNamed() throws Exception {
    FileEstimate most = of(347, "timeframes: [1m]");
    assertThat(most.perDay()).isEqualTo(499_680);
    assertThat(most.isTooMany()).isFalse();
    assertThat(most.longer()).isEmpty();

    FileEstimate many = of(1_500, "timeframes: [1m, 5m, 1h]");
    assertThat(many.isTooMany()).isTrue();
    assertThat(many.longer()).contains(Duration.ofMinutes(10));
    assertThat(many.text())
        .isEqualTo(
            "up to 2,628,000 a day before they are merged, with a checkpoint every 30s;"
                + " checkpoint_interval: 10m makes it 468,000");
  }

  @Test
  void whereNoIntervalDoesTheLongestIsNamedAndNoneIfThatIsSet() throws Exception {
    String all = "timeframes: [1m]\n";
    assertThat(of(25_000, all).text()).endsWith("checkpoint_interval: 1h makes it 600,000");
    FileEstimate longest = of(25_000, all + "checkpoint_interval: 1h");
    assertThat(longest.isTooMany()).isTrue();
    assertThat(longest.text())
        .isEqualTo("up to 600,000 a day before they are merged, with a checkpoint every 1h");
  }
}
