package dev.candles.cli.account;

import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.Reason;
import dev.candles.text.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Gaps as a table, times in UTC. What was noted together and is filled is one line, whether by
 * candles or by proofs of emptiness: in a thin market they alternate.
 */
public final class GapTable {
  private static final List<Integer> NUMBERS = List.of(3);
  private static final List<Integer> SUMS = List.of(1, 2, 3, 4, 5);

  private final List<GapLine> lines;
  private final long reachMs;

  /**
   * A table of these gaps, those of a stream together and ascending.
   *
   * @param reachMs up to when the lake knows anything of their streams, epoch ms, UTC; 0 if it does
   *     not
   */
  public GapTable(List<GapRecord> gaps, long reachMs) {
    this.lines = GapLine.of(gaps);
    this.reachMs = reachMs;
  }

  /** The lines to print, of all gaps. */
  public List<String> lines() {
    return lines(Integer.MAX_VALUE);
  }

  /**
   * The lines to print, of all gaps that are not filled and of the newest that are.
   *
   * @param mostFilled how many of those
   */
  public List<String> lines(int mostFilled) {
    if (lines.isEmpty()) {
      return List.of(
          reachMs == 0 ? "No gaps." : "No gaps up to " + CoverageTable.time(reachMs) + ".");
    }
    List<GapLine> shown = shown(mostFilled);
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "STREAM", "FROM", "TO", "INTERVALS", "STATE", "REASON", "EVIDENCE", "NOTED", "ENDED"));
    shown.forEach(line -> rows.add(line.cells()));
    List<String> texts = new ArrayList<>(Columns.align(rows, NUMBERS));
    if (shown.size() < lines.size()) {
      texts.add("… and " + (lines.size() - shown.size()) + " more that are filled: --all");
    }
    long open = lines.stream().filter(GapLine::isOpen).count();
    boolean filled = lines.stream().allMatch(GapLine::isFilled);
    texts.add(
        String.format(
            Locale.ROOT,
            "%s, %d open%s",
            Counted.of(lines.size(), "gap"),
            open,
            filled ? "; all filled" : ""));
    return texts;
  }

  private List<GapLine> shown(int mostFilled) {
    Set<GapLine> newest =
        lines.stream()
            .filter(GapLine::isFilled)
            .sorted(Comparator.comparingLong(GapLine::notedAtMs).reversed())
            .limit(mostFilled)
            .collect(Collectors.toSet());
    return lines.stream().filter(line -> !line.isFilled() || newest.contains(line)).toList();
  }

  /** A line a venue: how many, of how many intervals, what became of them, and why they were. */
  public List<String> summary() {
    Map<String, List<GapLine>> venues =
        lines.stream()
            .collect(Collectors.groupingBy(GapLine::venue, TreeMap::new, Collectors.toList()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("VENUE", "GAPS", "INTERVALS", "FILLED", "GIVEN UP", "OPEN", "REASONS"));
    venues.forEach((venue, of) -> rows.add(sums(venue, of)));
    return lines.isEmpty() ? List.of() : Columns.align(rows, SUMS);
  }

  private static List<String> sums(String venue, List<GapLine> lines) {
    long all = intervals(lines);
    long filled = intervals(lines.stream().filter(GapLine::isFilled).toList());
    long open = intervals(lines.stream().filter(GapLine::isOpen).toList());
    return List.of(
        venue,
        String.valueOf(lines.size()),
        String.valueOf(all),
        String.valueOf(filled),
        String.valueOf(all - filled - open),
        String.valueOf(open),
        reasons(lines));
  }

  private static long intervals(List<GapLine> lines) {
    return lines.stream().mapToLong(GapLine::intervals).sum();
  }

  /** How many lines have which reason, the most frequent first. */
  private static String reasons(List<GapLine> lines) {
    return lines.stream()
        .collect(
            Collectors.groupingBy(
                GapLine::reason, () -> new EnumMap<>(Reason.class), Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.<Reason, Long>comparingByValue().reversed())
        .map(
            one ->
                one.getValue() + " " + (one.getKey() == Reason.NONE ? "not noted" : one.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** What the words of its lines mean. */
  public List<String> legend() {
    Legend legend = new Legend();
    lines.forEach(line -> line.explainStates(legend));
    lines.forEach(line -> legend.add(line.reason()));
    lines.forEach(line -> line.explainEnd(legend));
    return legend.lines();
  }
}
