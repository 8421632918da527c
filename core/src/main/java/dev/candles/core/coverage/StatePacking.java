package dev.candles.core.coverage;

import dev.candles.core.candle.Timeframe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the states of a day's intervals are packed into words: two bits each, the first interval in
 * the lowest bits of the first word, {@link #NONE} for one without a state. Two bits hold three
 * states, so whoever packs says which ones. Such words are in savepoints: neither the places nor
 * the codes of the ledger's states ever change.
 */
public final class StatePacking {
  /** The code of no state. */
  public static final int NONE = 0;

  /** How many codes there are, {@link #NONE} among them. */
  public static final int CODES = 4;

  private static final int PER_WORD = 32;

  private final List<IntervalState> states;

  /** Packs these three, by the codes 1, 2 and 3. */
  public StatePacking(IntervalState first, IntervalState second, IntervalState third) {
    this.states = List.of(first, second, third);
  }

  /** The words of a day (UTC) of which nothing is known: 360 bytes for a day of minutes. */
  public static long[] blank(Timeframe timeframe) {
    return new long[(timeframe.perDay() + PER_WORD - 1) / PER_WORD];
  }

  /**
   * The code of a state; {@link #NONE} for null.
   *
   * @throws IllegalArgumentException if it is none of the three
   */
  public int code(@Nullable IntervalState state) {
    int code = state == null ? NONE : states.indexOf(state) + 1;
    if (state != null && code == NONE) {
      throw new IllegalArgumentException("not kept as a state: " + state);
    }
    return code;
  }

  /** The state of a code; null for {@link #NONE}. */
  public @Nullable IntervalState state(int code) {
    return code == NONE ? null : states.get(code - 1);
  }

  /** The code of the day's interval number {@code slot}, from 0. */
  public static int get(long[] words, int slot) {
    return (int) (words[slot / PER_WORD] >>> shift(slot)) & 3;
  }

  /** Sets the code of the day's interval number {@code slot}, from 0. */
  public static void set(long[] words, int slot, int code) {
    long cleared = words[slot / PER_WORD] & ~(3L << shift(slot));
    words[slot / PER_WORD] = cleared | ((long) code << shift(slot));
  }

  private static int shift(int slot) {
    return 2 * (slot % PER_WORD);
  }
}
