package dev.candles.core.health;

/**
 * A time in which a venue failed, from its first failure on, whatever state that led to. Market
 * time, epoch ms, UTC.
 *
 * @param fromMs the first failure
 * @param untilMs the last failure, or when everything answered again
 * @param feed whether a connection failed in it
 * @param rest whether REST did
 */
public record Trouble(long fromMs, long untilMs, boolean feed, boolean rest) {

  /** Whether this part of the venue failed in it. */
  public boolean has(Part part) {
    return part == Part.FEED ? feed : rest;
  }

  /** Of a venue that is ill, while nothing has failed yet. */
  static Trouble none(long atMs) {
    return new Trouble(atMs, atMs, false, false);
  }

  /** Whether it is known what failed in it. */
  boolean hasFailure() {
    return feed || rest;
  }

  Trouble failed(Part part, long atMs) {
    return new Trouble(fromMs, atMs, feed || part == Part.FEED, rest || part == Part.REST);
  }

  Trouble until(long atMs) {
    return new Trouble(fromMs, atMs, feed, rest);
  }

  /** The same by a clock that was set back. */
  Trouble notAfter(long setMs) {
    return new Trouble(Math.min(fromMs, setMs), Math.min(untilMs, setMs), feed, rest);
  }
}
