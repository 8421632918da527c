package dev.candles.core.rollup;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.lake.HeldParts;
import dev.candles.core.lake.LakeParts;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which larger streams of a subtask may look into the lake at a beat, as their thread has more to
 * do: those that wait longest, a few days of streams, answered by one reading of the log. What that
 * took is followed by a rest of many times as long. Keeps an entry per stream that waits and
 * nothing of its intervals. Kept in memory, not thread-safe.
 */
final class LakeTurns {
  /** Days of streams that are read at a beat. */
  static final int DAYS = 16;

  /** Nothing more is begun at a beat that took so long, real milliseconds. */
  static final long LONGEST_MS = 2_000;

  /** So many times as long as it took the lake is left alone. */
  static final int REST = 20;

  /** Beats after one at which the lake could not be read. */
  static final int REST_AFTER_FAILURE = 20;

  private static final long DAY_MS = Timeframe.D1.millis();

  private final LakeParts lake;
  private final long beatMs;
  private final LongSupplier nanos;

  /** Since which day, epoch ms, a stream wants to know; who waits longest is first. */
  private final Map<StreamKey, Long> waiting = new LinkedHashMap<>();

  private final Set<StreamKey> turns = new LinkedHashSet<>();
  private final Set<StreamKey> minutes = new HashSet<>();
  private long sinceMs;
  private long beat = Long.MIN_VALUE;
  private int share;
  private int rests;
  private long spentMs;
  private LakeParts.@Nullable Reading reading;

  /**
   * @param beatMs from one beat to the next, real milliseconds
   * @param nanos tells how long something takes, nanoseconds
   */
  LakeTurns(LakeParts lake, long beatMs, LongSupplier nanos) {
    this.lake = lake;
    this.beatMs = beatMs;
    this.nanos = nanos;
  }

  /**
   * Has a larger stream wait for its turn.
   *
   * @param dayMs the oldest day that it may ask for, epoch ms, UTC
   */
  void want(StreamKey larger, long dayMs) {
    waiting.merge(larger, dayMs, Math::min);
  }

  boolean isWaiting(StreamKey larger) {
    return waiting.containsKey(larger);
  }

  /**
   * How many days this stream may ask for now; none if it is not its turn. It waits no longer if it
   * is, and wants again what it does not come to.
   *
   * @param at the same for all streams at one beat
   */
  int take(StreamKey larger, long at) {
    if (at != beat) {
      begin(at);
    }
    if (!turns.remove(larger) || isLong()) {
      return 0;
    }
    waiting.remove(larger);
    return share;
  }

  /** Whether this beat took so long that nothing more is begun. */
  boolean isLong() {
    return spentMs >= LONGEST_MS;
  }

  /**
   * What the lake holds of the minutes of a day of a stream whose turn it is.
   *
   * @throws IOException if it cannot be read; after a failure of the log nobody has a turn for long
   */
  HeldParts held(StreamKey larger, long dayMs) throws IOException {
    long began = nanos.getAsLong();
    try {
      return reading().held(larger.in(Timeframe.BASE), dayMs, dayMs + DAY_MS);
    } finally {
      spentMs += (nanos.getAsLong() - began) / 1_000_000;
    }
  }

  private LakeParts.Reading reading() throws IOException {
    LakeParts.Reading read = reading;
    if (read == null) {
      try {
        read = lake.read(minutes, sinceMs);
      } catch (IOException e) {
        turns.clear();
        rests = REST_AFTER_FAILURE;
        throw e;
      }
      reading = read;
    }
    return read;
  }

  private void begin(long at) {
    beat = at;
    reading = null;
    for (StreamKey absent : turns) { // whose timer did not come, as by a clock that was set back
      Long dayMs = waiting.remove(absent);
      if (dayMs != null) {
        waiting.put(absent, dayMs);
      }
    }
    turns.clear();
    minutes.clear();
    rests = Math.max(rests, (int) Math.min(spentMs * REST / beatMs, Integer.MAX_VALUE));
    spentMs = 0;
    if (rests > 0) {
      rests--;
      return;
    }
    sinceMs = Long.MAX_VALUE;
    for (Map.Entry<StreamKey, Long> first : waiting.entrySet()) {
      if (turns.size() < DAYS) {
        turns.add(first.getKey());
        minutes.add(first.getKey().in(Timeframe.BASE));
        sinceMs = Math.min(sinceMs, first.getValue());
      }
    }
    share = DAYS / Math.max(1, turns.size());
  }

  /** How many streams wait: what memory follows. */
  int size() {
    return waiting.size();
  }
}
