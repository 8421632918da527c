package dev.candles.sim.tape;

import dev.candles.sim.tape.RecordedSeries.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Plays a recorded series: each candle becomes one to four trades (open, the extremes, close) that
 * fold back into exactly that candle. A row without volume has no trade, as has an absent one; a
 * five-minute row is spread over its minutes.
 */
final class RecordedTape implements Tape {
  private static final long MINUTE = 60_000;

  private final long stepMs;
  private final long listedMs;
  private final List<Row> rows; // with volume only
  private final long[] openTimes;
  private final long[] firstIds;
  private final int priceScale;
  private final int sizeScale;

  RecordedTape(RecordedSeries series) {
    stepMs = series.stepMs();
    listedMs = series.rows().get(0).openTimeMs();
    rows = series.rows().stream().filter(row -> row.volume().signum() > 0).toList();
    openTimes = new long[rows.size()];
    firstIds = new long[rows.size()];
    long nextId = 1;
    int prices = 0;
    int sizes = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      openTimes[i] = row.openTimeMs();
      firstIds[i] = nextId;
      nextId += path(row).size();
      prices = Math.max(prices, Math.max(scale(row.high()), scale(row.low())));
      sizes = Math.max(sizes, scale(row.volume()));
    }
    priceScale = prices;
    sizeScale = sizes + 2;
  }

  @Override
  public long listedMs() {
    return listedMs;
  }

  @Override
  public int priceScale() {
    return priceScale;
  }

  @Override
  public int sizeScale() {
    return sizeScale;
  }

  @Override
  public List<Trade> minute(long minuteMs) {
    int index = floor(openTimes, minuteMs);
    if (index < 0 || openTimes[index] + stepMs <= minuteMs) {
      return List.of();
    }
    return trades(index).stream()
        .filter(t -> t.timeMs() >= minuteMs && t.timeMs() < minuteMs + MINUTE)
        .toList();
  }

  @Override
  public Optional<Trade> lastBefore(long timeMs) {
    int last = floor(openTimes, timeMs);
    for (int index = last; index >= Math.max(0, last - 1); index--) {
      List<Trade> trades = trades(index);
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
    int index = floor(firstIds, id);
    List<Trade> trades = index < 0 ? List.of() : trades(index);
    long within = index < 0 ? 0 : id - firstIds[index];
    if (within >= trades.size()) {
      return OptionalLong.empty();
    }
    long time = trades.get((int) within).timeMs();
    return OptionalLong.of(Math.floorDiv(time, MINUTE) * MINUTE);
  }

  private List<Trade> trades(int index) {
    Row row = rows.get(index);
    List<BigDecimal> path = path(row);
    int count = path.size();
    List<Trade> trades = new ArrayList<>(count);
    BigDecimal rest = row.volume();
    for (int i = 0; i < count; i++) {
      BigDecimal part =
          row.volume()
              .divide(
                  BigDecimal.valueOf(count),
                  Math.max(0, row.volume().scale()) + 2,
                  RoundingMode.DOWN);
      BigDecimal size = i == count - 1 ? rest : part;
      rest = rest.subtract(size);
      long time = row.openTimeMs() + stepMs * (2L * i + 1) / (2L * count);
      boolean buy = i == 0 || path.get(i).compareTo(path.get(i - 1)) >= 0;
      trades.add(new Trade(firstIds[index] + i, time, path.get(i), size, buy));
    }
    return trades;
  }

  private static List<BigDecimal> path(Row row) {
    boolean up = row.close().compareTo(row.open()) >= 0;
    BigDecimal first = up ? row.low() : row.high();
    BigDecimal second = up ? row.high() : row.low();
    List<BigDecimal> path = new ArrayList<>(4);
    for (BigDecimal price : List.of(row.open(), first, second, row.close())) {
      if (path.isEmpty() || path.get(path.size() - 1).compareTo(price) != 0) {
        path.add(price);
      }
    }
    return path;
  }

  private static int scale(BigDecimal value) {
    return Math.max(0, value.stripTrailingZeros().scale());
  }

  /** Index of the last element that is not above {@code key}, -1 if there is none. */
  private static int floor(long[] sorted, long key) {
    int at = Arrays.binarySearch(sorted, key);
    return at >= 0 ? at : -at - 2;
  }
}
