package dev.candles.cli.demo;

import static dev.candles.sim.fault.FaultKind.ACK_THEN_SILENCE;
import static dev.candles.sim.fault.FaultKind.CACHED;
import static dev.candles.sim.fault.FaultKind.CLOCK_SKEW;
import static dev.candles.sim.fault.FaultKind.CUT;
import static dev.candles.sim.fault.FaultKind.DROP;
import static dev.candles.sim.fault.FaultKind.EMPTY_PAGE;
import static dev.candles.sim.fault.FaultKind.HTML;
import static dev.candles.sim.fault.FaultKind.HUGE_FRAME;
import static dev.candles.sim.fault.FaultKind.LATE_CORRECTION;
import static dev.candles.sim.fault.FaultKind.MALFORMED;
import static dev.candles.sim.fault.FaultKind.MERGE;
import static dev.candles.sim.fault.FaultKind.REFUSE;
import static dev.candles.sim.fault.FaultKind.REORDER;
import static dev.candles.sim.fault.FaultKind.REPEAT;
import static dev.candles.sim.fault.FaultKind.SHORT_PAGE;
import static dev.candles.sim.fault.FaultKind.SILENT_SYMBOL;
import static dev.candles.sim.fault.FaultKind.STALE_PAGE;
import static dev.candles.sim.fault.FaultKind.STALL;
import static dev.candles.sim.fault.FaultKind.THROTTLE;

import dev.candles.sim.Simulator;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Faults of every kind but half-made, missing and other rows, at every venue that can have it.
 * Those of connections are paced so that some data comes through, and no two venues keep the same
 * pace.
 */
public final class DemoFaults {
  private DemoFaults() {}

  /**
   * The faults.
   *
   * @param untilMs when they end, market epoch ms, UTC
   */
  public static List<Fault> of(Iterable<String> venues, long untilMs) {
    List<Fault> faults = new ArrayList<>();
    int later = 0;
    for (String venue : venues) {
      Set<FaultKind> possible = Simulator.faultKinds(venue);
      for (Fault fault : at(venue, later++)) {
        if (possible.contains(fault.kind())) {
          faults.add(fault.until(untilMs));
        }
      }
    }
    return faults;
  }

  private static List<Fault> at(String venue, int later) {
    return List.of(
        every(DROP, venue, 7 + later),
        every(REPEAT, venue, 5 + later),
        every(REORDER, venue, 6 + later),
        every(MERGE, venue, 8 + later),
        every(LATE_CORRECTION, venue, 9 + later),
        every(MALFORMED, venue, 3 + later),
        every(HUGE_FRAME, venue, 37 + later),
        every(SILENT_SYMBOL, venue, 19 + later),
        every(STALL, venue, 29 + later).lasting(Duration.ofMinutes(2)),
        every(CUT, venue, 23 + later).lasting(Duration.ofMinutes(1)),
        Fault.chance(REFUSE, venue, 0.25).lasting(Duration.ofSeconds(30)),
        Fault.chance(ACK_THEN_SILENCE, venue, 0.25).lasting(Duration.ofMinutes(3)),
        Fault.chance(THROTTLE, venue, 0.1),
        Fault.chance(HTML, venue, 0.1),
        Fault.chance(EMPTY_PAGE, venue, 0.1),
        Fault.chance(SHORT_PAGE, venue, 0.1),
        Fault.chance(STALE_PAGE, venue, 0.1),
        Fault.chance(CACHED, venue, 0.1),
        Fault.chance(CLOCK_SKEW, venue, 0.1));
  }

  private static Fault every(FaultKind kind, String venue, int minutes) {
    return Fault.every(kind, venue, Duration.ofMinutes(minutes));
  }
}
