package dev.candles.lake.forget;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.Samples;
import dev.candles.lake.disk.Flushes;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed run had moved, and not flushed, is on the disk before the rest follows. */
class KilledForgettingTest {
  private static final String SYMBOL = "/venue=coinbase/symbol=BTC-USD";

  @TempDir private Path root;
  private Forgetter forgetter = new Forgetter(new LakeLayout(Path.of("")));
  private Path target = Path.of("");
  private Forgetting begun = new Forgetting(List.of(BTC), "2026-01-09-9");

  @BeforeEach
  void begin() throws IOException {
    Samples.write(root, candle(BTC, DAY, 0));
    LakeLayout lake = new LakeLayout(root);
    forgetter = new Forgetter(lake);
    begun = forgetter.begin(List.of(BTC), LocalDate.of(2026, 1, 9));
    Path from = lake.stream(Folder.CANDLES, BTC);
    Path to = forgetter.target(begun).stream(Folder.CANDLES, BTC);
    target = forgetter.target(begun).root();
    Files.createDirectories(to.resolveSibling("."));
    Files.move(from, to);
  }

  private void flushes(String... folders) throws IOException {
    try (Flushes flushes = new Flushes()) {
      forgetter.carryOut(begun);
      assertThat(flushes.below(root)).contains(folders);
    }
  }

  @Test
  void bothEndsOfAMove() throws IOException {
    flushes(".state", root.relativize(target) + "/candles" + SYMBOL, "candles" + SYMBOL);
  }

  @Test
  void theFolderThatIsLeftWhereThoseBelowItWentToo() throws IOException {
    Path symbol = root.resolve("candles" + SYMBOL);
    Files.delete(symbol);
    Files.delete(symbol.resolveSibling(""));
    flushes(root.relativize(target) + "/candles" + SYMBOL, "candles");
  }
}
