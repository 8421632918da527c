package dev.candles.cli.account;

import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Neighbours of one stream that are told together. */
final class GapLine {
  /** Its candles ended it, and coverage does not repeat when a candle came. */
  private static final String FILLED = "by candles";

  private static final String NEVER = "never";
  private static final String OPEN = "open";
  private static final String NOTHING = "-";

  private final GapRecord first;
  private final Set<Evidence> evidence = EnumSet.noneOf(Evidence.class);
  private final List<IntervalState> ends = new ArrayList<>();
  private long toMs;
  private long closedAtMs;

  private GapLine(GapRecord first) {
    this.first = first;
    this.toMs = first.fromMs();
    add(first);
  }

  /** What was noted together and is filled is one line; gaps of a stream ascending. */
  static List<GapLine> of(List<GapRecord> gaps) {
    List<GapLine> lines = new ArrayList<>();
    for (GapRecord gap : gaps) {
      if (!lines.isEmpty() && lines.get(lines.size() - 1).goesOnWith(gap)) {
        lines.get(lines.size() - 1).add(gap);
      } else {
        lines.add(new GapLine(gap));
      }
    }
    return lines;
  }

  private boolean goesOnWith(GapRecord gap) {
    return first.filled()
        && gap.filled()
        && gap.stream().equals(first.stream())
        && gap.fromMs() == toMs
        && gap.reason() == first.reason()
        && gap.openedAtMs() == first.openedAtMs();
  }

  private void add(GapRecord gap) {
    toMs = gap.toMs();
    closedAtMs = Math.max(closedAtMs, gap.closedAtMs());
    if (gap.state() != null && !ends.contains(gap.state())) {
      ends.add(gap.state());
    }
    if (gap.evidence() != null) {
      evidence.add(gap.evidence());
    }
  }

  String venue() {
    return first.stream().venue();
  }

  Reason reason() {
    return first.reason();
  }

  boolean isOpen() {
    return first.open();
  }

  boolean isFilled() {
    return first.filled();
  }

  /** Market time at which it was noted, epoch ms, UTC; 0 if it never was. */
  long notedAtMs() {
    return first.openedAtMs();
  }

  long intervals() {
    return (toMs - first.fromMs()) / first.stream().timeframe().millis();
  }

  List<String> cells() {
    return List.of(
        first.stream().id(),
        CoverageTable.time(first.fromMs()),
        CoverageTable.time(toMs),
        String.valueOf(intervals()),
        ends.isEmpty() ? IntervalState.nameOf(first.state()) : joined(ends),
        reason() == Reason.NONE ? NOTHING : reason().name(),
        evidence.isEmpty() ? NOTHING : joined(List.copyOf(evidence)),
        notedAtMs() == 0 ? NEVER : CoverageTable.time(notedAtMs()),
        ended());
  }

  private static String joined(List<? extends Enum<?>> words) {
    return words.stream().map(Enum::name).sorted().collect(Collectors.joining("+"));
  }

  private String ended() {
    if (isOpen()) {
      return OPEN;
    }
    return closedAtMs == 0 ? FILLED : CoverageTable.time(closedAtMs);
  }

  /** Adds what its states mean. */
  void explainStates(Legend legend) {
    if (ends.isEmpty()) {
      legend.add(first.state());
    }
    ends.forEach(legend::add);
  }

  /** Adds what its evidence means, and how it ended where the log does not say when. */
  void explainEnd(Legend legend) {
    evidence.forEach(legend::add);
    if (ended().equals(FILLED)) {
      legend.add(FILLED, "their candles came; the command explain tells when");
    }
  }
}
