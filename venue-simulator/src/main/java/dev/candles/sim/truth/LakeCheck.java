package dev.candles.sim.truth;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.lake.LakeView;
import dev.candles.core.lake.StreamInventory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares a lake with the truth. Walks over the truth, day by day, never over what happens to be
 * in the lake; then looks for what only the lake holds.
 */
public final class LakeCheck {
  private static final double VOLUME_TOLERANCE = 1e-8;
  private static final int SHOWN = 5;

  private final Truth truth;
  private final LakeView lake;

  public LakeCheck(Truth truth, LakeView lake) {
    this.truth = truth;
    this.lake = lake;
  }

  /**
   * Compares all intervals of some streams that open at or after {@code fromMs} and end at or
   * before {@code horizonMs} (market time, epoch ms, UTC; not in the truth's future).
   *
   * @throws IOException if the lake cannot be read
   */
  public LakeComparison compare(List<StreamKey> streams, long fromMs, long horizonMs)
      throws IOException {
    List<LakeComparison.Stream> results = new ArrayList<>();
    for (StreamKey stream : streams) {
      results.add(compare(stream, fromMs, horizonMs));
    }
    return new LakeComparison(results);
  }

  /**
   * The streams that have no unknown interval between {@code fromMs} and {@code horizonMs} (epoch
   * ms, UTC): cheap, says nothing about values.
   *
   * @throws IOException if the lake cannot be read
   */
  public List<StreamKey> accounted(List<StreamKey> streams, long fromMs, long horizonMs)
      throws IOException {
    List<StreamKey> accounted = new ArrayList<>();
    for (StreamInventory held : lake.scan(streams, fromMs, horizonMs, horizonMs)) {
      Timeframe timeframe = held.stream().timeframe();
      long first = Math.max(timeframe.ceil(fromMs), truth.firstOpen(held.stream()));
      long end = timeframe.floor(horizonMs);
      boolean covered = held.fromMs() <= first && held.toMs() >= end;
      if (end <= first || (covered && unknown(held, first, end) == 0)) {
        accounted.add(held.stream());
      }
    }
    return accounted;
  }

  private static long unknown(StreamInventory held, long from, long to) {
    return held.unknown().intersect(Intervals.of(from, to)).length();
  }

  private LakeComparison.Stream compare(StreamKey stream, long fromMs, long horizonMs)
      throws IOException {
    Timeframe timeframe = stream.timeframe();
    long from = Math.max(timeframe.ceil(fromMs), truth.firstOpen(stream));
    long to = Math.max(from, timeframe.floor(horizonMs));
    StreamInventory held = lake.scan(List.of(stream), from, to, to).get(0);
    Tally tally = new Tally();
    for (long day = from; day < to; day = Timeframe.D1.floor(day) + Timeframe.D1.millis()) {
      long end = Math.min(to, Timeframe.D1.floor(day) + Timeframe.D1.millis());
      compareDay(stream, day, end, held, tally);
    }
    return tally.result(stream);
  }

  private void compareDay(StreamKey stream, long from, long to, StreamInventory held, Tally tally)
      throws IOException {
    Map<Long, Candle> found = new TreeMap<>();
    for (Candle candle : lake.candles(stream, from, to)) {
      if (found.put(candle.openTimeMs(), candle) != null) {
        tally.invented(candle.openTimeMs(), "one candle", "a second one: " + show(candle));
      }
    }
    for (TrueCandle expected : truth.candles(stream, from, to)) {
      Candle candle = found.remove(expected.openTimeMs());
      tally.expected++;
      if (candle == null) {
        tally.missing(expected.openTimeMs(), show(expected), state(held, expected.openTimeMs()));
      } else {
        difference(expected, candle)
            .ifPresentOrElse(
                field ->
                    tally.wrong(
                        expected.openTimeMs(), field + " of " + show(expected), show(candle)),
                () -> tally.equal++);
      }
    }
    Set<Long> empties = new HashSet<>();
    for (long empty : truth.empties(stream, from, to)) {
      tally.expected++;
      empties.add(empty);
      if (found.containsKey(empty)) {
        continue; // told below
      }
      if (held.empties().contains(empty)) {
        tally.equal++;
        tally.empty++;
      } else {
        tally.missing(empty, "VERIFIED_EMPTY", state(held, empty));
      }
    }
    found.forEach(
        (open, candle) ->
            tally.invented(
                open, empties.contains(open) ? "VERIFIED_EMPTY" : "nothing", show(candle)));
  }

  /** The first field that differs. */
  private static Optional<String> difference(TrueCandle expected, Candle found) {
    if (expected.open() != found.open()) {
      return Optional.of("open");
    }
    if (expected.high() != found.high()) {
      return Optional.of("high");
    }
    if (expected.low() != found.low()) {
      return Optional.of("low");
    }
    if (expected.close() != found.close()) {
      return Optional.of("close");
    }
    if (volumeDiffers(expected.volume(), found.volume())) {
      return Optional.of("volume");
    }
    Double takerBuy = found.takerBuyVolume();
    if (takerBuy == null ? isOfTrades(found) : volumeDiffers(expected.takerBuyVolume(), takerBuy)) {
      return Optional.of("taker_buy_volume");
    }
    if (differs(expected.tradeCount(), found.tradeCount())) {
      return Optional.of("trade_count");
    }
    if (differs(expected.firstTradeId(), found.firstTradeId())) {
      return Optional.of("first_trade_id");
    }
    return differs(expected.lastTradeId(), found.lastTradeId())
        ? Optional.of("last_trade_id")
        : Optional.empty();
  }

  /** All venues say of a trade what its taker did. */
  private static boolean isOfTrades(Candle found) {
    return found.evidence() == Evidence.TRADE_CHAIN || found.evidence() == Evidence.REST_TRADES;
  }

  /** A sum of nearest doubles may miss the nearest double of the sum by its last bits. */
  private static boolean volumeDiffers(double expected, double found) {
    double tolerance = Math.max(VOLUME_TOLERANCE, 4 * Math.ulp(expected));
    return !(Math.abs(expected - found) <= tolerance);
  }

  private static boolean differs(long expected, @Nullable Long found) {
    return found != null && expected != found;
  }

  private static String state(StreamInventory held, long openTimeMs) {
    if (held.empties().contains(openTimeMs)) {
      return "VERIFIED_EMPTY";
    }
    return held.unrecoverable().contains(openTimeMs) ? "UNRECOVERABLE" : "unknown";
  }

  private static String show(TrueCandle c) {
    return show(c.open(), c.high(), c.low(), c.close(), c.volume());
  }

  private static String show(Candle c) {
    return show(c.open(), c.high(), c.low(), c.close(), c.volume()) + " " + c.evidence();
  }

  private static String show(double o, double h, double l, double c, double v) {
    return "o=" + o + " h=" + h + " l=" + l + " c=" + c + " v=" + v;
  }

  /** Counts while walking. */
  private static final class Tally {
    private long expected;
    private long equal;
    private long empty;
    private long missing;
    private long wrong;
    private long invented;
    private final List<LakeComparison.Difference> first = new ArrayList<>();

    void missing(long open, String expectedText, String found) {
      missing++;
      note(open, expectedText, found);
    }

    void wrong(long open, String expectedText, String found) {
      wrong++;
      note(open, expectedText, found);
    }

    void invented(long open, String expectedText, String found) {
      invented++;
      note(open, expectedText, found);
    }

    LakeComparison.Stream result(StreamKey stream) {
      return new LakeComparison.Stream(
          stream, expected, equal, empty, missing, wrong, invented, List.copyOf(first));
    }

    private void note(long open, String expectedText, String found) {
      if (first.size() < SHOWN) {
        first.add(new LakeComparison.Difference(open, expectedText, found));
      }
    }
  }
}
