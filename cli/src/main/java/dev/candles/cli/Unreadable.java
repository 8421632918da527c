package dev.candles.cli;

import dev.candles.lake.view.LakeAccounts;
import dev.candles.text.Counted;
import picocli.CommandLine;

/** Says that an answer was given without files that are no good. */
final class Unreadable {
  private Unreadable() {}

  static void warn(LakeAccounts accounts, CommandLine command) {
    if (accounts.unreadableFiles() > 0) {
      long files = accounts.unreadableFiles();
      String names =
          Candles.advice(command).in("./candles qa names " + (files == 1 ? "it" : "them"));
      command.getOut().println(Counted.of(files, "unreadable file") + " left out; " + names + ".");
    }
  }
}
