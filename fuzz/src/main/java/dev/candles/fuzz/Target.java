package dev.candles.fuzz;

import java.io.IOException;

/** Something that reads what others wrote. */
interface Target {
  /**
   * Has an input read, and checks what was made of it. What the reader may refuse, it may refuse
   * with the exception that it declares, which the target takes; whatever comes out of here is a
   * find.
   *
   * @throws IOException if the machine fails, not the input
   */
  void take(byte[] input) throws IOException;

  /** How many lines of an input are read one after the other, each for itself. */
  default long lines(byte[] input) {
    return 1;
  }
}
