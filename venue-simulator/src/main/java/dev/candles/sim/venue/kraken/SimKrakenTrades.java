package dev.candles.sim.venue.kraken;

import dev.candles.sim.tape.Tape;
import dev.candles.sim.tape.Trade;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** REST's trades of one pair, as of a market time, oldest first (kraken.md section 6). */
final class SimKrakenTrades {
  private static final long MINUTE = 60_000;

  private final Tape tape;
  private final long asOfMs;
  private final int count;

  SimKrakenTrades(Tape tape, long asOfMs, int count) {
    this.tape = tape;
    this.asOfMs = asOfMs;
    this.count = count;
  }

  /** The most recent ones. */
  List<Trade> latest() {
    List<Trade> rows = new ArrayList<>();
    Optional<Trade> last = tape.lastBefore(asOfMs);
    while (last.isPresent() && rows.size() < count) {
      long minute = last.get().timeMs() / MINUTE * MINUTE;
      List<Trade> trades = tape.minute(minute);
      for (int i = trades.size() - 1; i >= 0 && rows.size() < count; i--) {
        if (trades.get(i).timeMs() < asOfMs) {
          rows.add(trades.get(i));
        }
      }
      last = tape.lastBefore(minute);
    }
    Collections.reverse(rows);
    return rows;
  }

  /** The first ones from {@code nanos} (epoch ns, inclusive) on; equal times may be cut apart. */
  List<Trade> from(long nanos) {
    List<Trade> rows = new ArrayList<>();
    long fromMs = Math.max(nanos / KrakenTimes.NANOS_PER_MS, tape.listedMs());
    long newestMs = tape.lastBefore(asOfMs).map(Trade::timeMs).orElse(Long.MIN_VALUE);
    long minute = fromMs / MINUTE * MINUTE;
    while (minute <= newestMs && rows.size() < count) {
      for (Trade trade : tape.minute(minute)) {
        boolean wanted = KrakenTimes.nanos(trade) >= nanos && trade.timeMs() < asOfMs;
        if (wanted && rows.size() < count) {
          rows.add(trade);
        }
      }
      minute += MINUTE;
    }
    return rows;
  }
}
