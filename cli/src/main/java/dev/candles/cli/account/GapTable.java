package dev.candles.cli.account;

import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gaps as a table, times in UTC. What was noted together and is filled is one line, whether by
 * candles or by proofs of emptiness: in a thin market they alternate.
 */
public final class GapTable {
  private static final List<Integer> NUMBERS = List.of(3);

  /** Its candles ended it, and coverage does not repeat when a candle came. */
  private static final String FILLED = "by candles";

  private final List<Line> lines = new ArrayList<>();
  private final long reachMs;

  /** Neighbours of one stream that are told together. */
  private static final class Line {
    private final GapRecord first;
    private final Set<String> states = new TreeSet<>();
    private final Set<String> evidence = new TreeSet<>();
    private long toMs;
    private long closedAtMs;

    Line(GapRecord first) {
      this.first = first;
      this.toMs = first.fromMs();
      add(first);
    }

    boolean goesOnWith(GapRecord gap) {
      return first.filled()
          && gap.filled()
          && gap.stream().equals(first.stream())
          && gap.fromMs() == toMs
          && gap.reason() == first.reason()
          && gap.openedAtMs() == first.openedAtMs();
    }

    void add(GapRecord gap) {
      toMs = gap.toMs();
      closedAtMs = Math.max(closedAtMs, gap.closedAtMs());
      states.add(state(gap.state()));
      if (gap.evidence() != null) {
        evidence.add(gap.evidence().name());
      }
    }

    List<String> cells() {
      return List.of(
          first.stream().id(),
          CoverageTable.time(first.fromMs()),
          CoverageTable.time(toMs),
          String.valueOf((toMs - first.fromMs()) / first.stream().timeframe().millis()),
          String.join("+", states),
          first.reason() == Reason.NONE ? "-" : first.reason().name(),
          evidence.isEmpty() ? "-" : String.join("+", evidence),
          first.openedAtMs() == 0 ? "never" : CoverageTable.time(first.openedAtMs()),
          ended());
    }

    private String ended() {
      if (first.open()) {
        return "open";
      }
      return closedAtMs == 0 ? FILLED : CoverageTable.time(closedAtMs);
    }
  }

  /**
   * A table of these gaps, those of a stream together and ascending.
   *
   * @param reachMs up to when the lake knows anything of their streams, epoch ms, UTC; 0 if it does
   *     not
   */
  public GapTable(List<GapRecord> gaps, long reachMs) {
    this.reachMs = reachMs;
    for (GapRecord gap : gaps) {
      if (!lines.isEmpty() && lines.get(lines.size() - 1).goesOnWith(gap)) {
        lines.get(lines.size() - 1).add(gap);
      } else {
        lines.add(new Line(gap));
      }
    }
  }

  /** The lines to print. */
  public List<String> lines() {
    if (lines.isEmpty()) {
      return List.of(
          reachMs == 0 ? "No gaps." : "No gaps up to " + CoverageTable.time(reachMs) + ".");
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "STREAM", "FROM", "TO", "INTERVALS", "STATE", "REASON", "EVIDENCE", "NOTED", "ENDED"));
    lines.forEach(line -> rows.add(line.cells()));
    List<String> texts = new ArrayList<>(Columns.align(rows, NUMBERS));
    long open = lines.stream().filter(line -> line.first.open()).count();
    texts.add(String.format(Locale.ROOT, "%d gaps, %d of them open", lines.size(), open));
    return texts;
  }

  static String state(@Nullable IntervalState state) {
    return state == null ? "UNKNOWN" : state.name();
  }
}
