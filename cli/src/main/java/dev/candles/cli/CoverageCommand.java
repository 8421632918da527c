package dev.candles.cli;

import dev.candles.cli.account.AccountJson;
import dev.candles.cli.account.CoverageTable;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.text.Counted;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code coverage}: how much of each stream is accounted for, and in which state. */
@Command(
    name = "coverage",
    description = {
      "Shows how many intervals of each stream have a state, and which; from the files alone.",
      "A candle wins, else the newest row of coverage, else the interval is unknown. What columns",
      "and calendar mean is said below them."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 shown, 1 a stream is older than --max-age, 2 refused",
      "",
      "Example:",
      "  ./candles coverage",
      "  ./candles coverage --venue coinbase,kraken --timeframe 1m --from 2026-01-01 --to"
          + " 2026-02-01",
      "  ./candles coverage --symbol BTC-USD --json",
      "  ./candles coverage --max-age 10m || echo 'the collector is behind'"
    })
final class CoverageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LakeOption lake = new LakeOption();
  @Mixin private StreamOptions streams = new StreamOptions();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Start: a UTC date, a time like 2026-01-09T12:00Z, or epoch milliseconds. Default: the"
              + " first interval of which the lake knows anything")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "End, exclusive. Default: the last such interval")
  private @Nullable String to;

  @Option(
      names = "--max-age",
      paramLabel = "DURATION",
      description =
          "Exit code 1 if the newest interval of a stream ended longer ago than its timeframe and"
              + " this, like 10m; or later than now, as of a lake with another clock. The first ten"
              + " of them are named")
  private @Nullable String maxAge;

  @Option(names = "--json", description = "One JSON document in place of the table.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    LakeAccounts accounts = new LakeAccounts(lake.root());
    Predicate<StreamKey> wanted = streams.among(accounts.streams());
    long fromMs = from == null ? Long.MIN_VALUE : Times.parse("--from", from);
    long toMs = to == null ? Long.MAX_VALUE : Times.parse("--to", to);
    Optional<Duration> most = most();
    List<StreamAccount> read = accounts.read(wanted, fromMs, toMs);
    long nowMs = lake.nowMs(); // what was written while it was read is not of the future
    List<StreamAccount> found = read.stream().map(a -> a.over(nowMs)).toList();
    List<Newest> newest = found.stream().map(StreamAccount::newest).toList();
    List<Newest> old = most.map(m -> Newest.overdue(newest, m, nowMs)).orElse(List.of());
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter told = json ? spec.commandLine().getErr() : out;
    if (json) {
      out.println(AccountJson.coverage(found, nowMs, accounts.unreadableFiles()));
    } else {
      lake.clock().told().ifPresent(out::println);
      new CoverageTable(found, nowMs).lines().forEach(out::println);
      Unreadable.warn(accounts, spec.commandLine());
    }
    if (!old.isEmpty()) {
      String are = (old.size() == 1 ? " is" : " are") + " older than " + maxAge;
      String all = old.size() + " of " + Counted.of(found.size(), "stream") + are;
      told.println(all + ", or ahead of the clock:");
      Newest.lines(old, nowMs).forEach(line -> told.println("  " + line));
    }
    told.flush();
    out.flush();
    return old.isEmpty() ? 0 : 1;
  }

  private Optional<Duration> most() throws RefusedException {
    if (maxAge == null) {
      return Optional.empty();
    }
    if (to != null) {
      throw new RefusedException("--max-age looks at the newest intervals: leave --to out");
    }
    return Optional.of(Times.duration("--max-age", maxAge));
  }
}
