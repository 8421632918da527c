package dev.candles.cli.compaction;

import java.io.PrintWriter;
import java.util.Locale;

/** A bar on the last line of a terminal; nothing where the output is no terminal. */
public final class ProgressBar {
  private static final int WIDTH = 40;

  private final PrintWriter out;
  private final int total;
  private final boolean terminal;
  private int done;

  private ProgressBar(PrintWriter out, int total, boolean terminal) {
    this.out = out;
    this.total = total;
    this.terminal = terminal;
  }

  /** A bar for a terminal. */
  public static ProgressBar on(PrintWriter terminal, int total) {
    return new ProgressBar(terminal, total, true);
  }

  /** No bar. */
  public static ProgressBar none() {
    return new ProgressBar(new PrintWriter(PrintWriter.nullWriter()), 0, false);
  }

  /** One more is done; draws the bar. */
  public void step() {
    done++;
    if (terminal) {
      int full = (int) Math.min(WIDTH, (long) WIDTH * done / Math.max(1, total));
      out.printf(
          Locale.ROOT, "  [%s%s] %,d/%,d", "█".repeat(full), "░".repeat(WIDTH - full), done, total);
      out.flush();
    }
  }

  /** Takes the bar away, so that a line can be written. */
  public void clear() {
    if (terminal) {
      out.print("\r\u001b[2K");
    }
  }
}
