package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.job.CollectorMain;
import dev.candles.job.config.CollectorConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AfterStopTest {
  private final List<String> faults = new ArrayList<>();

  @Test
  void aStepThatFailsIsToldAndKeepsNoneOfTheOthersFromBeingDone(@TempDir Path folder)
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            "venues: [okx]\nsymbols: [BTC-USDT]\ndata_dir: " + folder.resolve("lake") + "\n");
    CollectorConfig config = CollectorMain.configuration(file, warning -> {});
    Path candles = Files.createDirectories(config.lake().path().resolve("candles"));
    Path unfinished = Files.writeString(candles.resolve(".c-1-0.parquet.inprogress.9"), "x");
    Path noFolder = Files.writeString(folder.resolve("savepoint"), "x");
    AfterStop after = new AfterStop(config, faults::add);

    after.sign(noFolder);
    assertThat(faults).hasSize(1).first().asString().startsWith("the savepoint is not signed");
    after.sweep();
    assertThat(unfinished).doesNotExist();
    assertThat(after.through()).hasValue(0);

    Files.delete(candles);
    Files.writeString(candles, "in the way");
    Files.writeString(config.lake().path().resolve("coverage"), "in the way");
    assertThat(after.through()).isEmpty();
    assertThat(faults).hasSize(2).last().asString().startsWith("the lake does not say how far");
  }
}
