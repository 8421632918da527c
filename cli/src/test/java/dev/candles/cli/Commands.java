package dev.candles.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands within this JVM, for tests of other packages. */
public final class Commands {
  private Commands() {}

  /** What a command printed, and its exit code. */
  public record Result(int code, String out, String err) {}

  /** Runs one. */
  public static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Candles.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err, true))
            .execute(args);
    return new Result(code, out.toString(), err.toString());
  }
}
