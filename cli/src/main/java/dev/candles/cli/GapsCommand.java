package dev.candles.cli;

import dev.candles.cli.account.AccountJson;
import dev.candles.cli.account.GapTable;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapHistory;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.view.LakeAccounts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
      "Read from the files alone. Open are those that are missing or have no state at all. The",
      "history that a stream begins with is left out where it has been filled. The reason AWAY: the",
      "collector was not there. UNKNOWN: nothing is written yet; beside a running collector that is",
      "what ended since its last checkpoint. Ended 'by candles': `candles explain` tells when they",
      "came."
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
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LakeOption lake = new LakeOption();
  @Mixin private StreamOptions streams = new StreamOptions();

  @Option(names = "--open", description = "Only those that are still open.")
  private boolean open;

  @Option(names = "--all", description = "Also the history that streams begin with.")
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
    Set<StreamKey> bases =
        accounts.streams().stream()
            .filter(wanted)
            .map(stream -> stream.in(Timeframe.BASE))
            .collect(Collectors.toSet());
    Map<StreamKey, List<CoverageRow>> changes =
        accounts.changes(stream -> wanted.test(stream) || bases.contains(stream));
    List<StreamAccount> read = accounts.read(wanted, fromMs, toMs);
    long nowMs = lake.nowMs(); // what was written while it was read is not of the future
    List<StreamAccount> found = read.stream().map(a -> a.over(nowMs)).toList();
    List<GapRecord> gaps = new ArrayList<>();
    for (StreamAccount account : found) {
      List<CoverageRow> rows = changes.getOrDefault(account.stream(), List.of());
      List<GapRecord> mine = GapHistory.of(account, rows);
      StreamKey base = account.stream().in(Timeframe.BASE);
      gaps.addAll(
          all
              ? mine
              : GapHistory.withoutBeginning(mine, rows, changes.getOrDefault(base, List.of())));
    }
    gaps.removeIf(gap -> open && !gap.open());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(AccountJson.gaps(gaps, accounts.unreadableFiles()));
    } else {
      long reachMs = found.stream().mapToLong(StreamAccount::toMs).max().orElse(0);
      new GapTable(gaps, reachMs).lines().forEach(out::println);
      List<Newest> newest = found.stream().map(StreamAccount::newest).toList();
      out.println(Newest.line(newest, nowMs));
      Unreadable.warn(accounts, out);
    }
    out.flush();
    return 0;
  }
}
