package dev.candles.cli;

import dev.candles.cli.account.AccountJson;
import dev.candles.cli.account.GapReading;
import dev.candles.cli.account.GapTable;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.view.LakeAccounts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gaps}: every hole that was found, and what became of it. */
@Command(
    name = "gaps",
    description = {
      "Lists the holes of the streams: when each was noted, why, and how it ended.",
      "Read from the files alone. First comes a sum per venue, then all that are open or given up and",
      "the newest 20 that are filled, then what the words mean. Open are those that are missing or",
      "have no state at all; beside a running collector also what ended since its last checkpoint.",
      "The history that a stream begins with is left out where it has been filled."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 shown, also if there are some, 2 refused",
      "",
      "Example:",
      "  ./candles gaps --open",
      "  ./candles gaps --venue okx --from 2026-01-09 --json"
    })
final class GapsCommand implements Callable<Integer> {
  private static final int MOST_FILLED = 20;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LakeOption lake = new LakeOption();
  @Mixin private StreamOptions streams = new StreamOptions();

  @Option(names = "--open", description = "Only those that are still open.")
  private boolean open;

  @Option(
      names = "--all",
      description = "All that are filled, also the history that streams begin with.")
  private boolean all;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Only from here on: a UTC date, a time, or epoch milliseconds.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Only before this time.")
  private @Nullable String to;

  @Option(names = "--json", description = "One JSON document in place of the table.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    LakeAccounts accounts = new LakeAccounts(lake.root());
    Predicate<StreamKey> wanted = streams.among(accounts.streams());
    long fromMs = from == null ? Long.MIN_VALUE : Times.parse("--from", from);
    long toMs = to == null ? Long.MAX_VALUE : Times.parse("--to", to);
    GapReading read = GapReading.of(accounts, wanted, fromMs, toMs, lake.now());
    List<GapRecord> gaps = new ArrayList<>(all ? read.all() : read.gaps());
    gaps.removeIf(gap -> open && !gap.open());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(AccountJson.gaps(gaps, read.unreadableFiles()));
    } else {
      lake.clock().told().ifPresent(out::println);
      long reachMs = read.streams().stream().mapToLong(StreamAccount::toMs).max().orElse(0);
      show(new GapTable(gaps, reachMs), out);
      List<Newest> newest = read.streams().stream().map(StreamAccount::newest).toList();
      out.println(Newest.line(newest, read.nowMs()));
      Unreadable.warn(accounts, spec.commandLine());
    }
    out.flush();
    return 0;
  }

  private void show(GapTable table, PrintWriter out) {
    for (List<String> part :
        List.of(
            table.summary(), table.lines(all ? Integer.MAX_VALUE : MOST_FILLED), table.legend())) {
      part.forEach(out::println);
      if (!part.isEmpty()) {
        out.println();
      }
    }
  }
}
