package dev.candles.sim.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways in which a venue can misbehave. */
public enum FaultKind {
  /** A closing row, or a trade where the venue sends trades, is not sent. */
  DROP(true),
  /** A closing row, or a trade, is sent twice. */
  REPEAT(true),
  /** A closing row is sent after the first row of the next interval, a trade after the next. */
  REORDER(true),
  /** A closing row and the next interval's first, or two orders' trades, come in one frame. */
  MERGE(true),
  /** Connections stay open and send nothing for the duration. */
  STALL(false),
  /** All connections are closed; new ones refused for the duration. */
  CUT(false),
  /** New connections are refused. */
  REFUSE(false),
  /** Subscriptions are acknowledged, data does not come for the duration. */
  ACK_THEN_SILENCE(false),
  /**
   * A second, different closing row, {@code by} later; or a trade that comes at least {@code by}
   * after the end of its minute. The truth changes with it.
   */
  LATE_CORRECTION(true),
  /** A REST request is refused as one too many, in the venue's form. */
  THROTTLE(false),
  /** A REST request is answered by somebody else, in HTML. */
  HTML(false),
  /** A REST page without rows. */
  EMPTY_PAGE(true),
  /** A REST page with only its newest rows. */
  SHORT_PAGE(true),
  /** A REST page as it was {@code by} ago; nothing says so. */
  STALE_PAGE(true),
  /** A REST page as it was {@code by} ago; Date says when it was made, Age how long that is ago. */
  CACHED(true),
  /** A REST page without one or some rows of its middle, the same ones each time. */
  MISSING_ROW(true),
  /**
   * Rows of a REST candle page whose interval ended less than {@code by} ago lack their last
   * trades, the same ones each time, and are not marked closed where the venue marks.
   */
  HALF_MADE(true),
  /**
   * Closed rows of a REST candle page have another volume than their trades, the same ones each
   * time, and for good: the truth is that of the trades.
   */
  OTHER_VOLUME(true),
  /** An extra frame that cannot be believed. */
  MALFORMED(true),
  /** An extra frame of 10 MB. */
  HUGE_FRAME(true),
  /** The venue's clock, in its time call and Date header, is off {@code by}; behind if negative. */
  CLOCK_SKEW(false),
  /** One subscription stops until it is made anew. */
  SILENT_SYMBOL(true);

  private final boolean perSymbol;

  FaultKind(boolean perSymbol) {
    this.perSymbol = perSymbol;
  }

  /** Whether it hits a symbol, so that a fault may name one. */
  public boolean perSymbol() {
    return perSymbol;
  }

  /** The name in files and counts, for example {@code late_correction}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this label, or empty if there is none. */
  public static Optional<FaultKind> of(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }
}
