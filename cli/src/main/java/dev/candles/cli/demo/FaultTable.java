package dev.candles.cli.demo;

import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.Faults;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** How many faults of which kind came, a line a kind that was meant to come, a column a venue. */
final class FaultTable {
  private FaultTable() {}

  /**
   * The table, each line ended.
   *
   * @param planned where a kind is not planned at a venue there is a dash
   */
  static String of(Faults counts, List<Fault> planned, Collection<String> venues) {
    StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%-28s", "faults injected"));
    venues.forEach(venue -> table.append(cell(venue)));
    for (FaultKind kind : FaultKind.values()) {
      List<Fault> of = planned.stream().filter(fault -> fault.kind() == kind).toList();
      if (!of.isEmpty()) {
        table.append(String.format(Locale.ROOT, "%n%-28s", kind.label()));
        for (String venue : venues) {
          boolean here = of.stream().anyMatch(fault -> fault.venue().equals(venue));
          table.append(cell(here ? Long.toString(counts.counted(kind, venue)) : "-"));
        }
      }
    }
    return table.append(System.lineSeparator()).toString();
  }

  private static String cell(String text) {
    return String.format(Locale.ROOT, "%10s", text);
  }
}
