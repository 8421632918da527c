package dev.candles.lake.compact;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static dev.candles.lake.compact.Lakes.OVER;
import static dev.candles.lake.compact.Lakes.PARTITION;
import static dev.candles.lake.compact.Lakes.compactor;
import static dev.candles.lake.compact.Lakes.content;
import static dev.candles.lake.compact.Lakes.folder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.lake.Samples;
import dev.candles.lake.disk.Flushes;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.partition.Intent;
import dev.candles.lake.partition.Intents;
import dev.candles.lake.view.FileLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopped at every step: nothing is lost or doubled, and the next run finishes. */
class KilledCompactionTest {
  @TempDir Path root;
  @TempDir Path twin;
  private List<Candle> truth = List.of();
  private Map<String, String> whole = Map.of();

  /** What a kill does: no catch block of ours runs. */
  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static void compactUntil(Path root, int steps) {
    int[] left = {steps};
    Compactor compactor =
        new Compactor(
            new LakeLayout(root),
            step -> {
              if (left[0]-- == 0) {
                throw new Kill();
              }
            });
    try {
      Outcome outcome = compactor.compact(PARTITION, OVER);
      assertThat(outcome.reason()).isEmpty();
    } catch (Kill kill) {
      assertThat(steps).isNotNegative();
    }
  }

  private static Stream<Integer> everyStep(Path lake) throws IOException {
    Lakes.fill(lake, 1);
    int[] steps = {0};
    new Compactor(new LakeLayout(lake), step -> steps[0]++).compact(PARTITION, OVER);
    assertThat(steps[0]).as("steps of a compaction").isGreaterThan(30);
    return Stream.iterate(0, i -> i < steps[0], i -> i + 1);
  }

  @BeforeEach
  void fill() throws IOException {
    Lakes.fill(root, 1);
    truth = read();
    Lakes.fill(twin, 2);
    compactor(twin).compact(PARTITION, OVER);
    whole = content(twin);
  }

  private List<Candle> read() throws IOException {
    FileLake lake = new FileLake(root.toString());
    List<Candle> candles = lake.candles(BTC, DAY, DAY + DAY_MILLIS);
    assertThat(lake.unreadableFiles()).isZero();
    return candles;
  }

  @Test
  void killedAtEveryStepNothingIsLostAndTheNextRunFinishes(@TempDir Path lakes) throws IOException {
    for (int step : everyStep(lakes.resolve("steps")).toList()) {
      root = lakes.resolve("lake-" + step);
      Lakes.fill(root, step);
      compactUntil(root, step);
      assertThat(read()).as("after a kill at step %d", step).isEqualTo(truth);
      compactUntil(root, Integer.MAX_VALUE);
      assertThat(content(root)).as("finished after step %d", step).isEqualTo(whole);
    }
  }

  @Test
  void killedAgainAndAgainItGetsDone(@TempDir Path lakes) throws IOException {
    for (int every = 0; every < 7; every++) {
      root = lakes.resolve("lake-" + every);
      Lakes.fill(root, every);
      for (int attempt = 0; attempt < 60; attempt++) {
        compactUntil(root, every + attempt);
        assertThat(read()).as("every %d, attempt %d", every, attempt).isEqualTo(truth);
      }
      assertThat(content(root)).as("every %d", every).isEqualTo(whole);
    }
  }

  @Test
  void theIntentStaysUntilTheManifestIsSealed() {
    List<Step> without = new ArrayList<>();
    Compactor compactor =
        new Compactor(
            new LakeLayout(root),
            step -> {
              if (!Files.exists(folder(root).resolve(Intents.NAME))) {
                without.add(step);
              }
            });
    assertThat(compactor.compact(PARTITION, OVER).reason()).isEmpty();
    assertThat(without)
        .containsExactly(
            Step.LOCKED, Step.MERGED, Step.WRITTEN, Step.WRITTEN, Step.VERIFIED, Step.DONE);
  }

  @Test
  void whatAKilledRunGaveItsNameIsOnTheDiskBeforeItsInputsGo() throws IOException {
    compactUntil(root, stepsUntil(Step.INTENDED));
    Intent intent = Intents.read(folder(root), PARTITION).orElseThrow();
    publish(folder(root), intent.current());
    publish(Lakes.revisions(root), intent.older().orElseThrow());
    try (Flushes flushes = new Flushes()) {
      compactUntil(root, 2); // locked, one published, the other published
      int inputs = intent.candles().size() + intent.revisions().size();
      assertThat(content(root)).as("with outputs and intent").hasSize(inputs + 3);
      assertThat(flushes.below(root))
          .contains(
              root.relativize(folder(root)).toString(),
              root.relativize(Lakes.revisions(root)).toString());
    }
  }

  private static void publish(Path folder, SealedFile file) throws IOException {
    Files.move(MergedFile.temporary(folder), folder.resolve(file.name()));
  }

  @Test
  void filesThatCameAfterTheKillAreMergedToo(@TempDir Path lakes) throws IOException {
    Candle late = candle(BTC, DAY + 17 * MINUTE, 0);
    Samples.write(twin, late);
    compactor(twin).compact(PARTITION, OVER);
    for (int step : everyStep(lakes.resolve("steps")).toList()) {
      root = lakes.resolve("lake-" + step);
      Lakes.fill(root, step);
      compactUntil(root, step);
      Samples.write(root, late);
      assertThat(read()).hasSize(60).contains(late);
      compactUntil(root, Integer.MAX_VALUE);
      assertThat(content(root)).as("after step %d", step).isEqualTo(content(twin));
    }
  }

  @Test
  void anOutputThatWasDamagedIsMadeAgainFromItsInputs() throws IOException {
    int intended = stepsUntil(Step.INTENDED);
    compactUntil(root, intended);
    Files.write(MergedFile.temporary(folder(root)), new byte[] {1, 2, 3});
    assertThat(read()).isEqualTo(truth);
    compactUntil(root, Integer.MAX_VALUE);
    assertThat(content(root)).isEqualTo(whole);
  }

  @Test
  void anOutputThatWasDamagedWhenAnInputIsGoneIsRefusedAndLeftAlone() throws IOException {
    compactUntil(root, stepsUntil(Step.DELETED));
    Path output = output();
    Files.write(output, new byte[] {1, 2, 3});
    Map<String, String> before = content(root);
    Outcome outcome = compactor(root).compact(PARTITION, OVER);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REFUSED);
    assertThat(outcome.reason()).contains("its output is damaged and an input is gone");
    assertThat(content(root)).isEqualTo(before);
  }

  @Test
  void anIntentThatLiesIsRefusedAndLeftAlone() throws IOException {
    compactUntil(root, stepsUntil(Step.INTENDED));
    Path intent = folder(root).resolve(Intents.NAME);
    String text = Files.readString(intent);
    for (String lie :
        List.of(
            text.substring(0, text.length() / 2),
            text.replace("\"c-", "\"../c-"),
            text.replace("BTC-USD", "ETH-USD"),
            text.replace("\"older\"", "\"other\""))) {
      Files.writeString(intent, lie);
      Map<String, String> before = content(root);
      Outcome outcome = compactor(root).compact(PARTITION, OVER);
      assertThat(outcome.reason()).contains("intent cannot be believed").contains(Intents.NAME);
      assertThat(content(root)).isEqualTo(before);
    }
  }

  private Path output() throws IOException {
    try (Stream<Path> files = Files.list(folder(root))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** How many steps are reached before the first one of a kind, and one of that kind more. */
  private int stepsUntil(Step step) throws IOException {
    List<Step> reached = new ArrayList<>();
    Path lake = twin.resolveSibling(twin.getFileName() + "-steps");
    Lakes.fill(lake, 1);
    new Compactor(new LakeLayout(lake), reached::add).compact(PARTITION, OVER);
    return reached.indexOf(step);
  }
}
