package dev.candles.cli.forget;

import static dev.candles.cli.forget.ForgettingLake.BTC;
import static dev.candles.cli.forget.ForgettingLake.DAYS;
import static dev.candles.cli.forget.ForgettingLake.ETH;
import static dev.candles.cli.forget.ForgettingLake.KRAKEN;
import static dev.candles.cli.forget.ForgettingLake.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.batch.quality.report.CertificateCheck;
import dev.candles.batch.quality.report.CertificateJson;
import dev.candles.batch.quality.report.Certificates;
import dev.candles.cli.LakeContent;
import dev.candles.cli.embedded.HalfForgotten;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.compact.CoverageMerge;
import dev.candles.lake.compact.PartitionLock;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.state.HeldException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing of a forgotten stream is left in one lake or lost to the other, wherever it is killed.
 */
class ForgetRunTest extends ForgetRuns {
  static IntStream seeds() {
    return IntStream.range(0, Integer.getInteger("repair.seeds", 2));
  }

  private static Map<String, String> part(Map<String, String> all, String name, boolean with) {
    return all.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(name) == with)
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
  }

  private static void certified(Path root, int certificates) throws IOException {
    int found = 0;
    for (String venue : List.of("coinbase", "kraken")) {
      for (LocalDate day : DAYS) {
        Path file = Certificates.file(root, venue, day);
        if (Files.exists(file)) {
          found++;
          assertThat(CertificateCheck.differences(root, CertificateJson.read(file))).isEmpty();
        }
      }
    }
    assertThat(found).isEqualTo(certificates);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void killedAtEveryStepTheNextRunFinishes(long seed) throws Exception {
    Path original = temporary.resolve("original");
    ForgettingLake.fill(original, seed);
    certified(original, 4);
    Map<String, String> before = known(original);
    boolean killed = true;
    for (int step = 0; killed; step++) {
      Path root = temporary.resolve("lake-" + step);
      ForgettingLake.copy(original, root);
      killed = killedAt(step, root, "coinbase/ETH-USD");
      if (killed) {
        assertThat(killedAt(Integer.MAX_VALUE, root, "coinbase/ETH-USD")).isFalse();
      } else {
        assertThat(step).as("steps").isGreaterThan(15);
      }
      Path there = root.resolve("forgotten/" + TODAY + "-1");
      assertThat(known(root)).as("step %d", step).isEqualTo(part(before, "coinbase/ETH", false));
      assertThat(known(there)).as("step %d", step).isEqualTo(part(before, "coinbase/ETH", true));
      certified(root, 4);
      certified(there, 2);
      assertThat(root.resolve(".state/forget.json")).doesNotExist();
      assertThat(root.resolve("candles/venue=coinbase/symbol=ETH-USD")).doesNotExist();
      assertThat(root.resolve("forgotten").toFile().list()).hasSize(1);
    }
  }

  /** Each run gets a little further. */
  @Test
  void killedAgainAndAgainItGetsDone() throws Exception {
    Path root = temporary.resolve("lake");
    ForgettingLake.fill(root, 7);
    Map<String, String> before = known(root);
    int runs = 0;
    while (killedAt(3, root, "coinbase/ETH-USD")) {
      assertThat(runs++).isLessThan(40);
    }
    assertThat(runs).isGreaterThan(3);
    assertThat(known(root)).isEqualTo(part(before, "coinbase/ETH", false));
    assertThat(known(root.resolve("forgotten/" + TODAY + "-1")))
        .isEqualTo(part(before, "coinbase/ETH", true));
  }

  @Test
  void aVenueOfWhichNothingIsLeftLeavesNoFolderAndNoCertificate() throws Exception {
    Path root = temporary.resolve("lake");
    ForgettingLake.fill(root, 2);
    run(root, CONFIG, () -> {}).forget(List.of("kraken"));
    assertThat(root.resolve("candles/venue=kraken")).doesNotExist();
    assertThat(Certificates.file(root, "kraken", DAYS.get(0))).doesNotExist();
    certified(root, 2);
    certified(root.resolve("forgotten/" + TODAY + "-1"), 2);
    run(root, CONFIG, () -> {}).forget(List.of("coinbase/ETH-USD/1h"));
    assertThat(root.resolve("forgotten").toFile().list()).hasSize(2);
    certified(root.resolve("forgotten/" + TODAY + "-2"), 2);
    certified(root, 2);
  }

  @Test
  void whatIsRefusedChangesNothing() throws Exception {
    Path root = temporary.resolve("lake");
    ForgettingLake.fill(root, 3);
    LakeLayout layout = new LakeLayout(root);
    Map<String, String> before = LakeContent.of(root);
    refused(
        root,
        "still collected, take them out of the configuration first: coinbase/BTC-USD/1m",
        "coinbase");
    refused(
        root,
        "made of the minutes that would go, forget VENUE/SYMBOL as a whole:"
            + " coinbase/ETH-USD/1h coinbase/ETH-USD/5m",
        "coinbase/ETH-USD/1m");
    refused(
        root,
        "found 'ETH-USD', expected VENUE/SYMBOL/TIMEFRAME, VENUE/SYMBOL or VENUE of the"
            + " lake; did you mean one of coinbase/ETH-USD kraken/ETH-USD?",
        "ETH-USD");
    refused(root, "did you mean 'kraken'?", "krakn");
    try (PartitionLock busy =
        PartitionLock.tryTake(layout, new Partition(KRAKEN, DAYS.get(1))).orElseThrow()) {
      refused(root, "cannot forget: it is being compacted or checked: venue=kraken", "kraken");
    }
    try (PartitionLock busy = CoverageMerge.tryLock(layout, DAYS.get(0)).orElseThrow()) {
      refused(
          root,
          "cannot forget: it is being compacted or checked: coverage of 2026-01-09",
          "kraken");
    }
    Path pending =
        Files.writeString(
            layout.day(Folder.COVERAGE, DAYS.get(0)).resolve(".c-1.parquet.inprogress.x"), "");
    refused(root, "cannot forget: 1 file of the last collector is unfinished", "kraken");
    Files.delete(pending);
    Path damaged = Certificates.file(root, "kraken", DAYS.get(0));
    byte[] content = Files.readAllBytes(damaged);
    Files.writeString(damaged, "{}");
    refused(root, "cannot forget: certificate cannot be read: " + damaged, "kraken");
    Files.write(damaged, content);
    assertThat(LakeContent.of(root)).isEqualTo(before);
    assertThat(root.resolve(".state/forget.json")).doesNotExist();
    run(root, CONFIG, () -> {}).forget(List.of("kraken"));
  }

  @Test
  void aWriterOfTheLakeKeepsItAway() throws Exception {
    Path root = temporary.resolve("lake");
    ForgettingLake.fill(root, 4);
    String held =
        "candles.lake.lock."
            + Files.createDirectories(root.resolve(".state")).toRealPath().resolve("lock");
    System.setProperty(held, "pid=4711 host=x");
    try {
      refused(root, "holder=pid=4711 host=x; stop that one first", "kraken");
    } finally {
      System.clearProperty(held);
    }
    assertThat(known(root)).containsKey(KRAKEN.id());
  }

  @Test
  void whatIsShownIsWhatItWouldDoAndIsNotDone() throws Exception {
    Path root = temporary.resolve("lake");
    ForgettingLake.fill(root, 5);
    Map<String, String> before = LakeContent.of(root);
    run(root, CONFIG, () -> {}).show(List.of("coinbase/ETH-USD", "kraken"));
    assertThat(LakeContent.of(root)).isEqualTo(before);
    assertThat(String.join("\n", said))
        .contains("Forgets of the lake " + root + ":")
        .containsPattern(
            "coinbase/ETH-USD/1m +2\\d +[2-4] +[0-9,]+ +2 +2026-01-09T00:0.Z +2026-01-10T00:12Z")
        .containsPattern(
            "They go to .*/forgotten, with \\d+ files, [0-9,]+ bytes and their parts of 4 cert");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"format\":\"candles-forget-1\",\"to\":\"../..\",\"streams\":[\"kraken/ETH-USD/1m\"]}",
        "{\"format\":\"candles-forget-1\",\"to\":\"2026-02-01-1\",\"streams\":[\"kraken\"]}",
        "{\"format\":\"candles-forget-2\",\"to\":\"2026-02-01-1\",\"streams\":[]}"
      })
  void aNoteThatMakesNoSenseIsNamedAndNotFollowed(String text) throws Exception {
    Path root = temporary.resolve("lake");
    ForgettingLake.fill(root, 9);
    Map<String, String> before = LakeContent.of(root);
    Path note = Files.createDirectories(root.resolve(".state")).resolve("forget.json");
    Files.writeString(note, text);
    assertThatThrownBy(() -> run(root, CONFIG, () -> {}).forget(List.of("kraken")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("cannot be read: " + note);
    assertThat(LakeContent.of(root)).isEqualTo(before);
    assertThat(HalfForgotten.of(new LakeLayout(root)).orElseThrow()).contains(note.toString());
    Files.delete(note);
    assertThat(HalfForgotten.of(new LakeLayout(root))).isEmpty();
  }

  /** Whoever collects a half-forgotten stream again loses neither part. */
  @Test
  void aStreamThatWasCollectedAgainMeanwhileGoesToAnotherFolder() throws Exception {
    Path root = temporary.resolve("lake");
    ForgettingLake.fill(root, 6);
    assertThat(killedAt(3, root, "coinbase/ETH-USD")).isTrue();
    Path moved = root.resolve("forgotten/" + TODAY + "-1");
    Map<String, String> first = LakeContent.of(moved);
    assertThat(first).isNotEmpty();
    Path again = temporary.resolve("again");
    ForgettingLake.fill(again, 8);
    for (StreamKey stream : List.of(ETH, ETH.in(Timeframe.M5), ETH.in(Timeframe.H1))) {
      Path here = new LakeLayout(root).stream(Folder.CANDLES, stream);
      if (!Files.exists(here)) {
        Files.createDirectories(here.resolveSibling(""));
        Files.move(new LakeLayout(again).stream(Folder.CANDLES, stream), here);
      }
    }
    assertThat(HalfForgotten.of(new LakeLayout(root)).orElseThrow())
        .contains("coinbase/ETH-USD/1h and 2 more was begun", "forget coinbase/ETH-USD/1h --yes");
    String configured = CONFIG.replace("BTC-USD]", "BTC-USD, ETH-USD]");
    // it was decided
    run(root, configured, () -> {}).forget(List.of("kraken", "coinbase/ETH-USD"));
    assertThat(known(root)).containsOnlyKeys(BTC.id(), BTC.in(Timeframe.M5).id());
    assertThat(LakeContent.of(moved)).containsAllEntriesOf(first);
    assertThat(root.resolve("forgotten").toFile().list()).hasSize(3);
  }

  @Test
  void whoseLeaseIsTakenMeanwhileChangesNothingMore() throws Exception {
    Path root = temporary.resolve("lake");
    ForgettingLake.fill(root, 10);
    int[] steps = {0};
    Runnable steal =
        () -> {
          if (++steps[0] == 2) {
            try {
              Files.writeString(root.resolve(".state/lease"), "another's");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    assertThatThrownBy(() -> run(root, CONFIG, steal).forget(List.of("coinbase/ETH-USD")))
        .isInstanceOf(HeldException.class);
    assertThat(steps[0]).isEqualTo(2);
  }
}
