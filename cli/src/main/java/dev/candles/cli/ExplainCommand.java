package dev.candles.cli;

import dev.candles.cli.account.Explanation;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.candle.StreamKey;
import dev.candles.lake.view.LakeAccounts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: everything the lake knows of one interval. */
@Command(
    name = "explain",
    description = {
      "Tells all that is known of one interval: state, evidence, file, versions, changes.",
      "Read from the files alone, while a collector runs or without one."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 shown, 2 refused",
      "",
      "Example:",
      "  ./candles explain coinbase/BTC-USD/1m 2026-01-09T12:34Z"
    })
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LakeOption lake = new LakeOption();

  @Parameters(
      index = "0",
      paramLabel = "STREAM",
      description = "VENUE/SYMBOL/TIMEFRAME, like coinbase/BTC-USD/1m")
  private String stream = "";

  @Parameters(
      index = "1",
      paramLabel = "TIME",
      description =
          "A time within the interval: a UTC date, a time like 2026-01-09T12:34Z, or epoch"
              + " milliseconds")
  private String time = "";

  @Override
  public Integer call() throws Exception {
    long atMs = Times.parse("TIME", time);
    Path root = lake.root();
    LakeAccounts accounts = new LakeAccounts(root);
    StreamKey key = StreamOptions.one(stream, accounts.streams());
    PrintWriter out = spec.commandLine().getOut();
    try {
      Explanation.of(accounts, key, key.timeframe().floor(atMs), root)
          .lines()
          .forEach(out::println);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("TIME: no interval is there: " + e.getMessage(), e);
    }
    Unreadable.warn(accounts, spec.commandLine());
    out.flush();
    return 0;
  }
}
