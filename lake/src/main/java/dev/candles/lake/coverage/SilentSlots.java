package dev.candles.lake.coverage;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which intervals of a stream are called empty, on what evidence, and where what was said of them
 * at once begins: a byte for each interval of a day (UTC) that has some.
 */
final class SilentSlots {
  private static final long DAY_MS = Timeframe.D1.millis();

  /** No evidence, and then those of {@link Evidence}. */
  private static final int FIRST_CODE = 1;

  private static final List<Evidence> EVIDENCES = List.of(Evidence.values());
  private static final int CODE = 0x3f;
  private static final int BEGINS = 0x40;

  private final Timeframe timeframe;

  /** By days since 1970. */
  private final NavigableMap<Long, byte[]> days = new TreeMap<>();

  SilentSlots(Timeframe timeframe) {
    this.timeframe = timeframe;
  }

  /** Is told of the silent intervals. */
  interface Visitor {
    void silent(long fromMs, long toMs, @Nullable Evidence evidence);
  }

  /** Calls whole intervals of a day, or of two neighbouring ones, empty. */
  void set(long fromMs, long toMs, @Nullable Evidence evidence) {
    clear(fromMs, toMs);
    int code = evidence == null ? FIRST_CODE : FIRST_CODE + 1 + EVIDENCES.indexOf(evidence);
    for (long day = day(fromMs); day <= day(toMs - 1); day++) {
      byte[] slots = days.computeIfAbsent(day, same -> new byte[timeframe.perDay()]);
      int from = slot(day, fromMs);
      Arrays.fill(slots, from, slot(day, toMs), (byte) code);
      slots[from] = (byte) (code | BEGINS);
    }
  }

  /** Takes whole intervals out, of however many days. */
  void clear(long fromMs, long toMs) {
    long first = day(fromMs);
    long last = day(toMs - 1);
    days.subMap(first, false, last, false).clear();
    for (long day : first == last ? new long[] {first} : new long[] {first, last}) {
      byte[] slots = days.get(day);
      if (slots != null) {
        int to = slot(day, toMs);
        Arrays.fill(slots, slot(day, fromMs), to, (byte) 0);
        if (to < slots.length && slots[to] != 0) {
          slots[to] = (byte) (slots[to] | BEGINS);
        }
      }
    }
  }

  /** Tells those of {@code [fromMs, toMs)}, ascending, a day (UTC) at a time, cut to it. */
  void forEach(long fromMs, long toMs, Visitor visitor) {
    if (toMs <= fromMs) {
      return;
    }
    days.subMap(day(fromMs), true, day(toMs - 1), true)
        .forEach((day, slots) -> tell(day, slots, slot(day, fromMs), slot(day, toMs), visitor));
  }

  private void tell(long day, byte[] slots, int from, int to, Visitor visitor) {
    int start = from;
    for (int slot = from + 1; slot <= to; slot++) {
      boolean ends =
          slot == to
              || (slots[slot] & CODE) != (slots[start] & CODE)
              || (slots[slot] & BEGINS) != 0;
      if (ends) {
        int code = slots[start] & CODE;
        if (code != 0) {
          visitor.silent(ms(day, start), ms(day, slot), evidence(code));
        }
        start = slot;
      }
    }
  }

  private static @Nullable Evidence evidence(int code) {
    return code == FIRST_CODE ? null : EVIDENCES.get(code - FIRST_CODE - 1);
  }

  /** How many days are kept. */
  int size() {
    return days.size();
  }

  private static long day(long epochMs) {
    return Math.floorDiv(epochMs, DAY_MS);
  }

  /** The place of an instant within a day, or the nearer end of the day. */
  private int slot(long day, long epochMs) {
    long own = day(epochMs);
    if (own != day) {
      return own < day ? 0 : timeframe.perDay();
    }
    return (int) (Math.floorMod(epochMs, DAY_MS) / timeframe.millis());
  }

  private long ms(long day, int slot) {
    return day * DAY_MS + slot * timeframe.millis();
  }
}
