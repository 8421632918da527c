package dev.candles.sim.fault;

import java.util.List;

/** A list of faults that cannot be understood; names all that is wrong with it. */
public final class FaultsFileException extends Exception {
  private final List<String> problems;

  FaultsFileException(String name, List<String> problems) {
    super(name + ": " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each problem, with the line and the number of the fault. */
  public List<String> problems() {
    return problems;
  }
}
