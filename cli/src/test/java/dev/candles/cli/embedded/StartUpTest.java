package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.ConfigException;
import dev.candles.job.config.ConfigParser;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.Venues;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A symbol that its venue does not list is no stream: neither at the start nor at the stop. */
class StartUpTest {
  @TempDir private Path root = Path.of("");

  private CollectorConfig config(String venues) throws ConfigException {
    Map<String, VenueProfile> profiles = new TreeMap<>();
    Venues.names().forEach(name -> profiles.put(name, Venues.byName(name).orElseThrow().profile()));
    String text = "venues: " + venues + "\nsymbols: [BTC-USDT, BTX-USDT]\ntimeframes: [1m, 5m, 1h]";
    return new ConfigParser(profiles, System::currentTimeMillis).parse("test", text, root);
  }

  @Test
  void theStreamsThatAreCollectedAreCounted() throws Exception {
    assertThat(StartUp.streams(config("[okx, kraken]"), 0))
        .isEqualTo("12 (2 venues × 2 symbols × 3 timeframes)");
    assertThat(StartUp.streams(config("[okx, kraken]"), 1))
        .isEqualTo("9 (3 markets × 3 timeframes), without 1 symbol that its venue does not list");
  }

  @Test
  void aStreamOfWhichNothingIsKnownGetsNoRowAtTheStop() throws Exception {
    CollectorConfig config = config("[okx]");
    StreamKey known = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
    LakeLayout layout = new LakeLayout(config.lake().path());
    long nowMs = System.currentTimeMillis() / 60_000 * 60_000;
    new CoverageAppender(layout)
        .append(
            List.of(
                new CoverageRow(
                    known,
                    nowMs - 600_000,
                    nowMs,
                    IntervalState.MISSING,
                    Reason.HISTORY,
                    null,
                    1,
                    nowMs)));
    assertThat(new AccountedUntilWriter(config).write()).isEqualTo(1);
    assertThat(new LakeAccounts(config.lake().path()).streams()).containsExactly(known);
  }
}
