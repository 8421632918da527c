package dev.candles.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Shows how far something is: a bar on a terminal, a line now and then elsewhere. */
public final class Progress {
  private static final int WIDTH = 30;
  private static final long LINE_EVERY_NANOS = 10_000_000_000L;

  private final PrintWriter out;
  private final boolean terminal;
  private long lastLine;
  private boolean drawn;

  /**
   * @param terminal whether {@code out} is a terminal, on which one line is drawn again and again
   */
  public Progress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    this.lastLine = System.nanoTime() - LINE_EVERY_NANOS;
  }

  /**
   * Shows a state.
   *
   * @param done from 0 to 1
   */
  public void show(double done, String text) {
    double bounded = Math.max(0, Math.min(1, done));
    String percent = String.format(Locale.ROOT, "%3.0f%%", bounded * 100);
    if (terminal) {
      int filled = (int) Math.round(bounded * WIDTH);
      String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
      out.print("\r\u001b[2K" + bar + " " + percent + "  " + text);
      drawn = true;
    } else if (System.nanoTime() - lastLine >= LINE_EVERY_NANOS) {
      lastLine = System.nanoTime();
      out.println(percent + "  " + text);
    }
    out.flush();
  }

  /** Prints a line that stays. */
  public void say(String line) {
    if (drawn) {
      out.print("\r\u001b[2K");
      drawn = false;
    }
    out.println(line);
    out.flush();
  }
}
