package dev.candles.sim.venue.coinbase;

import dev.candles.sim.tape.Tape;
import dev.candles.sim.tape.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** REST's trades: paged by id, newest first, down to the first one (coinbase.md section 6). */
final class SimCoinbaseTrades {
  private static final long MINUTE = 60_000;

  private SimCoinbaseTrades() {}

  /**
   * The newest trades with {@code before < id < after} that had happened at {@code asOfMs}.
   *
   * @param most bounds the list
   */
  static List<Trade> newestFirst(Tape tape, long after, long before, int most, long asOfMs) {
    List<Trade> rows = new ArrayList<>();
    Optional<Trade> newest = tape.lastBefore(asOfMs);
    long end = asOfMs;
    if (newest.isEmpty() || newest.get().id() >= after) {
      OptionalLong minute = after <= 1 ? OptionalLong.empty() : tape.minuteOf(after - 1);
      if (minute.isEmpty()) {
        return rows; // below the first one
      }
      end = Math.min(asOfMs, minute.getAsLong() + MINUTE);
    }
    long minute = Math.floorDiv(end, MINUTE) * MINUTE;
    while (rows.size() < most) {
      List<Trade> trades = tape.minute(minute);
      for (int i = trades.size() - 1; i >= 0 && rows.size() < most; i--) {
        Trade trade = trades.get(i);
        if (trade.id() <= before) {
          return rows;
        }
        if (trade.id() < after && trade.timeMs() < asOfMs) {
          rows.add(trade);
        }
      }
      List<Trade> older = tape.lastBefore(minute).map(List::of).orElse(List.of());
      if (older.isEmpty()) {
        return rows;
      }
      minute = Math.floorDiv(older.get(0).timeMs(), MINUTE) * MINUTE;
    }
    return rows;
  }
}
