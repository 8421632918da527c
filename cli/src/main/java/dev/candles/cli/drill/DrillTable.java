package dev.candles.cli.drill;

import dev.candles.cli.account.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was measured, for people: a row for each kill, then one for each kind. Pure. */
final class DrillTable {
  private static final List<Integer> NUMBERS_OF_KILLS = List.of(0, 4, 5, 6, 7, 8);
  private static final List<Integer> NUMBERS_OF_KINDS = List.of(1, 2, 3);
  private static final long MEGABYTE = 1_000_000;

  private final List<Outcome> outcomes;
  private final long intervalMs;

  /**
   * @param intervalMs between two checkpoints
   */
  DrillTable(List<Outcome> outcomes, long intervalMs) {
    this.outcomes = List.copyOf(outcomes);
    this.intervalMs = intervalMs;
  }

  /** Real seconds since the signal. */
  List<String> kills() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "KILL",
            "KIND",
            "PROCESS",
            "MARKET TIME",
            "RUNNING",
            "CHECKPOINT",
            "CANDLE",
            "-INTERVAL",
            "BOUND",
            "",
            "RSS MB"));
    for (Outcome one : outcomes) {
      rows.add(
          List.of(
              String.valueOf(one.kill().number()),
              kind(one),
              one.role(),
              Instant.ofEpochMilli(one.marketMs() / 1_000 * 1_000).toString(),
              seconds(one.runningMs()),
              seconds(one.checkpointMs()),
              seconds(one.candleMs()),
              seconds(one.candleMs() - intervalMs),
              seconds(one.boundMs(intervalMs)),
              one.inTime(intervalMs) ? "✓" : "✗",
              memory(one)));
    }
    return Columns.align(rows, NUMBERS_OF_KILLS);
  }

  /** From the signal to the first new candle, real seconds. */
  List<String> kinds() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("KIND", "KILLS", "MEDIAN", "MAX"));
    for (String kind : outcomes.stream().map(DrillTable::kind).distinct().sorted().toList()) {
      List<Long> sorted =
          outcomes.stream()
              .filter(one -> kind(one).equals(kind))
              .map(Outcome::candleMs)
              .sorted()
              .toList();
      rows.add(
          List.of(
              kind,
              String.valueOf(sorted.size()),
              seconds(median(sorted)),
              seconds(sorted.get(sorted.size() - 1))));
    }
    return Columns.align(rows, NUMBERS_OF_KINDS);
  }

  private static long median(List<Long> sorted) {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static String kind(Outcome one) {
    return one.kill().kind().label() + (one.kill().freeze() ? " frozen" : "");
  }

  static String seconds(long ms) {
    return String.format(Locale.ROOT, "%.1f", ms / 1_000.0);
  }

  /** {@code jm1 280 jm2 250 tm1 410 tm2 400}. */
  private static String memory(Outcome one) {
    return one.memory().entrySet().stream()
        .map(each -> shortly(each.getKey()) + " " + each.getValue() / MEGABYTE)
        .collect(Collectors.joining(" "));
  }

  private static String shortly(String role) {
    return role.replace("jobmanager-", "jm").replace("taskmanager-", "tm");
  }
}
