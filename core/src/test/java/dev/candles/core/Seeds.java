package dev.candles.core;

import java.util.stream.LongStream;

/** The seeds that drive the rules; a failing one is in the test's name. */
public final class Seeds {
  private Seeds() {}

  /** 0 to 199. */
  public static LongStream seeds() {
    return LongStream.range(0, 200);
  }
}
