package dev.candles.lake.partition;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.manifest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntentsTest {
  private static final Partition PARTITION = Partition.of(BTC, DAY);
  private static final Intent INTENT =
      new Intent(
          PARTITION,
          List.of("c-1.parquet", "c-2.parquet"),
          List.of(),
          new SealedFile("part-1.parquet", 1, 1, Sha256.of("x")),
          Optional.empty());

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    Intents.write(folder, INTENT);
    file = folder.resolve(Intents.NAME);
  }

  private void unbelievable(Partition partition, String why) {
    assertThatThrownBy(() -> Intents.read(folder, partition))
        .isInstanceOf(IntentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }

  @Test
  void itComesBackAsItWasWritten() throws IOException {
    assertThat(Intents.read(folder, PARTITION)).contains(INTENT);
    Intents.drop(folder);
    assertThat(Intents.read(folder, PARTITION)).isEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsWrittenComesBackWhateverItNames(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Intent intent =
        new Intent(PARTITION, names(random), names(random), INTENT.current(), Optional.empty());
    try {
      Intents.write(folder, intent);
    } catch (IOException refused) {
      assertThat(Intents.read(folder, PARTITION)).as("the one before").contains(INTENT);
      return;
    }
    assertThat(Intents.read(folder, PARTITION)).contains(intent);
  }

  private static List<String> names(SplittableRandom random) {
    String letters = random.nextInt(3) == 0 ? "ab._/\\\"\0\u00e9\ud800\ufffd" : "ab.\"1-";
    List<String> names = new ArrayList<>();
    for (int left = random.nextInt(3); left > 0; left--) {
      StringBuilder name = new StringBuilder("c");
      for (int letter = random.nextInt(4); letter > 0; letter--) {
        name.append(letters.charAt(random.nextInt(letters.length())));
      }
      names.add(name + (random.nextInt(9) == 0 ? "" : ".parquet"));
    }
    return names;
  }

  @Test
  void oneOfAnotherPartitionIsNamedWithThatPartition() {
    unbelievable(
        Partition.of(BTC, DAY + DAY_MILLIS), "it is of another partition: " + PARTITION.id());
  }

  @Test
  void oneOfAnotherFormatIsNamedWithThatFormat() throws IOException {
    Files.writeString(file, Files.readString(file).replace("intent-1", "intent-9"));
    unbelievable(PARTITION, "format is not candles-intent-1: candles-intent-9");
  }

  @Test
  void whatIsNoFileCannotBeBelieved() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
    unbelievable(PARTITION, "not a regular file");
  }

  @Test
  void whatIsTooLargeCannotBeBelieved() throws IOException {
    Files.write(file, new byte[(16 << 20) + 1]);
    unbelievable(PARTITION, "too large: bytes=16777217, max=16777216");
  }

  @Test
  void aNameThatNoFileCanHaveIsRefused() throws IOException {
    Files.writeString(file, Files.readString(file).replace("c-2.parquet", "c\\u0000.parquet"));
    unbelievable(PARTITION, "not a name of a data file");
  }
}
