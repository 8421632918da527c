package dev.candles.lake.compact;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.compact.Lakes.OVER;
import static dev.candles.lake.compact.Lakes.PARTITION;
import static dev.candles.lake.compact.Lakes.compactor;
import static dev.candles.lake.compact.Lakes.content;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.lake.view.FileLake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk and one that is read-only: the partition is refused and left as it was. */
class SmallDiskTest {
  private static final int KILOBYTES = 2048;
  private static final int MOST_PAGES = 40;

  @TempDir Path folder;
  @TempDir Path twin;
  private SmallDisk disk;
  private Path root;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(folder, KILOBYTES);
    root = folder.resolve("lake");
    Lakes.fill(root, 1);
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.close();
    }
  }

  private List<Candle> read() throws IOException {
    return new FileLake(root.toString()).candles(BTC, DAY, DAY + DAY_MILLIS);
  }

  @Test
  void whereverTheSpaceEndsNothingIsLostAndNothingIsLeftBehind() throws Exception {
    Lakes.fill(twin, 2);
    compactor(twin).compact(PARTITION, OVER);
    List<Candle> truth = read();
    Map<String, String> before = content(root);
    Outcome outcome = compactor(twin).compact(PARTITION, OVER);
    int pages = 0;
    for (; pages < MOST_PAGES; pages++) {
      disk.leave(pages);
      outcome = compactor(root).compact(PARTITION, OVER);
      if (outcome.kind() != Outcome.Kind.REFUSED) {
        break;
      }
      assertThat(outcome.reason()).contains("No space left on device");
      assertThat(content(root)).as("%d pages free", pages).isEqualTo(before);
      assertThat(read()).as("%d pages free", pages).isEqualTo(truth);
    }
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.COMPACTED);
    assertThat(pages).as("pages it needs").isGreaterThan(3);
    assertThat(content(root)).isEqualTo(content(twin));
  }

  @Test
  void whatCannotBeWrittenIsRefusedAndReadAllTheSame() throws Exception {
    List<Candle> truth = read();
    Map<String, String> before = content(root);
    disk.readOnly();
    Outcome outcome = compactor(root).compact(PARTITION, OVER);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REFUSED);
    assertThat(outcome.reason()).contains("Read-only file system");
    assertThat(content(root)).isEqualTo(before);
    assertThat(read()).isEqualTo(truth);
  }
}
