package dev.candles.lake.partition;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.Samples;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.compact.DayKnowledge;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.view.FileLake;
import dev.candles.lake.view.LakeAccounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
  private static final Partition PARTITION = Partition.of(BTC, DAY);

  @TempDir Path root;
  private LakeLayout layout;
  private Path sealed;
  private Path later;
  private Path revision;

  @BeforeEach
  void fill() throws IOException {
    layout = new LakeLayout(root);
    Samples.write(root, candle(BTC, DAY, 0));
    new Compactor(layout).compact(PARTITION, DayKnowledge.none(DAY + 2 * DAY_MILLIS));
    sealed = Snapshot.of(layout, PARTITION).candles().get(0);
    later = Samples.write(root, candle(BTC, DAY + MINUTE, 0));
    revision = Samples.write(root, Folder.REVISIONS, List.of(candle(BTC, DAY, 1)));
  }

  private void unbelievableIntent() throws IOException {
    Files.writeString(layout.partition(Folder.CANDLES, PARTITION).resolve(Intents.NAME), "{");
  }

  @Test
  void besideAManifestOnlyWhatCameLaterIsUnsealed() throws IOException {
    Snapshot files = Snapshot.of(layout, PARTITION);
    assertThat(files.candles()).containsExactlyInAnyOrder(sealed, later);
    assertThat(files.unsealed()).containsExactly(later);
  }

  @Test
  void besideAnIntentThatCannotBeBelievedAllFilesCountAndNoManifest() throws IOException {
    unbelievableIntent();
    Snapshot files = Snapshot.of(layout, PARTITION);
    assertThat(files.candles()).containsExactlyInAnyOrder(sealed, later);
    assertThat(files.unsealed()).isEqualTo(files.candles());
    assertThat(files.revisions()).containsExactly(revision);
    assertThat(files.manifest()).isEmpty();
  }

  @Test
  void anIntentThatCannotBeBelievedEndsNoReadingOfTheLake() throws IOException {
    unbelievableIntent();
    Intervals both = Intervals.of(DAY, DAY + 2 * MINUTE);
    FileLake lake = new FileLake(root.toString());
    assertThat(lake.scan(List.of(BTC), DAY, DAY, DAY + DAY_MILLIS).get(0).finals()).isEqualTo(both);
    assertThat(lake.candles(BTC, DAY, DAY + DAY_MILLIS)).hasSize(2);
    LakeAccounts accounts = new LakeAccounts(root);
    assertThat(accounts.read(BTC::equals, Long.MIN_VALUE, Long.MAX_VALUE)).hasSize(1);
    assertThat(accounts.versions(BTC, DAY)).hasSize(2);
  }
}
