package dev.candles.core.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.time.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link TradeAggregator} and {@link Finalizer} together, fed by a venue that loses, repeats,
 * delays and cuts, restarted at any moment and moved from reader to reader: half of the seeds have
 * a venue that states its last id each second, the others one that only sends trades and a longer
 * snapshot.
 */
class TradeChainTest {
  private static final int MINUTES = 40;
  private static final long CLOCK_GRACE_MS = 8_000;
  private static final TradeAggregator.Waits WAITS = new TradeAggregator.Waits(2_000, 4_500, 1_000);

  private SplittableRandom random = new SplittableRandom();
  private TradeTape tape = new TradeTape(new SplittableRandom(), 1, 1);
  private boolean states;

  private final TreeMap<Long, Candle> finals = new TreeMap<>();
  private Intervals empties = Intervals.empty();
  private Intervals gaps = Intervals.empty();
  private final FinalizerStore store = FinalizerStore.inMemory();
  private Finalizer finalizer = new Finalizer(store, Retention.COLLECTOR);
  private long clockMs;
  private @Nullable TradeAggregator folder;
  private @Nullable TradeAggregator former;
  private long formerUntilMs;
  private int notHeld;

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void whatLeavesIsTheTruthAndNoIntervalIsForgotten(long seed) {
    prepare(seed);
    run(random.nextInt(1, 5) * 3, true);
    assertEverythingIsAccounted();
  }

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void withoutFaultsEveryIntervalAfterTheFirstIsProvenWithoutRepair(long seed) {
    prepare(seed);
    run(0, false);
    assertEverythingIsAccounted();
    assertThat(notHeld).as("statements of ids that never came").isZero();
    if (states) {
      assertThat(gaps.length()).isLessThanOrEqualTo(2 * Candles.MINUTE);
    }
    Intervals traded =
        Intervals.ofOpenTimes(
            finals.keySet().stream().mapToLong(Long::longValue).toArray(), Candles.MINUTE);
    Intervals left =
        Intervals.of(Candles.T0 + 2 * Candles.MINUTE, store.frontierMs())
            .minus(traded)
            .minus(empties);
    // the last trades of a venue that states nothing are never followed
    assertThat(left.length()).isLessThanOrEqualTo(states ? 0 : 8 * Candles.MINUTE);
  }

  private void prepare(long seed) {
    random = new SplittableRandom(seed);
    states = seed % 2 == 0;
    tape = new TradeTape(random, MINUTES, states ? 900 : 1_900);
  }

  private record Delivery(
      long atMs, long order, @Nullable Trade trade, boolean snapshot, long statedMs, long statedId)
      implements Comparable<Delivery> {
    @Override
    public int compareTo(Delivery other) {
      return atMs != other.atMs ? Long.compare(atMs, other.atMs) : Long.compare(order, other.order);
    }
  }

  private void run(int faultPercent, boolean restarts) {
    long now = Candles.T0 + random.nextInt(50_000);
    long end = Candles.T0 + MINUTES * Candles.MINUTE;
    PriorityQueue<Delivery> wire = new PriorityQueue<>();
    long order = 0;
    int sent = tape.countAt(now, 0);
    startReader(now);
    order = snapshot(wire, sent, now, order);
    long cutUntil = 0;
    for (; now < end; now += 50) {
      if (restarts && random.nextInt(15_000) == 0) {
        wire.clear();
        now += random.nextInt(90_000);
        sent = tape.countAt(now, sent);
        startReader(now);
        order = snapshot(wire, sent, now, order);
      } else if (restarts && random.nextInt(12_000) == 0) {
        moveToAnotherReader(now);
        order = snapshot(wire, sent, now, order);
      } else if (restarts && random.nextInt(8_000) == 0) {
        wire.clear();
        cutUntil = now + random.nextInt(40_000);
      }
      int reached = tape.countAt(now, sent);
      if (now < cutUntil) {
        sent = reached;
      } else if (cutUntil > 0) {
        cutUntil = 0;
        sent = reached;
        order = snapshot(wire, sent, now, order);
      }
      for (; sent < reached; sent++) {
        order = send(wire, tape.trades.get(sent), now, faultPercent, order);
      }
      if (states && now >= cutUntil && now % 1_000 < 50 && sent > 0) {
        long id = tape.trades.get(sent - 1).id();
        wire.add(new Delivery(now + delay(faultPercent), order++, null, false, now, id));
      }
      deliver(wire, now);
    }
  }

  private long send(
      PriorityQueue<Delivery> wire, Trade trade, long now, int faultPercent, long order) {
    int copies = random.nextInt(100) < faultPercent ? random.nextInt(3) : 1;
    for (int i = 0; i < copies; i++) {
      wire.add(new Delivery(now + delay(faultPercent), order++, trade, false, 0, 0));
    }
    return order;
  }

  private long delay(int faultPercent) {
    return random.nextInt(100) < faultPercent ? random.nextInt(1_500) : 0;
  }

  private long snapshot(PriorityQueue<Delivery> wire, int sent, long now, long order) {
    for (int i = Math.max(0, sent - (states ? 1 : 20)); i < sent; i++) {
      wire.add(new Delivery(now, order++, tape.trades.get(i), true, 0, 0));
    }
    return order;
  }

  private void deliver(PriorityQueue<Delivery> wire, long now) {
    TradeAggregator reader = Objects.requireNonNull(folder);
    for (Delivery d = wire.peek(); d != null && d.atMs() <= now; d = wire.peek()) {
      wire.remove();
      if (d.trade() != null) {
        reader.trade(d.trade(), d.snapshot(), now);
      } else {
        notHeld += reader.lastTrade(d.statedMs(), d.statedId(), now) ? 0 : 1;
      }
      if (former != null && now < formerUntilMs && d.trade() != null) {
        former.trade(d.trade(), d.snapshot(), now);
      }
    }
    reader.tick(now);
    while (clockMs + Candles.MINUTE + CLOCK_GRACE_MS <= now) {
      clockMs += Candles.MINUTE;
      tell(new LiveEvent.Clock(Candles.STREAM, clockMs));
    }
  }

  /** A new process: the lake is announced, gaps of before have been repaired from the truth. */
  private void startReader(long now) {
    long announced = Math.floorDiv(now, Candles.MINUTE) * Candles.MINUTE;
    long before = folder == null ? Candles.T0 : store.frontierMs();
    gaps = gaps.union(Intervals.of(before, Math.max(before, announced)));
    clockMs = announced;
    former = null;
    finalizer = new Finalizer(store, Retention.COLLECTOR);
    tell(new LiveEvent.Announced(Candles.STREAM, lake(Math.max(before, announced))));
    folder = new TradeAggregator(Candles.STREAM, announced, WAITS, this::tell, oddity -> {});
  }

  private StreamBootstrap lake(long toMs) {
    long[] opens = finals.keySet().stream().mapToLong(Long::longValue).toArray();
    long[] held = Intervals.ofOpenTimes(opens, Candles.MINUTE).toArray();
    long[] none = {};
    return new StreamBootstrap(
        Candles.T0,
        toMs,
        held,
        empties.toArray(),
        none,
        0,
        0,
        "BTC-USDT",
        Evidence.TRADE_CHAIN,
        List.copyOf(finals.values()));
  }

  /** Another reader takes the market over; the one before it may speak on for a while. */
  private void moveToAnotherReader(long now) {
    former = folder;
    formerUntilMs = now + random.nextInt(90_000);
    long announced = Math.floorDiv(now, Candles.MINUTE) * Candles.MINUTE;
    folder = new TradeAggregator(Candles.STREAM, announced, WAITS, this::tell, oddity -> {});
  }

  private void tell(LiveEvent event) {
    finalizer.take(
        event,
        new FinalizerOutput() {
          @Override
          public void ledger(LedgerEvent told) {
            proven(told);
          }

          @Override
          public void repair(RepairEvent told) {
            doubtful(told);
          }
        });
  }

  private void proven(LedgerEvent told) {
    if (told instanceof LedgerEvent.Final proven) {
      assertThat(tape.made(proven.candle())).as("made by the venue: %s", proven).isTrue();
      finals.put(told.fromMs(), proven.candle());
    } else if (told instanceof LedgerEvent.Empty) {
      for (long o = told.fromMs(); o < told.toMs(); o += Candles.MINUTE) {
        assertThat(tape.isSilent(o)).as("silent: %d", o).isTrue();
      }
      empties = empties.union(Intervals.of(told.fromMs(), told.toMs()));
    }
  }

  private void doubtful(RepairEvent told) {
    if (told instanceof RepairEvent.Gap missing) {
      Intervals gap = Intervals.fromArray(missing.missing());
      assertThat(gaps.intersect(gap).isEmpty()).as("a gap is named once").isTrue();
      gaps = gaps.union(gap);
    }
  }

  private void assertEverythingIsAccounted() {
    List<Long> forgotten = new ArrayList<>();
    for (long open = Candles.T0; open < store.frontierMs(); open += Candles.MINUTE) {
      if (!finals.containsKey(open) && !empties.contains(open) && !gaps.contains(open)) {
        forgotten.add(open);
      }
    }
    assertThat(forgotten).isEmpty();
    assertThat(store.frontierMs())
        .isGreaterThanOrEqualTo(Candles.T0 + (MINUTES - 2) * Candles.MINUTE);
    assertThat(finals.size() + empties.length()).isPositive();
  }
}
