package dev.candles.cli.account;

import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamAccount;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Coverage of streams as a table, with a calendar of a cell a day. Days are UTC. */
public final class CoverageTable {
  private static final long DAY_MS = 86_400_000L;
  private static final int LONGEST_CALENDAR = 62;
  private static final List<Integer> NUMBERS = List.of(3, 4, 5, 6, 7, 8, 9, 10, 11);

  private final List<StreamAccount> accounts;
  private final long nowMs;

  /**
   * A table of these streams.
   *
   * @param nowMs market time, epoch ms, UTC
   */
  public CoverageTable(List<StreamAccount> accounts, long nowMs) {
    this.accounts = List.copyOf(accounts);
    this.nowMs = nowMs;
  }

  /** The lines to print. */
  public List<String> lines() {
    long toMs = accounts.stream().mapToLong(StreamAccount::toMs).max().orElse(0);
    long firstMs =
        accounts.stream()
            .filter(a -> a.toMs() > a.fromMs())
            .mapToLong(StreamAccount::fromMs)
            .min()
            .orElse(0);
    long lastDayMs = DayCoverage.dayOf(Math.max(firstMs, toMs - 1));
    long firstDayMs =
        Math.max(DayCoverage.dayOf(firstMs), lastDayMs - (LONGEST_CALENDAR - 1) * DAY_MS);
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "STREAM",
            "FROM",
            "TO",
            "NEWEST",
            "INTERVALS",
            "ACCOUNTED",
            "SETTLED",
            "FINAL",
            "EMPTY",
            "MISSING",
            "UNREC.",
            "UNKNOWN",
            date(firstDayMs) + " … " + date(lastDayMs)));
    StateCounts total = StateCounts.NONE;
    for (StreamAccount account : accounts) {
      StateCounts counts = account.counts();
      total = total.plus(counts);
      String calendar = Calendar.of(days(account, firstDayMs, lastDayMs));
      rows.add(row(account, counts, calendar));
    }
    rows.add(row("all " + accounts.size(), firstMs, toMs, "", total, ""));
    List<String> lines = new ArrayList<>(Columns.align(rows, NUMBERS));
    lines.add("");
    lines.addAll(legend(total));
    lines.add("");
    lines.add(Newest.line(accounts.stream().map(StreamAccount::newest).toList(), nowMs));
    return lines;
  }

  /** What columns and calendar mean; of states those that there are. */
  private static List<String> legend(StateCounts total) {
    Legend legend = new Legend();
    legend.add("ACCOUNTED", "have a state, and be it that their repair is scheduled");
    legend.add("SETTLED", "have their candle or are proven empty");
    state(legend, "FINAL", total.finals(), IntervalState.FINAL);
    state(legend, "EMPTY", total.empty(), IntervalState.VERIFIED_EMPTY);
    state(legend, "MISSING", total.missing(), IntervalState.MISSING);
    state(legend, "UNREC.", total.unrecoverable(), IntervalState.UNRECOVERABLE);
    state(legend, "UNKNOWN", total.unknown(), null);
    legend.add(
        Calendar.LEGEND,
        "a day: full when every interval is settled, lower the more lack, x none is, · outside");
    return legend.lines();
  }

  private static void state(
      Legend legend, String column, long intervals, @Nullable IntervalState state) {
    if (intervals > 0) {
      legend.add(column, IntervalState.wordsOf(state));
    }
  }

  private List<String> row(StreamAccount account, StateCounts counts, String calendar) {
    return row(
        account.stream().id(),
        account.fromMs(),
        account.toMs(),
        account.newest().age(nowMs),
        counts,
        calendar);
  }

  private static List<String> row(
      String name, long fromMs, long toMs, String newest, StateCounts counts, String calendar) {
    boolean none = counts.expected() == 0; // nothing is known yet, not even from when on
    return List.of(
        name,
        none ? "-" : time(fromMs),
        none ? "-" : time(toMs),
        newest,
        String.valueOf(counts.expected()),
        percent(counts, counts.accounted()),
        percent(counts, counts.whole()),
        String.valueOf(counts.finals()),
        String.valueOf(counts.empty()),
        String.valueOf(counts.missing()),
        String.valueOf(counts.unrecoverable()),
        String.valueOf(counts.unknown()),
        calendar);
  }

  private static String percent(StateCounts counts, long part) {
    return counts.expected() == 0
        ? "-"
        : String.format(Locale.ROOT, "%.2f%%", counts.percent(part));
  }

  private static List<StateCounts> days(StreamAccount account, long firstDayMs, long lastDayMs) {
    List<StateCounts> days = new ArrayList<>();
    for (long day = firstDayMs; day <= lastDayMs; day += DAY_MS) {
      days.add(account.counts(day, day + DAY_MS));
    }
    return days;
  }

  static LocalDate date(long epochMs) {
    return Instant.ofEpochMilli(epochMs).atOffset(ZoneOffset.UTC).toLocalDate();
  }

  /** To the minute, which is the least timeframe. */
  static String time(long epochMs) {
    return Instant.ofEpochMilli(epochMs).toString().replace(":00Z", "Z");
  }
}
