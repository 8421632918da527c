package dev.candles.sim.tape;

import dev.candles.core.candle.Timeframe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The candles of one tape, and what the venue later said about them. Larger candles are folded from
 * minutes, so a corrected minute corrects them too. Safe for many threads.
 */
public final class Series {
  private static final long MINUTE = 60_000;
  private static final int CACHED_MINUTES = 2048;
  private static final int MAX_CORRECTIONS = 100_000;

  private final RetimedTape tape;
  private final AtomicReferenceArray<Folded> minutes = new AtomicReferenceArray<>(CACHED_MINUTES);
  private final ConcurrentSkipListMap<Long, Correction> corrections = new ConcurrentSkipListMap<>();

  public Series(Tape tape) {
    this.tape = new RetimedTape(tape);
  }

  /** The trades behind the candles. */
  public Tape tape() {
    return tape;
  }

  /**
   * The candle of the trades that an interval had at {@code asOfMs}, with the corrections known
   * then.
   *
   * @param openTimeMs epoch ms, UTC, aligned to the timeframe
   * @param asOfMs epoch ms, UTC; trades before it count
   * @return empty if there was no trade
   */
  public Optional<TapeCandle> candle(Timeframe timeframe, long openTimeMs, long asOfMs) {
    return fold(timeframe, openTimeMs, asOfMs, asOfMs);
  }

  /**
   * One candle of all trades of a span, with the corrections known at its end.
   *
   * @param fromMs epoch ms, UTC, a whole minute
   * @param toMs epoch ms, UTC; trades before it count
   * @return empty if there was no trade
   */
  public Optional<TapeCandle> span(long fromMs, long toMs) {
    return span(fromMs, toMs, toMs);
  }

  /** The same with the corrections known at {@code knownMs} (epoch ms, UTC). */
  public Optional<TapeCandle> span(long fromMs, long toMs, long knownMs) {
    return fold(fromMs, toMs, knownMs);
  }

  /** Changes with every correction and every late trade. */
  public int version() {
    return tape.version() + corrections.size();
  }

  /** The candle that the trades made in time, whatever was corrected later; empty if none did. */
  public Optional<TapeCandle> original(Timeframe timeframe, long openTimeMs) {
    long end = openTimeMs + timeframe.millis();
    if (!tape.hasLate(end - MINUTE)) {
      return fold(timeframe, openTimeMs, end, Long.MIN_VALUE);
    }
    Optional<TapeCandle> before = fold(timeframe, openTimeMs, end - MINUTE, Long.MIN_VALUE);
    TapeCandle last = fold(tape.inTime(end - MINUTE), openTimeMs, end);
    return last == null ? before : Optional.of(before.map(sum -> sum.plus(last)).orElse(last));
  }

  /**
   * Whether a minute of the interval had been corrected by {@code asOfMs}, or its last trade came
   * after its end.
   */
  public boolean corrected(Timeframe timeframe, long openTimeMs, long asOfMs) {
    if (tape.hasLate(openTimeMs + timeframe.millis() - MINUTE)) {
      return true;
    }
    return corrections.subMap(openTimeMs, openTimeMs + timeframe.millis()).values().stream()
        .anyMatch(correction -> correction.fromMs <= asOfMs);
  }

  /** A flat candle at the last price before the interval; empty before the first trade. */
  public Optional<TapeCandle> flat(long openTimeMs) {
    return tape.lastBefore(openTimeMs).map(trade -> TapeCandle.flat(openTimeMs, trade.price()));
  }

  /**
   * When the last trade before a time was, epoch ms, UTC; of one that a correction tells of, the
   * minute.
   *
   * @param asOfMs with the corrections known then
   */
  public Optional<Long> lastTradedMs(long beforeMs, long asOfMs) {
    return Stream.concat(
            tape.lastBefore(beforeMs).map(Trade::timeMs).stream(),
            corrections.headMap(beforeMs).descendingMap().entrySet().stream()
                .filter(correction -> correction.getValue().fromMs <= asOfMs)
                .map(Map.Entry::getKey)
                .limit(1))
        .max(Long::compare);
  }

  /**
   * From {@code fromMs} on the minute {@code candle.openTimeMs()} is {@code candle}.
   *
   * @return whether it was taken: a minute is corrected once, and their number is bounded
   */
  public boolean correct(TapeCandle candle, long fromMs) {
    return corrections.size() < MAX_CORRECTIONS
        && corrections.putIfAbsent(candle.openTimeMs(), new Correction(candle, fromMs)) == null;
  }

  /** Whether a trade came after the end of its minute. */
  public boolean isLate(Trade trade) {
    return tape.isLate(trade);
  }

  /**
   * The first trade of the minute after {@code minuteMs} turns out to be its last one, or its only
   * one.
   *
   * @return whether it was taken: nobody trades before the listing, and their number is bounded
   */
  public boolean extend(long minuteMs) {
    return tape.extend(minuteMs);
  }

  private Optional<TapeCandle> fold(
      Timeframe timeframe, long openTimeMs, long tradesBeforeMs, long correctionsUntilMs) {
    return fold(
        openTimeMs, Math.min(openTimeMs + timeframe.millis(), tradesBeforeMs), correctionsUntilMs);
  }

  private Optional<TapeCandle> fold(long openTimeMs, long end, long correctionsUntilMs) {
    TapeCandle sum = null;
    for (long at = openTimeMs; at < end; at += MINUTE) {
      TapeCandle minute =
          at + MINUTE <= end ? whole(at, correctionsUntilMs) : fold(tape.minute(at), at, end);
      if (minute != null) {
        sum = sum == null ? minute.at(openTimeMs) : sum.plus(minute);
      }
    }
    return Optional.ofNullable(sum);
  }

  private @Nullable TapeCandle whole(long minuteMs, long correctionsUntilMs) {
    Correction correction = corrections.isEmpty() ? null : corrections.get(minuteMs);
    if (correction != null && correction.fromMs <= correctionsUntilMs) {
      return correction.candle;
    }
    int slot = (int) Math.floorMod(minuteMs / MINUTE, (long) CACHED_MINUTES);
    int version = tape.version();
    Folded folded = minutes.get(slot);
    if (folded == null || folded.minuteMs != minuteMs || folded.version != version) {
      folded =
          new Folded(minuteMs, version, fold(tape.minute(minuteMs), minuteMs, minuteMs + MINUTE));
      minutes.set(slot, folded);
    }
    return folded.candle;
  }

  private static @Nullable TapeCandle fold(List<Trade> trades, long openTimeMs, long endMs) {
    TapeCandle sum = null;
    for (Trade trade : trades) {
      if (trade.timeMs() < endMs) {
        TapeCandle one = TapeCandle.of(openTimeMs, trade);
        sum = sum == null ? one : sum.plus(one);
      }
    }
    return sum;
  }

  private record Correction(TapeCandle candle, long fromMs) {}

  private record Folded(long minuteMs, int version, @Nullable TapeCandle candle) {}
}
