package dev.candles.batch.quality.check;

import dev.candles.core.candle.CandleCheck;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Volumes;
import dev.candles.core.finality.Version;
import dev.candles.lake.parquet.RawCandle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks 2 to 5 and the day of check 11: what can be said of a row without any other. A row that
 * fails one of them is not asked the next, so that one fault is found once.
 */
public final class RowChecks implements DayCheck {
  private static final Set<String> EVIDENCE =
      Arrays.stream(Evidence.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

  @Override
  public void check(Day day, Findings findings) {
    Stream.concat(day.rows().stream(), day.revisions().stream())
        .forEach(row -> check(day, row, findings));
  }

  private static void check(Day day, Day.Row row, Findings findings) {
    RawCandle candle = row.candle();
    if (!day.inDay(candle)) {
      day.report(
          FindingType.WRONG_DAY, row, "the partition is of " + day.partition().date(), findings);
    } else if (!day.onGrid(candle)) {
      long rest = Math.floorMod(candle.openTimeMs(), day.partition().stream().timeframe().millis());
      day.report(FindingType.MISALIGNED, row, rest + " ms after the grid", findings);
    } else if (!quality(day, row, findings)) {
      ohlcAndFinality(day, row, findings);
    }
  }

  /** Check 3; true if something was found. */
  private static boolean quality(Day day, Day.Row row, Findings findings) {
    RawCandle c = row.candle();
    if (!areNumbers(c) && badNumber(day, row, findings)) {
      return true;
    }
    Volumes volumes = c.volumes();
    double takerBuy = orZero(volumes.takerBuy());
    if (takerBuy > volumes.base() && !Version.sameVolume(takerBuy, volumes.base())) {
      String value = "taker_buy_volume=" + takerBuy + " volume=" + volumes.base();
      day.report(FindingType.TAKER_BUY_TOO_LARGE, row, value, findings);
      return true;
    }
    Long count = c.tradeCount();
    if (count != null && count < 0) {
      day.report(FindingType.NEGATIVE, row, "trade_count=" + count, findings);
      return true;
    }
    if (!EVIDENCE.contains(c.evidence())) {
      day.report(FindingType.UNKNOWN_EVIDENCE, row, "evidence=" + c.evidence(), findings);
      return true;
    }
    Optional<CandleCheck.Problem> problem = CandleCheck.outOfBounds(day.candle(c));
    problem.ifPresent(
        found -> day.report(FindingType.OUT_OF_BOUNDS, row, found.detail(), findings));
    return problem.isPresent();
  }

  /** Whether no price and volume is bad: asked of each row, so that few are looked at closely. */
  private static boolean areNumbers(RawCandle c) {
    return isAbove0(c.open())
        && isAbove0(c.high())
        && isAbove0(c.low())
        && isAbove0(c.close())
        && isVolume(c.volumes().base())
        && isVolume(orZero(c.volumes().quote()))
        && isVolume(orZero(c.volumes().takerBuy()));
  }

  private static boolean isAbove0(double price) {
    return price > 0 && price < Double.POSITIVE_INFINITY;
  }

  private static boolean isVolume(double volume) {
    return volume >= 0 && volume < Double.POSITIVE_INFINITY;
  }

  /** Reports the first that is none; true if there is one. */
  private static boolean badNumber(Day day, Day.Row row, Findings findings) {
    RawCandle c = row.candle();
    Volumes volumes = c.volumes();
    String[] names = {"open", "high", "low", "close", "volume", "quote_volume", "taker_buy_volume"};
    double[] values = {
      c.open(),
      c.high(),
      c.low(),
      c.close(),
      volumes.base(),
      orZero(volumes.quote()),
      orZero(volumes.takerBuy())
    };
    for (int i = 0; i < values.length; i++) {
      FindingType kind = null;
      if (Double.isNaN(values[i])) {
        kind = FindingType.NAN;
      } else if (Double.isInfinite(values[i])) {
        kind = FindingType.INFINITE;
      } else if (values[i] < 0 || (i < 4 && values[i] == 0)) {
        kind = FindingType.NEGATIVE;
      }
      if (kind != null) {
        day.report(kind, row, names[i] + "=" + values[i], findings);
        return true;
      }
    }
    return false;
  }

  private static double orZero(@Nullable Double value) {
    return value == null ? 0 : value;
  }

  /** Checks 4 and 5. */
  private static void ohlcAndFinality(Day day, Day.Row row, Findings findings) {
    RawCandle c = row.candle();
    if (c.high() < Math.max(c.open(), c.close())) {
      day.report(FindingType.HIGH_TOO_LOW, row, ohlc(c), findings);
    } else if (c.low() > Math.min(c.open(), c.close())) {
      day.report(FindingType.LOW_TOO_HIGH, row, ohlc(c), findings);
    }
    if (!c.closed()) {
      day.report(FindingType.NOT_CLOSED, row, "is_closed=false", findings);
    }
  }

  private static String ohlc(RawCandle c) {
    return String.format(
        Locale.ROOT, "open=%s high=%s low=%s close=%s", c.open(), c.high(), c.low(), c.close());
  }
}
