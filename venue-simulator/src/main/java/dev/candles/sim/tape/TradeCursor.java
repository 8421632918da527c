package dev.candles.sim.tape;

import java.util.ArrayList;
import java.util.List;

/** Walks along a tape as time goes on, every trade once, in the order of the ids. One thread. */
public final class TradeCursor {
  private static final long MINUTE = 60_000;
  private static final int MAX_MINUTES_PER_CALL = 60;

  private final Tape tape;
  private long lastId;
  private long minuteMs;

  /**
   * @param fromMs market epoch ms; trades from then on are walked along
   */
  public TradeCursor(Tape tape, long fromMs) {
    this.tape = tape;
    minuteMs = floor(fromMs);
    lastId = tape.lastBefore(fromMs).map(Trade::id).orElse(0L);
  }

  /** The trades before {@code beforeMs} (market epoch ms) that were not given yet. */
  public List<Trade> take(long beforeMs) {
    List<Trade> fresh = new ArrayList<>();
    addMinute(minuteMs - MINUTE, beforeMs, fresh); // one of them may come late
    for (int i = 0; i < MAX_MINUTES_PER_CALL && minuteMs <= beforeMs; i++) {
      addMinute(minuteMs, beforeMs, fresh);
      if (minuteMs + MINUTE > beforeMs) {
        break;
      }
      minuteMs += MINUTE;
    }
    return fresh;
  }

  private void addMinute(long minute, long beforeMs, List<Trade> fresh) {
    for (Trade trade : tape.minute(minute)) {
      if (trade.id() > lastId && trade.timeMs() < beforeMs) {
        fresh.add(trade);
        lastId = trade.id();
      }
    }
  }

  private static long floor(long timeMs) {
    return Math.floorDiv(timeMs, MINUTE) * MINUTE;
  }
}
