package dev.candles.cli.account;

import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Gaps as a table, times in UTC. */
public final class GapTable {
  private static final List<Integer> NUMBERS = List.of(3);

  private final List<GapRecord> gaps;

  /** A table of these gaps. */
  public GapTable(List<GapRecord> gaps) {
    this.gaps = List.copyOf(gaps);
  }

  /** The lines to print. */
  public List<String> lines() {
    if (gaps.isEmpty()) {
      return List.of("No gaps.");
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "STREAM", "FROM", "TO", "INTERVALS", "STATE", "REASON", "EVIDENCE", "NOTED", "ENDED"));
    for (GapRecord gap : gaps) {
      rows.add(
          List.of(
              gap.stream().id(),
              CoverageTable.time(gap.fromMs()),
              CoverageTable.time(gap.toMs()),
              String.valueOf(gap.intervals()),
              state(gap.state()),
              gap.reason() == Reason.NONE ? "-" : gap.reason().name(),
              String.valueOf(gap.evidence() == null ? "-" : gap.evidence()),
              gap.openedAtMs() == 0 ? "never" : CoverageTable.time(gap.openedAtMs()),
              ended(gap)));
    }
    List<String> lines = new ArrayList<>(Columns.align(rows, NUMBERS));
    long open = gaps.stream().filter(GapRecord::open).count();
    lines.add(String.format(Locale.ROOT, "%d gaps, %d of them open", gaps.size(), open));
    return lines;
  }

  private static String ended(GapRecord gap) {
    if (gap.open()) {
      return "open";
    }
    return gap.closedAtMs() == 0 ? "-" : CoverageTable.time(gap.closedAtMs());
  }

  static String state(@Nullable IntervalState state) {
    return state == null ? "UNKNOWN" : state.name();
  }
}
