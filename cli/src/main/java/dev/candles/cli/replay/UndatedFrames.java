package dev.candles.cli.replay;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.Reject;
import dev.candles.core.time.VenueClock;
import dev.candles.sources.venue.Decoded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Frames whose time of receipt nobody wrote down, in their order. A reader knows what time it is
 * and does not believe a stamp that is far ahead of it. Here only the venue's own stamps tell the
 * time, so a frame that is far ahead of those before it waits for one that shows what it was: it is
 * believed if that goes on from there, after a silence, and is not if that goes on from before.
 * Where nothing shows it, it is believed.
 */
final class UndatedFrames {
  /** Frames that tell no time, or a late one, wait behind the one that is ahead. */
  private static final int MAX_HELD = 1_000;

  private static final int MAX_HELD_CHARS = 4 << 20;
  private static final Statement NONE = new Statement("", Long.MIN_VALUE);

  private final Consumer<Read> believed;
  private final Consumer<Read> absurd;
  private final ArrayDeque<Read> held = new ArrayDeque<>();
  private int heldChars;
  private long knownMs = NONE.timeMs();

  /** A time (epoch ms, UTC) that the venue tells live, and the market that it tells it of. */
  record Statement(String symbol, long timeMs) {
    private static Statement of(Decoded decoded) {
      if (decoded instanceof Decoded.LastTrade last) {
        return new Statement(last.symbol(), last.timeMs());
      }
      if (decoded instanceof Decoded.Closed closed) {
        Candle candle = closed.fold().candle();
        return new Statement(candle.stream().symbol(), candle.endTimeMs());
      }
      if (decoded instanceof Decoded.Traded traded && !traded.snapshot()) {
        long latestMs =
            traded.trades().stream().mapToLong(Trade::timeMs).max().orElse(NONE.timeMs());
        return new Statement(traded.symbol(), latestMs);
      }
      return NONE;
    }
  }

  /** A frame, what it says, and who takes what of it is not believed. */
  record Read(String text, List<Decoded> said, Consumer<Reject> rejects) {
    /** The latest time that it tells, of none at all if it tells none. */
    Statement latest() {
      return said.stream()
          .map(Statement::of)
          .max(Comparator.comparingLong(Statement::timeMs))
          .orElse(NONE);
    }
  }

  UndatedFrames(Consumer<Read> believed, Consumer<Read> absurd) {
    this.believed = believed;
    this.absurd = absurd;
  }

  /** Takes the next frame. */
  void take(Read read) {
    long statedMs = read.latest().timeMs();
    if (!held.isEmpty()) {
      boolean goesOn = statedMs > knownMs;
      if (goesOn && isFarAhead(held.getFirst().latest().timeMs(), statedMs)) {
        absurd.accept(held.removeFirst());
        release();
      } else if (goesOn || held.size() >= MAX_HELD || heldChars >= MAX_HELD_CHARS) {
        release();
      } else {
        hold(read);
        return;
      }
    }
    if (knownMs != NONE.timeMs() && isFarAhead(statedMs, knownMs)) {
      hold(read);
    } else {
      believe(read);
    }
  }

  private static boolean isFarAhead(long statedMs, long otherMs) {
    return statedMs > otherMs + VenueClock.MOST_AHEAD_MS;
  }

  private void hold(Read read) {
    held.addLast(read);
    heldChars += read.text().length();
  }

  /** Believes all that waits. */
  void release() {
    List<Read> all = new ArrayList<>(held);
    held.clear();
    heldChars = 0;
    all.forEach(this::believe);
  }

  private void believe(Read read) {
    knownMs = Math.max(knownMs, read.latest().timeMs());
    believed.accept(read);
  }
}
