package dev.candles.core.ledger;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.StreamBootstrap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The states of one stream's intervals, two bits per interval for ever, in a store by days. Made
 * for one event or one hour, in which nobody else may change them: the day that was read last is
 * not read again.
 */
final class StreamCoverage {
  private static final long DAY_MS = Timeframe.D1.millis();

  private final StreamKey stream;
  private final LedgerStore store;
  private long readDay;
  private @Nullable DayCoverage read;

  StreamCoverage(StreamKey stream, LedgerStore store) {
    this.stream = stream;
    this.store = store;
  }

  StreamKey stream() {
    return stream;
  }

  /** Forgets what was thought of the announced range and believes the lake instead. */
  void replace(StreamBootstrap lake) {
    Intervals range = Intervals.of(lake.fromMs(), lake.toMs());
    Intervals finals = Intervals.fromArray(lake.finals());
    Intervals empties = Intervals.fromArray(lake.empties());
    Intervals givenUp = lake.lostWithin();
    long last = lake.toMs() - 1;
    for (long day = DayCoverage.dayOf(lake.fromMs()); day <= last; day += DAY_MS) {
      DayCoverage coverage = day(day);
      coverage.set(range, null);
      coverage.set(finals, IntervalState.FINAL);
      coverage.set(empties, IntervalState.VERIFIED_EMPTY);
      coverage.set(givenUp, IntervalState.UNRECOVERABLE);
      put(day, coverage);
    }
  }

  @Nullable IntervalState of(long openTimeMs) {
    return day(openTimeMs).state(openTimeMs);
  }

  void set(long openTimeMs, IntervalState state) {
    DayCoverage coverage = day(openTimeMs);
    coverage.set(openTimeMs, state);
    put(DayCoverage.dayOf(openTimeMs), coverage);
  }

  void set(Intervals range, IntervalState state) {
    for (int i = 0; i < range.count(); i++) {
      long last = range.to(i) - 1;
      for (long day = DayCoverage.dayOf(range.from(i)); day <= last; day += DAY_MS) {
        DayCoverage coverage = day(day);
        coverage.set(range, state);
        put(day, coverage);
      }
    }
  }

  /** The intervals of {@code [fromMs, toMs)} whose state is one that {@code concerned} picks. */
  Intervals pick(long fromMs, long toMs, Predicate<@Nullable IntervalState> concerned) {
    long step = stream.timeframe().millis();
    Intervals.Builder picked = new Intervals.Builder(4);
    DayCoverage day = day(fromMs);
    long dayMs = DayCoverage.dayOf(fromMs);
    for (long open = fromMs; open < toMs; open += step) {
      if (DayCoverage.dayOf(open) != dayMs) {
        dayMs = DayCoverage.dayOf(open);
        day = day(open);
      }
      if (concerned.test(day.state(open))) {
        picked.add(open, open + step);
      }
    }
    return picked.build();
  }

  /** First open time from {@code fromMs} on without a state. */
  long firstUnknown(long fromMs) {
    long at = fromMs;
    long end = DayCoverage.dayOf(at);
    do {
      end += DAY_MS;
      at = day(end - 1).firstUnknown(at);
    } while (at == end);
    return at;
  }

  private DayCoverage day(long epochMs) {
    long day = DayCoverage.dayOf(epochMs);
    DayCoverage known = read;
    if (known == null || readDay != day) {
      known = DayCoverage.of(stream.timeframe(), epochMs, store.days().get(day));
      read = known;
      readDay = day;
    }
    return known;
  }

  private void put(long day, DayCoverage coverage) {
    if (coverage.isBlank()) {
      store.days().remove(day);
    } else {
      store.days().put(day, coverage.words());
    }
  }
}
