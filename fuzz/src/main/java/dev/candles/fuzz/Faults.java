package dev.candles.fuzz;

import dev.candles.sim.Simulator;
import dev.candles.sim.fault.FaultsFile;
import dev.candles.sim.fault.FaultsFileException;

/** A list of faults for the simulated venues. */
final class Faults implements Target {
  private static final long START_MS = 1_767_225_600_000L;

  @Override
  public void take(byte[] input) {
    try {
      FaultsFile.parse(
          "faults.yaml", Choice.text(input), START_MS, Simulator.faultKinds(Simulator.VENUES));
    } catch (FaultsFileException refused) {
      Find.unlessSaid(refused);
    }
  }
}
