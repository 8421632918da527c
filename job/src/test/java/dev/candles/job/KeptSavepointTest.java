package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Timeframe;
import dev.candles.job.codec.SavedState;
import dev.candles.job.codec.UnreadableStateException;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.state.StateFiles;
import dev.candles.sim.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A savepoint of an earlier build: this one goes on from it, whatever it writes itself. */
@Execution(ExecutionMode.CONCURRENT)
class KeptSavepointTest {
  private static final long MINUTE = Timeframe.BASE.millis();

  @TempDir private Path temporary = Path.of("");
  private Path savepoint = Path.of("");

  @BeforeEach
  void copied() throws IOException {
    savepoint = temporary.resolve("savepoint");
    KeptSavepoint.copy(KeptSavepoint.FOLDER.resolve("savepoint"), savepoint);
  }

  @Test
  void itIsSmall() throws IOException {
    assertThat(KeptSavepoint.bytes(KeptSavepoint.FOLDER)).isBetween(10_000L, 300_000L);
  }

  @Test
  void theJobGoesOnFromItAndEqualsTheTruth() throws Exception {
    Path lake = temporary.resolve("lake");
    KeptSavepoint.copy(KeptSavepoint.FOLDER.resolve("lake"), lake);
    try (Simulator simulator = KeptSavepoint.venues(KeptSavepoint.resumesMs())) {
      CollectorConfig config = KeptSavepoint.config(lake, simulator);
      long fromMs = config.historyFromMs(simulator.now());
      long horizon = Timeframe.M5.ceil(simulator.now() + 3 * MINUTE);
      TestCollector collector = new TestCollector(config);
      collector.start(Optional.of(savepoint));
      JobDrill.awaitAccounted(simulator, config, fromMs, horizon);
      collector.stop();
      JobDrill.assertEqualsTruth(simulator, config, fromMs, horizon);
    }
  }

  @Test
  void itHoldsOpenGapsAndOtherStateOfEveryOperator() throws Exception {
    byte[] bytes = Files.readAllBytes(savepoint.resolve("_metadata"));
    assertThat(text(bytes)).contains("coinbase/BTC-USD/1m@").contains("okx/BTC-USDT/5m");
    requireReadable(savepoint);
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void oneFlippedByteIsSeen(long seed) throws IOException {
    assertThat(StateFiles.damage(savepoint)).isEmpty();
    SplittableRandom random = new SplittableRandom(seed);
    List<Path> files;
    try (Stream<Path> entries = Files.list(savepoint)) {
      files = entries.sorted().collect(Collectors.toList());
    }
    Path file = files.get(random.nextInt(files.size()));
    byte[] bytes = Files.readAllBytes(file);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, bytes);
    assertThat(StateFiles.damage(savepoint)).isPresent();
  }

  @Test
  void anUnknownVersionIsRefusedBeforeTheStartAndByFlinkWithoutTryingForEver() throws Exception {
    for (String codec : List.of("gap", "version", "candle")) {
      Path later = temporary.resolve("later-" + codec);
      KeptSavepoint.copy(KeptSavepoint.FOLDER.resolve("savepoint"), later);
      raise(codec, later.resolve("_metadata"));
      String refusal = "'" + codec + "' has version 9, this build knows those up to";
      assertThatThrownBy(() -> requireReadable(later))
          .isInstanceOf(UnreadableStateException.class)
          .hasMessageContaining(refusal)
          .hasMessageContaining("--restore none, which loses nothing");
      if (codec.equals("gap")) {
        assertThat(failure(later)).hasStackTraceContaining(refusal);
      }
    }
  }

  private Throwable failure(Path restored) throws Exception {
    try (Simulator simulator = KeptSavepoint.venues(KeptSavepoint.resumesMs())) {
      CollectorConfig config = KeptSavepoint.config(temporary.resolve("other lake"), simulator);
      TestCollector collector = new TestCollector(config);
      collector.start(Optional.of(restored));
      return collector.awaitFailure();
    }
  }

  /** As a later build would name what it writes. */
  private static void raise(String codec, Path metadata) throws IOException {
    byte[] bytes = Files.readAllBytes(metadata);
    String named = (char) 0 + "" + (char) codec.length() + codec + (char) 0 + (char) 0 + (char) 0;
    List<Integer> places = new ArrayList<>();
    for (int at = text(bytes).indexOf(named); at >= 0; at = text(bytes).indexOf(named, at + 1)) {
      places.add(at + named.length());
    }
    assertThat(places).as(codec).isNotEmpty();
    for (int place : places) {
      bytes[place] = 9;
    }
    Files.write(metadata, bytes);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static void requireReadable(Path folder) throws IOException {
    for (OperatorState operator : InlineSavepoint.read(folder).getOperatorStates()) {
      SavedState.requireReadable(operator);
    }
  }
}
