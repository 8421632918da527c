package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.BatchEnvironment;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.CheckResult;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TradeRange;
import dev.candles.lake.parquet.CandleFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Flink collects has a size limit: what is wrong with a day travels in pieces. */
class ManyBreaksTest {
  @TempDir Path root;

  @Test
  void aDayOfWhichEachCandleIsBrokenIsFoundAndNotTheEndOfTheRun() throws Exception {
    StreamKey stream = TestLake.COINBASE;
    List<Candle> minutes = new ArrayList<>();
    for (Candle c : TestLake.minutes(stream, 0)) {
      long firstId = 100 * (c.openTimeMs() - TestLake.FIRST) / TestLake.MINUTE;
      minutes.add(Damage.rebuilt(Damage.traded(c, new TradeRange(9L, firstId, firstId + 9))));
    }
    Path folder = new TestLake(root).folder(stream, 0);
    Files.createDirectories(folder);
    CandleFiles.write(folder.resolve("c-" + "x".repeat(200) + ".parquet"), minutes);
    QaSettings settings = new QaSettings(root, 0, false, Set.of(), false);
    QaReport report = QualityJob.run(BatchEnvironment.create(2), settings, 0, () -> 0);
    assertThat(report.checks())
        .filteredOn(check -> check.check() == QaCheck.TRADE_ID_CHAIN)
        .singleElement()
        .returns(1_439L + 1_438L, CheckResult::findings);
    assertThat(report.findings())
        .filteredOn(finding -> finding.kind() == FindingType.CHAIN_HOLE)
        .hasSize(1_439)
        .doesNotHaveDuplicates();
  }
}
