package dev.candles.sim.venue;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.tape.Trade;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The quotes of one market. Whole minutes are folded once a minute, so that a quote may be asked
 * for with every trade. Safe for many threads.
 */
public final class Quotes {
  private static final long MINUTE = 60_000;
  private static final long DAY = 86_400_000;

  private final Series series;
  private volatile @Nullable Behind behind;

  public Quotes(Series series) {
    this.series = series;
  }

  /** The quote at a moment (market epoch ms); empty before the first trade. */
  public Optional<Quote> at(long nowMs) {
    return series.tape().lastBefore(nowMs).map(last -> quote(last, nowMs));
  }

  private Quote quote(Trade last, long nowMs) {
    long minute = Math.floorDiv(nowMs, MINUTE) * MINUTE;
    Behind whole = behind(minute, nowMs);
    Optional<TapeCandle> current = series.span(minute, nowMs);
    TapeCandle flat = TapeCandle.flat(minute, last.price());
    return new Quote(
        nowMs,
        last,
        joined(whole.day, current).orElse(flat),
        joined(whole.today, current).orElse(flat),
        series.tape().priceScale(),
        series.tape().sizeScale());
  }

  private Behind behind(long minuteMs, long nowMs) {
    int version = series.version();
    Behind held = behind;
    if (held == null || held.minuteMs != minuteMs || held.version != version) {
      held =
          new Behind(
              minuteMs,
              version,
              series.span(minuteMs - DAY, minuteMs, nowMs),
              series.span(Timeframe.D1.floor(minuteMs), minuteMs, nowMs));
      behind = held;
    }
    return held;
  }

  private static Optional<TapeCandle> joined(
      Optional<TapeCandle> before, Optional<TapeCandle> after) {
    return before.isPresent() && after.isPresent()
        ? Optional.of(before.get().plus(after.get()))
        : before.or(() -> after);
  }

  /** The whole minutes before the current one. */
  private record Behind(
      long minuteMs, int version, Optional<TapeCandle> day, Optional<TapeCandle> today) {}
}
