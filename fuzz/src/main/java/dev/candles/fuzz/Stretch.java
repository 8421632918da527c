package dev.candles.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Makes long inputs of short ones, which a fuzzer is slow to come to: a part of each is repeated
 * until there are 64 KB of it. Shows what costs more than its length.
 */
public final class Stretch {
  private static final int TO_BYTES = 65_536;
  private static final int TIMES = 12;
  private static final int MOST_FINDS = 5;

  private Stretch() {}

  /**
   * Takes the name of a target, the folder where finds are kept, and folders of inputs.
   *
   * @throws IOException if a folder cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    Guard guard = new Guard(Targets.byName(arguments[0]));
    Path finds = Path.of(arguments[1]);
    int found = 0;
    for (int i = 2; i < arguments.length && found < MOST_FINDS; i++) {
      for (Path file : files(Path.of(arguments[i]))) {
        byte[] input = Files.readAllBytes(file);
        for (int seed = 0; seed < TIMES && found < MOST_FINDS; seed++) {
          byte[] stretched = stretched(input, seed);
          try {
            guard.take(stretched);
          } catch (Throwable find) { // an error of any kind is what is looked for
            found++;
            Files.write(finds.resolve("stretched-" + found), stretched);
            System.err.println("fuzz: find: " + find);
            find.printStackTrace();
          }
        }
      }
    }
    System.err.println("fuzz: stretched " + guard.seen() + " finds=" + found);
  }

  /** The input with one part of it repeated; the same for the same seed. */
  static byte[] stretched(byte[] input, long seed) {
    if (input.length == 0) {
      return input;
    }
    SplittableRandom random = new SplittableRandom(seed);
    int from = random.nextInt(input.length);
    int length = 1 + random.nextInt(Math.min(input.length - from, 1 << random.nextInt(1, 12)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(TO_BYTES);
    bytes.write(input, 0, from);
    while (bytes.size() + length + input.length - from <= TO_BYTES) {
      bytes.write(input, from, length);
    }
    bytes.write(input, from, input.length - from);
    return bytes.toByteArray();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
