package dev.candles.sim.tape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A tape some of whose trades turn out to be earlier than they were told: the first trade of a
 * minute becomes the last one of the minute before. Ids and times stay in the same order.
 */
final class RetimedTape implements Tape {
  private static final long MINUTE = 60_000;
  private static final int MAX_RETIMED = 100_000;

  private final Tape told;
  private final ConcurrentHashMap<Long, Trade> lateByMinute = new ConcurrentHashMap<>();
  private volatile int version;

  RetimedTape(Tape told) {
    this.told = told;
  }

  /** Counts the changes. */
  int version() {
    return version;
  }

  /** The trades of a minute that came before its end. */
  List<Trade> inTime(long minuteMs) {
    List<Trade> trades = told.minute(minuteMs);
    return hasLate(minuteMs - MINUTE) ? trades.subList(1, trades.size()) : trades;
  }

  /** Whether the last trade of a minute came late. */
  boolean hasLate(long minuteMs) {
    return !lateByMinute.isEmpty() && lateByMinute.containsKey(minuteMs);
  }

  /** Whether a trade came after the end of its minute. */
  boolean isLate(Trade trade) {
    Trade late = lateByMinute.get(Math.floorDiv(trade.timeMs(), MINUTE) * MINUTE);
    return late != null && late.id() == trade.id();
  }

  /**
   * Makes the first trade of the next minute the last one of {@code minuteMs}, which may have been
   * silent until then.
   *
   * @return whether it was done: nobody trades before the listing, and their number is bounded
   */
  boolean extend(long minuteMs) {
    List<Trade> next = minute(minuteMs + MINUTE);
    boolean possible =
        !next.isEmpty()
            && isOpen(minuteMs)
            && !hasLate(minuteMs)
            && !hasLate(minuteMs + MINUTE)
            && lateByMinute.size() < MAX_RETIMED;
    if (possible) {
      Trade first = next.get(0);
      long time = minuteMs + MINUTE - 1;
      lateByMinute.put(
          minuteMs, new Trade(first.id(), time, first.price(), first.size(), first.buy()));
      synchronized (this) {
        version++;
      }
    }
    return possible;
  }

  @Override
  public long listedMs() {
    return told.listedMs();
  }

  @Override
  public int priceScale() {
    return told.priceScale();
  }

  @Override
  public int sizeScale() {
    return told.sizeScale();
  }

  @Override
  public List<Trade> minute(long minuteMs) {
    List<Trade> inTime = inTime(minuteMs);
    Trade late = lateByMinute.isEmpty() ? null : lateByMinute.get(minuteMs);
    if (late == null) {
      return inTime;
    }
    List<Trade> all = new ArrayList<>(inTime);
    all.add(late);
    return all;
  }

  @Override
  public Optional<Trade> lastBefore(long timeMs) {
    Optional<Trade> last = told.lastBefore(timeMs);
    long minute = Math.floorDiv(timeMs, MINUTE) * MINUTE;
    Trade late = lateByMinute.get(minute - MINUTE);
    if (late != null && (last.isEmpty() || last.get().id() < late.id())) {
      return Optional.of(late); // asked between its time and the time at which it was told
    }
    return last.map(this::retimed);
  }

  @Override
  public OptionalLong minuteOf(long id) {
    OptionalLong minute = told.minuteOf(id);
    if (minute.isEmpty()) {
      return minute;
    }
    Trade late = lateByMinute.get(minute.getAsLong() - MINUTE);
    return late != null && late.id() == id ? OptionalLong.of(minute.getAsLong() - MINUTE) : minute;
  }

  private Trade retimed(Trade trade) {
    long minute = Math.floorDiv(trade.timeMs(), MINUTE) * MINUTE;
    Trade late = lateByMinute.get(minute - MINUTE);
    return late != null && late.id() == trade.id() ? late : trade;
  }
}
