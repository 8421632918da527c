package dev.candles.cli.forget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.ConfigParser;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LakeLock;
import dev.candles.lake.state.UnlistedSymbols;
import dev.candles.sources.venue.Venues;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgottenNotesTest {
  @TempDir private Path temporary;

  @Test
  void thatAVenueDoesNotListItIsForgottenToo() throws Exception {
    Path root = temporary.resolve("lake");
    ForgettingLake.fill(root, 2);
    new LakeLock(root.toString())
        .unlisted("coinbase", new TreeMap<>(Map.of("ETH-USD", List.of(), "X-USD", List.of())), 5);
    CollectorConfig config =
        new ConfigParser(Venues.profiles(), System::currentTimeMillis)
            .parse("test", "venues: [{name: coinbase, symbols: [BTC-USD]}]\n", root)
            .withLake(root);
    new ForgetRun(config, LocalDate.parse("2026-02-01"), said -> {}, () -> {})
        .forget(List.of("coinbase/ETH-USD"));
    assertThat(new UnlistedSymbols(new LakeLayout(root)).all())
        .extracting(UnlistedSymbols.Symbol::symbol)
        .containsExactly("X-USD");
  }
}
