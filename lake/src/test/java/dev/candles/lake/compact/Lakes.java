package dev.candles.lake.compact;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;

import dev.candles.core.candle.Candle;
import dev.candles.lake.Samples;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Partitions of many small files, for tests. */
final class Lakes {
  static final Partition PARTITION = Partition.of(BTC, DAY);
  static final DayKnowledge OVER = DayKnowledge.none(DAY + 2 * DAY_MILLIS);

  private Lakes() {}

  static Path folder(Path root) {
    return new LakeLayout(root).partition(Folder.CANDLES, PARTITION);
  }

  static Path revisions(Path root) {
    return new LakeLayout(root).partition(Folder.REVISIONS, PARTITION);
  }

  static Compactor compactor(Path root) {
    return new Compactor(new LakeLayout(root));
  }

  /**
   * Sixty minutes of which some are revised, some written twice and one is missing; the same rows
   * for every seed, in other files and another order.
   */
  static void fill(Path root, long seed) throws IOException {
    List<Candle> first = new ArrayList<>();
    List<Candle> later = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if (i != 17) {
        first.add(candle(BTC, DAY + i * MINUTE, 0));
      }
      if (i % 7 == 0) {
        first.add(candle(BTC, DAY + i * MINUTE, 0)); // a duplicate
      }
      for (int revision = 1; revision <= i % 11 - 7; revision++) {
        later.add(candle(BTC, DAY + i * MINUTE, revision));
      }
    }
    scatter(root, Folder.CANDLES, first, seed);
    scatter(root, Folder.REVISIONS, later, seed + 1);
  }

  private static void scatter(Path root, Folder folder, List<Candle> rows, long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candle> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    for (int from = 0; from < shuffled.size(); ) {
      int to = Math.min(shuffled.size(), from + random.nextInt(1, 9));
      Samples.write(root, folder, shuffled.subList(from, to));
      from = to;
    }
  }

  /** The names in a lake with hashes of their content; not the lock. */
  static Map<String, String> content(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(root.resolve(".state"))) {
          content.put(root.relativize(file).toString(), Sha256.of(file));
        }
      }
    }
    return content;
  }
}
