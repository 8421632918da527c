package dev.candles.lake.partition;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.Samples;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.view.FileLake;
import dev.candles.lake.view.LakeAccounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void aManifestThatNamesAnotherLengthIsNotBelieved() throws IOException {
    Files.write(sealed, new byte[] {0}, StandardOpenOption.APPEND);
    Snapshot files = Snapshot.of(layout, PARTITION);
    assertThat(files.manifest()).isEmpty();
    assertThat(files.unsealed()).containsExactlyInAnyOrder(sealed, later);
    PartitionListing listing = listing();
    assertThat(listing.manifest()).as("which a check wants to see").isPresent();
    assertThat(listing.laterCandles()).containsExactly(later);
    assertThat(listing.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.kind()).isEqualTo(ListingProblem.Kind.OTHER_LENGTH);
              assertThat(problem.path()).isEqualTo(sealed);
            });
  }

  @Test
  void aListingWithoutAFileThatTheManifestNamesIsMadeAnew() throws IOException {
    Path aside = Files.move(sealed, root.resolve("aside"));
    AtomicInteger looks = new AtomicInteger();
    PartitionLook look = new PartitionLook(layout, PARTITION, Integer.MAX_VALUE);
    PartitionListing listing =
        PartitionListing.settled(
            () -> {
              PartitionListing seen = look.look();
              if (looks.incrementAndGet() == 1) { // the output appears behind the listing
                assertThat(aside.toFile().renameTo(sealed.toFile())).isTrue();
              }
              return seen;
            });
    assertThat(looks).hasValue(2);
    assertThat(listing.candles()).containsExactlyInAnyOrder(sealed, later);
    assertThat(listing.problems()).isEmpty();
  }

  @Test
  void aFileThatIsNotThereHoweverOftenOneLooksIsMissing() throws IOException {
    Files.delete(sealed);
    AtomicInteger looks = new AtomicInteger();
    PartitionLook look = new PartitionLook(layout, PARTITION, Integer.MAX_VALUE);
    PartitionListing listing =
        PartitionListing.settled(
            () -> {
              looks.incrementAndGet();
              return look.look();
            });
    assertThat(looks).hasValue(PartitionListing.MAX_LOOKS);
    assertThat(listing.has(ListingProblem.Kind.FILE_MISSING)).isTrue();
    assertThat(Snapshot.of(layout, PARTITION).unsealed()).as("all that is").containsExactly(later);
  }

  @Test
  void aFileThatVanishesForItsSuccessorIsReadUnderItsNewName() throws IOException {
    Path successor = later.resolveSibling("c-successor-0.parquet");
    List<Path> read =
        Snapshot.read(
            layout,
            PARTITION,
            files -> {
              if (files.candles().contains(later)) {
                Files.move(later, successor);
                throw new NoSuchFileException(later.toString());
              }
              return files.candles();
            });
    assertThat(read).containsExactlyInAnyOrder(sealed, successor);
  }

  @Test
  void aPartitionWhoseFilesKeepVanishingIsAnErrorThatNamesIt() {
    AtomicInteger looks = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Snapshot.read(
                    layout,
                    PARTITION,
                    files -> {
                      looks.incrementAndGet();
                      throw new NoSuchFileException(later.toString());
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("files keep vanishing: partition=" + PARTITION.id());
    assertThat(looks).hasValue(Snapshot.MAX_LOOKS);
  }

  /** As after the kill of an archiver between its manifest and the last deletion. */
  @Test
  void ofAnArchivedPartitionWhatIsStillHereIsReadAndKnownForSealed() throws IOException {
    Path folder = layout.partition(Folder.CANDLES, PARTITION);
    Manifest manifest = Manifests.read(folder, PARTITION).orElseThrow();
    Manifests.write(folder, manifest.archivedTo("/elsewhere"));
    Snapshot files = Snapshot.of(layout, PARTITION);
    assertThat(files.candles()).containsExactlyInAnyOrder(sealed, later);
    assertThat(files.unsealed()).containsExactly(later);
    assertThat(files.archived()).isEqualTo(Intervals.of(DAY, DAY + MINUTE));
    assertThat(listing().isArchived()).isTrue();
    assertThat(listing().laterCandles()).containsExactly(later);
    assertThat(listing().laterRevisions()).containsExactly(revision);
  }

  @Test
  void moreFilesThanMayBeAreAProblemAndNoneIsListed() {
    PartitionListing listing = PartitionListing.of(layout, PARTITION, 1);
    assertThat(listing.candles()).isEmpty();
    assertThat(listing.problems())
        .extracting(ListingProblem::kind)
        .as("and nothing is said to be missing")
        .containsExactly(ListingProblem.Kind.TOO_MANY_FILES);
  }

  private PartitionListing listing() {
    return PartitionListing.of(layout, PARTITION, Integer.MAX_VALUE);
  }
}
