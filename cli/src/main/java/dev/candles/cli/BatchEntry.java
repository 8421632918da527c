package dev.candles.cli;

import java.util.Locale;

/** Runs a command as the main program of a job on a Flink cluster: returns or throws. */
final class BatchEntry {
  private BatchEntry() {}

  /**
   * Runs a command; what it says goes where it always goes.
   *
   * @param name of the command
   * @param options its options
   * @throws BatchEndedException if its exit code is not 0
   */
  static void run(String name, String... options) throws BatchEndedException {
    String[] words = new String[options.length + 1];
    words[0] = name;
    System.arraycopy(options, 0, words, 1, options.length);
    int code = Candles.run(Candles.commandLine(), words);
    if (code != 0) {
      throw new BatchEndedException(
          String.format(Locale.ROOT, "%s ended with exit code %d; why is said above", name, code),
          code);
    }
  }
}
