package dev.candles.job.operator;

import static dev.candles.job.operator.FeedDrill.MINUTE;
import static dev.candles.job.operator.FeedDrill.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Provenance;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From the frame to the ledger, whatever our clock shows: the same candles, silences and gaps. */
class WrongClockFeedTest {
  private static final int MINUTES = 14;
  private static final long BEFORE = T0 - 20_000;
  private static final long[] OFF_MS = {-600_000, -90_000, 90_000, 180_000, 600_000};

  static Stream<Arguments> clocks() {
    List<Arguments> all = new ArrayList<>();
    for (String venue : List.of("coinbase", "kraken", "okx")) {
      for (long off : OFF_MS) {
        LongUnaryOperator always = right -> right + off;
        LongUnaryOperator stepping =
            right -> right < T0 + 5 * MINUTE + 31_000 ? right : right + off;
        LongUnaryOperator mended = right -> right < T0 + 7 * MINUTE + 2_000 ? right + off : right;
        LongUnaryOperator wild = right -> right + off * ((right - T0) / (3 * MINUTE) % 2);
        all.add(Arguments.of(venue, "always " + off, always));
        all.add(Arguments.of(venue, "set by " + off, stepping));
        all.add(Arguments.of(venue, "mended from " + off, mended));
        all.add(Arguments.of(venue, "set again and again by " + off, wild));
      }
    }
    return all.stream();
  }

  /** A market with silent minutes, its frames on the wire by the right time of their arrival. */
  private static TreeMap<Long, String> wire(FeedDrill feed, String venue) {
    SplittableRandom random = new SplittableRandom(7);
    TreeMap<Long, String> wire = new TreeMap<>();
    long id = 99;
    wire.put(T0 - 5_000, feed.snapshot(id, T0 - 30_000));
    for (int second = 0; second < MINUTES * 60; second++) {
      long ms = T0 + second * 1_000L;
      boolean silent = second / 60 % 4 == 2;
      if (!silent && random.nextInt(10) < 4) {
        id++;
        wire.put(ms + random.nextLong(20, 300), feed.trade(id, ms));
      }
      if (!silent && second % 60 == 0 && second > 0) {
        wire.put(ms + 350, feed.trade(++id, ms + 310));
        wire.put(ms + 400, feed.trade(++id, ms - 290)); // of the minute that seems over
      }
      if (venue.equals("coinbase")) {
        wire.put(ms + 510 + random.nextLong(100), feed.heartbeat(id, ms + 500));
      }
    }
    return wire;
  }

  private static void okx(FeedDrill feed, TreeMap<Long, String> wire) {
    for (int minute = 0; minute < MINUTES; minute++) {
      wire.put(T0 + (minute + 1) * MINUTE + 120, feed.closed(minute, "1" + minute % 2));
    }
  }

  private record Seen(List<LedgerEvent> told, long[] gaps, List<RepairEvent.Trades> asked) {}

  private static Seen seen(String venue, LongUnaryOperator clock, long... dates) throws Exception {
    try (FeedDrill feed = new FeedDrill(venue)) {
      TreeMap<Long, String> wire = new TreeMap<>();
      if (venue.equals("okx")) {
        okx(feed, wire);
      } else {
        wire.putAll(wire(feed, venue));
      }
      feed.setClock(clock);
      for (long date : dates) {
        feed.answered(date);
      }
      for (long ms = BEFORE; ms < T0 + MINUTES * MINUTE + 10_000; ms++) {
        if (ms % 100 == 0) {
          feed.tick(ms);
        }
        String frame = wire.get(ms);
        if (frame != null) {
          feed.say(frame, ms);
        }
      }
      assertThat(feed.rejects).isEmpty();
      assertThat(feed.oddities).isEmpty();
      List<LedgerEvent> told = feed.told().stream().map(WrongClockFeedTest::undated).toList();
      return new Seen(told, feed.gaps().toArray(), feed.repairs(RepairEvent.Trades.class));
    }
  }

  /** When it was received is ours to say. */
  private static LedgerEvent undated(LedgerEvent event) {
    if (!(event instanceof LedgerEvent.Final told)) {
      return event;
    }
    Candle c = told.candle();
    return new LedgerEvent.Final(
        new Candle(
            c.stream(),
            c.openTimeMs(),
            c.prices(),
            c.volumes(),
            c.trades(),
            new Provenance(c.evidence(), c.provenance().source(), c.revision(), 0)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("clocks")
  void theLedgerIsToldTheSame(String venue, String name, LongUnaryOperator clock) throws Exception {
    assertSame(seen(venue, ms -> ms, BEFORE), seen(venue, clock, BEFORE));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("clocks")
  void theFeedAloneTellsTheTimeWhereNoAnswerDid(String venue, String name, LongUnaryOperator clock)
      throws Exception {
    assertSame(seen(venue, ms -> ms, BEFORE), seen(venue, clock));
  }

  private static void assertSame(Seen right, Seen wrong) {
    assertThat(right.told()).hasSizeGreaterThan(MINUTES - 3);
    assertThat(wrong.told()).usingRecursiveComparison().isEqualTo(right.told());
    assertThat(wrong.gaps()).isEqualTo(right.gaps());
    assertThat(wrong.asked()).usingRecursiveComparison().isEqualTo(right.asked());
  }
}
