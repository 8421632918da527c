package dev.candles.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import picocli.CommandLine;

/** Runs commands within this JVM, for tests of other packages. */
public final class Commands {
  /** The simulators run on the same cores, beside other tests. */
  private static final Duration FEED_PATIENCE = Duration.ofMinutes(4);

  private Commands() {}

  /** What a command printed, and its exit code. */
  public record Result(int code, String out, String err) {}

  /** Runs one. */
  public static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine candles =
        Candles.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
    RunCommand run = candles.getSubcommands().get("run").getCommand();
    run.feedPatience = FEED_PATIENCE;
    int code = candles.execute(args);
    return new Result(code, out.toString(), err.toString());
  }
}
