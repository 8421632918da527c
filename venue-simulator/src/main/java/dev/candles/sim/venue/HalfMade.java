package dev.candles.sim.venue;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.Faults;
import dev.candles.sim.tape.Tape;
import dev.candles.sim.tape.Trade;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How whole the rows of one candle page are: while {@link FaultKind#HALF_MADE} hits the page, rows
 * whose interval ended a short while ago count only its first trades, always the same ones. A row
 * never vanishes by it. Asked by one thread, row after row; counted once, with the first such row.
 */
public final class HalfMade {
  private static final long MINUTE = 60_000;

  private final Faults faults;
  private final String venue;
  private final String symbol;
  private final long number;
  private final long nowMs;
  private final long asOfMs;
  private @Nullable Fault fault;

  HalfMade(Faults faults, String venue, String symbol, long number, long nowMs, long asOfMs) {
    this.faults = faults;
    this.venue = venue;
    this.symbol = symbol;
    this.number = number;
    this.nowMs = nowMs;
    this.asOfMs = asOfMs;
  }

  /** Whether an interval is over (its end is epoch ms, UTC), and for the venue not yet. */
  public boolean hits(long endMs) {
    if (endMs > asOfMs) {
      return false; // in progress
    }
    if (fault == null) {
      fault =
          faults
              .peek(FaultKind.HALF_MADE, venue, symbol, number, nowMs, one -> isYoung(endMs, one))
              .orElse(null);
      if (fault == null) {
        return false;
      }
      faults.count(FaultKind.HALF_MADE, venue);
    }
    return isYoung(endMs, fault);
  }

  /**
   * The market time (epoch ms) whose earlier trades the row of an interval counts, so far as this
   * fault limits them.
   */
  public long countedMs(Tape tape, Timeframe timeframe, long openTimeMs) {
    long end = openTimeMs + timeframe.millis();
    Optional<Trade> last = tape.lastBefore(end);
    if (end > asOfMs || last.isEmpty() || last.get().timeMs() < openTimeMs) {
      return Long.MAX_VALUE; // in progress, or silent
    }
    long firstMs = first(tape, openTimeMs);
    long span = last.get().timeMs() - firstMs;
    if (span == 0 || !hits(end)) {
      return Long.MAX_VALUE; // one order made it
    }
    return firstMs + 1 + Math.floorMod(faults.noise(venue, symbol, openTimeMs), span);
  }

  /** Time of the first trade of an interval that has one. */
  private static long first(Tape tape, long openTimeMs) {
    long minute = openTimeMs;
    while (tape.minute(minute).isEmpty()) {
      minute += MINUTE;
    }
    return tape.minute(minute).get(0).timeMs();
  }

  private boolean isYoung(long endMs, Fault one) {
    return endMs > asOfMs - one.by().toMillis();
  }
}
