package dev.candles.sources.source.reader;

/**
 * Keeps a venue's connection attempts apart: all connections of a reader together, and those of
 * several readers, each of which has its own turns of a time that all of them know.
 */
final class ConnectGate {
  private static final long NONE = Long.MIN_VALUE;

  private final long intervalMs;
  private final long lateMs;
  private int place;
  private int readers = 1;
  private long earliestMs = NONE;
  private long turnMs = NONE;

  /**
   * @param intervalMs least market time between two attempts
   * @param tickMs market time within which whoever wants to pass asks again
   */
  ConnectGate(long intervalMs, long tickMs) {
    this.intervalMs = intervalMs;
    this.lateMs = Math.max(intervalMs, tickMs);
  }

  /**
   * So many readers connect to the venue, and take turns from now on.
   *
   * @param newPlace which of them this one is, from 0
   */
  void share(int newPlace, int newReaders) {
    place = newPlace;
    readers = newReaders;
    turnMs = NONE;
  }

  /** When the next attempt may start, at the earliest, as far as known. */
  long opensMs() {
    return Math.max(earliestMs, turnMs);
  }

  /**
   * Whether an attempt may start at {@code nowMs}; counts it if so.
   *
   * @param nowMs by the steady clock
   * @param sharedMs the same by the clock that all readers share
   */
  boolean tryPass(long nowMs, long sharedMs) {
    if (nowMs < earliestMs) {
      return false;
    }
    boolean missed = turnMs != NONE && nowMs - turnMs > lateMs;
    if (turnMs == NONE || (missed && !isOwnSlot(sharedMs))) {
      turnMs = nowMs + untilTurnMs(sharedMs); // one that nobody took is of no use later
    }
    if (nowMs < turnMs) {
      return false;
    }
    turnMs = NONE;
    earliestMs = nowMs + intervalMs;
    return true;
  }

  /**
   * Whether it is less than an interval since a turn of this reader began. Without it one that
   * looks too seldom would miss each turn that it waits for. Slots of several do not overlap.
   */
  private boolean isOwnSlot(long sharedMs) {
    long roundMs = readers * intervalMs;
    return roundMs > 0 && Math.floorMod(sharedMs - place * intervalMs, roundMs) < intervalMs;
  }

  private long untilTurnMs(long sharedMs) {
    long roundMs = readers * intervalMs;
    return roundMs == intervalMs ? 0 : Math.floorMod(place * intervalMs - sharedMs, roundMs);
  }
}
