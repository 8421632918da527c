package dev.candles.cli;

import dev.candles.lake.view.LakeAccounts;
import java.io.PrintWriter;
import java.util.Locale;

/** Says that an answer was given without files that are no good. */
final class Unreadable {
  private Unreadable() {}

  static void warn(LakeAccounts accounts, PrintWriter out) {
    if (accounts.unreadableFiles() > 0) {
      out.printf(
          Locale.ROOT,
          "%d unreadable files were left out; ./candles qa names them.%n",
          accounts.unreadableFiles());
    }
  }
}
