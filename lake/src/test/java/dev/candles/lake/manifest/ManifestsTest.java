package dev.candles.lake.manifest;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
  private static final Partition PARTITION = Partition.of(BTC, DAY);
  private static final String HASH = "ab".repeat(32);

  @TempDir Path folder;

  private static Manifest sample() {
    Intervals day = Intervals.of(DAY, DAY + DAY_MILLIS);
    Intervals hole = Intervals.of(DAY + 10 * MINUTE, DAY + 14 * MINUTE);
    return new Manifest(
        PARTITION,
        day,
        day.minus(hole),
        Intervals.of(DAY + 10 * MINUTE, DAY + 11 * MINUTE),
        Intervals.of(DAY + 11 * MINUTE, DAY + 12 * MINUTE),
        List.of(new SealedFile("part-1.parquet", 40_000, 1436, HASH)),
        List.of(new SealedFile("part-2.parquet", 900, 3, HASH)),
        List.of(new Check("compaction.1", Verdict.PASS, HASH)),
        null);
  }

  private String text() throws IOException {
    return Files.readString(folder.resolve(Manifests.NAME));
  }

  private void replace(String part, String by) throws IOException {
    String text = text();
    assertThat(text).contains(part);
    Files.writeString(folder.resolve(Manifests.NAME), text.replace(part, by));
  }

  private Manifest read() throws IOException {
    return Manifests.read(folder, PARTITION).orElseThrow();
  }

  @Test
  void whatWasWrittenIsReadBack() throws IOException {
    Manifests.write(folder, sample());
    assertThat(read()).isEqualTo(sample());
    assertThat(read().rows()).isEqualTo(1436);
    assertThat(read().missing()).isEqualTo(Intervals.of(DAY + 12 * MINUTE, DAY + 14 * MINUTE));
    assertThat(read().maxOpenTimeMs()).isEqualTo(DAY + DAY_MILLIS - MINUTE);
    Manifests.write(folder, sample().archivedTo("/mnt/old"));
    assertThat(read().archivedTo()).isEqualTo("/mnt/old");
    try (Stream<Path> names = Files.list(folder)) {
      assertThat(names).as("nothing but the manifest").hasSize(1);
    }
  }

  @Test
  void theSameManifestGivesTheSameBytes() throws IOException {
    Manifests.write(folder, sample());
    String first = text();
    Manifests.write(folder, read());
    assertThat(text()).isEqualTo(first);
  }

  @Test
  void aPartitionWithoutOneHasNone() throws IOException {
    assertThat(Manifests.read(folder, PARTITION)).isEmpty();
    assertThat(Manifests.read(folder.resolve("absent"), PARTITION)).isEmpty();
  }

  @Test
  void verdictsAreAddedAndReplacedById() {
    Manifest checked =
        sample()
            .withChecks(
                List.of(
                    new Check("gaps.1", Verdict.WARN, HASH),
                    new Check("compaction.1", Verdict.FAIL, HASH)));
    assertThat(checked.checks())
        .containsExactly(
            new Check("compaction.1", Verdict.FAIL, HASH), new Check("gaps.1", Verdict.WARN, HASH));
    assertThat(checked.rootSha256()).isEqualTo(sample().rootSha256());
    assertThat(checked.sealSha256()).isNotEqualTo(sample().sealSha256());
  }

  @Test
  void theRootCoversEveryFileAndRange() {
    Manifest sample = sample();
    Manifest other =
        new Manifest(
            PARTITION,
            sample.expected(),
            sample.present(),
            Intervals.empty(),
            sample.unrecoverable(),
            sample.files(),
            sample.revisions(),
            sample.checks(),
            null);
    assertThat(other.rootSha256()).isNotEqualTo(sample.rootSha256());
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"rows\" : 1436 | \"rows\" : 1435 | rows and present intervals differ: rows=1435",
        "\"min_open_time_ms\" : 1 | \"min_open_time_ms\" : 2 | min_open_time_ms is wrong",
        "\"bytes\" : 40000 | \"bytes\" : 40001 | root_sha256 is wrong",
        "\"verdict\" : \"PASS\" | \"verdict\" : \"FAIL\" | seal_sha256 is wrong",
        "\"verdict\" : \"PASS\" | \"verdict\" : \"MAYBE\" | MAYBE",
        "part-1.parquet | ../1.parquet | not a name of a data file",
        "part-1.parquet | part-1.txt | not a name of a data file",
        "BTC-USD | ETH-USD | partition is wrong",
        "candles-manifest-1 | candles-manifest-2 | format is wrong",
        "\"expected_intervals\" : 1440 | \"expected_intervals\" : 1.5 | not a value that is used",
        "\"expected_intervals\" | \"expected\" | field is given twice",
        "\"checks\" : | \"more\" : [], \"checks\" : | unknown field: /more",
        "1767917400000 ] | 1767917400001 ] | whole intervals",
        "[ 1767917400000, 1767917460000 ] | [ 1767917460000, 1767917400000 ] | must ascend",
        "[ 1767917400000, 1767917460000 ] | [ 1767917400000 ] | a range is [from, to]",
        "\"revisions\" : [ | \"revisions\" : [ 7, | a list of objects was expected",
        "\"rows\" : 3, | \"rows\" : \"3\", | a whole number was expected",
        "\"rows\" : 3, | | field is missing",
      })
  void aManifestThatLiesIsNotBelieved(String part, String by, String why) throws IOException {
    Manifests.write(folder, sample());
    replace(part, by == null ? "" : by);
    assertThatThrownBy(this::read)
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining(folder.resolve(Manifests.NAME).toString())
        .hasMessageContaining(why);
  }

  @Test
  void aManifestCutShortAnywhereIsNotBelieved() throws IOException {
    Manifests.write(folder, sample());
    byte[] whole = Files.readAllBytes(folder.resolve(Manifests.NAME));
    for (int bytes = 0; bytes < whole.length - 2; bytes += 7) {
      Files.write(folder.resolve(Manifests.NAME), Arrays.copyOf(whole, bytes));
      assertThatThrownBy(this::read).as("%d bytes", bytes).isInstanceOf(ManifestException.class);
    }
  }

  @Test
  void aHugeOneIsNotLoaded() throws IOException {
    Files.write(folder.resolve(Manifests.NAME), new byte[(1 << 20) + 1]);
    assertThatThrownBy(this::read)
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("too large: bytes=1048577, max=1048576");
  }

  @Test
  void aDeepOneIsNotFollowed() throws IOException {
    Files.writeString(folder.resolve(Manifests.NAME), "{\"a\":" + "[".repeat(100_000));
    assertThatThrownBy(this::read).isInstanceOf(ManifestException.class);
  }

  @Test
  void aFolderOrALinkInItsPlaceIsNotBelieved() throws IOException {
    Files.createSymbolicLink(folder.resolve(Manifests.NAME), Path.of("/dev/zero"));
    assertThatThrownBy(this::read).hasMessageContaining("not a regular file");
    Files.delete(folder.resolve(Manifests.NAME));
    Files.createDirectory(folder.resolve(Manifests.NAME));
    assertThatThrownBy(this::read).hasMessageContaining("not a regular file");
  }

  @Test
  void rowsOfFilesThatComeToTheRightNumberOnlyByOverflowAreRefused() {
    Manifest sample = sample();
    List<SealedFile> files =
        List.of(
            new SealedFile("part-1.parquet", 1, Long.MAX_VALUE, HASH),
            new SealedFile("part-2.parquet", 1, Long.MAX_VALUE, HASH),
            new SealedFile("part-3.parquet", 1, 1438, HASH));
    assertThatThrownBy(
            () ->
                new Manifest(
                    PARTITION,
                    sample.expected(),
                    sample.present(),
                    sample.empty(),
                    sample.unrecoverable(),
                    files,
                    sample.revisions(),
                    sample.checks(),
                    null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows and present intervals differ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/mnt/a\0b", "/mnt/a\nb", "/mnt/\u009b", "/mnt/\ud800"})
  void anArchiveThatIsNoLineOfTextIsRefused(String place) {
    assertThatThrownBy(() -> sample().archivedTo(place))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a place of an archive");
  }
}
