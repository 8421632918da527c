package dev.candles.sim.tape;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A seeded market, computed on demand.
 *
 * <p>Price: what {@link RandomPath} says. Ids: the number of trades before hour h is {@code h × K +
 * jitter(h)}, a closed form, and an hour's trades are dealt out among its minutes; so ids have no
 * hole and need no prefix from the origin. The minute of the listing always trades, and the first
 * trade ever has id 1.
 */
final class RandomTape implements Tape {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final int SILENCE = 100;
  private static final int WEIGHT = 101;
  private static final int JITTER = 102;
  private static final int TRADE = 103;
  private static final int MOST_WEIGHT = 9;
  private static final int CACHED_HOURS = 256;
  private static final long MOST_TRADES = 1L << 50;

  private final RandomMarket market;
  private final Noise noise;
  private final RandomPath path;
  private final long perHour;
  private final long listedMinute;
  private final long firstHour;
  private final long base;
  private final long beforeFirst;
  private final AtomicReferenceArray<Hour> hours = new AtomicReferenceArray<>(CACHED_HOURS);

  RandomTape(long seed, String venue, String symbol, RandomMarket market) {
    this.market = market;
    noise = new Noise(seed, venue + "/" + symbol);
    path = new RandomPath(seed, venue, symbol);
    perHour = market.tradesPerMinute() * 60L;
    listedMinute = Math.floorDiv(market.listedMs() + MINUTE - 1, MINUTE);
    firstHour = Math.floorDiv(listedMinute, 60);
    base = 1_000_000 + Math.floorMod(noise.bits(JITTER, -1), 100_000_000L);
    Hour first = computeHour(firstHour);
    beforeFirst = first.firstNumber + first.before[(int) Math.floorMod(listedMinute, 60L)] - 1;
  }

  @Override
  public long listedMs() {
    return listedMinute * MINUTE;
  }

  @Override
  public int priceScale() {
    return market.priceScale();
  }

  @Override
  public int sizeScale() {
    return market.sizeScale();
  }

  @Override
  public List<Trade> minute(long minuteMs) {
    long minute = Math.floorDiv(minuteMs, MINUTE);
    if (minute < listedMinute) {
      return List.of();
    }
    Hour hour = hour(Math.floorDiv(minute, 60));
    int slot = (int) Math.floorMod(minute, 60L);
    return deal(
        minute, hour.firstNumber + hour.before[slot], hour.before[slot + 1] - hour.before[slot]);
  }

  @Override
  public Optional<Trade> lastBefore(long timeMs) {
    for (long at = Math.floorDiv(timeMs, MINUTE) * MINUTE;
        at >= listedMs();
        at -= MINUTE) { // ends within two hours: no hour is silent
      List<Trade> trades = minute(at);
      for (int i = trades.size() - 1; i >= 0; i--) {
        if (trades.get(i).timeMs() < timeMs) {
          return Optional.of(trades.get(i));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public OptionalLong minuteOf(long id) {
    if (id < 1 || id > MOST_TRADES) {
      return OptionalLong.empty();
    }
    long number = id + beforeFirst;
    long hour = firstHour + Math.floorDiv(number - base, perHour);
    while (firstNumber(hour) > number) {
      hour--;
    }
    while (firstNumber(hour + 1) <= number) {
      hour++;
    }
    Hour held = hour(hour);
    int slot = 0;
    while (held.firstNumber + held.before[slot + 1] <= number) {
      slot++;
    }
    return OptionalLong.of(hour * HOUR + slot * MINUTE);
  }

  /** Number of the first trade of an hour; ids are numbers that begin with the listing. */
  private long firstNumber(long hour) {
    long jitter = Math.floorMod(noise.bits(JITTER, hour), perHour / 2);
    return base + (hour - firstHour) * perHour + jitter;
  }

  private Hour hour(long hour) {
    int slot = (int) Math.floorMod(hour, (long) CACHED_HOURS);
    Hour held = hours.get(slot);
    if (held == null || held.hour != hour) {
      held = computeHour(hour);
      hours.set(slot, held);
    }
    return held;
  }

  private Hour computeHour(long hour) {
    long firstNumber = firstNumber(hour);
    int trades = (int) (firstNumber(hour + 1) - firstNumber);
    int[] weights = new int[60];
    int total = 0;
    for (int i = 0; i < 60; i++) {
      long minute = hour * 60 + i;
      boolean silent = noise.unit(SILENCE, minute) < market.silence();
      int busy = 1 + (int) Math.floorMod(noise.bits(WEIGHT, minute), (long) MOST_WEIGHT);
      weights[i] = minute == listedMinute ? MOST_WEIGHT : silent ? 0 : busy;
      total += weights[i];
    }
    if (total == 0) { // the hour's ids must go somewhere
      weights[0] = 1;
      total = 1;
    }
    int[] before = new int[61];
    long sum = 0;
    for (int i = 0; i < 60; i++) {
      sum += weights[i];
      before[i + 1] = (int) (sum * trades / total);
    }
    return new Hour(hour, firstNumber, before);
  }

  private List<Trade> deal(long minute, long firstNumber, int count) {
    List<Trade> trades = new ArrayList<>(count);
    long from = ticks(minute);
    long to = ticks(minute + 1);
    double spread = Math.max(2, from * 0.0003);
    Trade last = null;
    for (int i = 0; i < count; i++) {
      long id = firstNumber + i - beforeFirst;
      long bits = noise.bits(TRADE, firstNumber + i);
      double jitter = ((bits >>> 8 & 0xFFFF) / 32768.0 - 1) * spread;
      long price = Math.max(1, from + (to - from) * i / count + Math.round(jitter));
      double within = i + (bits >>> 24 & 0xFFFF) / 65536.0;
      long time = minute * MINUTE + (long) (within * MINUTE / count);
      BigDecimal size = size((bits >>> 40 & 0xFFFFF) / 1_048_576.0);
      last =
          last != null && (bits & 7) == 0 // one order that took several
              ? new Trade(id, last.timeMs(), last.price(), size, last.buy())
              : new Trade(
                  id, time, BigDecimal.valueOf(price, market.priceScale()), size, (bits & 64) != 0);
      trades.add(last);
    }
    return trades;
  }

  private BigDecimal size(double unit) {
    double lots = market.typicalSize() * Math.pow(10, market.sizeScale()) * -Math.log1p(-unit);
    return BigDecimal.valueOf(1 + (long) lots, market.sizeScale());
  }

  private long ticks(long minute) {
    double price = market.basePrice() * path.factor(minute);
    return Math.max(10, Math.round(price * Math.pow(10, market.priceScale())));
  }

  /** How many of an hour's trades come before each of its minutes. */
  private static final class Hour {
    private final long hour;
    private final long firstNumber;
    private final int[] before;

    Hour(long hour, long firstNumber, int[] before) {
      this.hour = hour;
      this.firstNumber = firstNumber;
      this.before = before;
    }
  }
}
