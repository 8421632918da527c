package dev.candles.sim.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.lake.LakeView;
import dev.candles.core.lake.StreamInventory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LakeCheckTest {
  private static final long MINUTE = 60_000;
  private static final long START = TruthTest.START + 7 * MINUTE;
  private static final long END = TruthTest.START + 50 * TruthTest.HOUR;

  private final Truth truth = TruthTest.truth(TruthTest.series(0.3), END);
  private final FakeLake lake = new FakeLake();
  private final LakeCheck check = new LakeCheck(truth, lake);

  @BeforeEach
  void fillTheLakeWithTheTruth() {
    for (TrueCandle candle : truth.candles(TruthTest.STREAM, START, END)) {
      lake.put(candle, candle.close(), candle.volume());
    }
    truth.empties(TruthTest.STREAM, START, END).forEach(lake::empty);
  }

  @Test
  void aLakeThatHoldsTheTruthIsEqual() throws IOException {
    LakeComparison comparison = compare();
    assertThat(comparison.isEqual()).as(comparison.table()).isTrue();
    assertThat(comparison.streams().get(0).expected()).isEqualTo((END - START) / MINUTE);
    assertThat(comparison.table()).contains("okx/DOGE-USDT/1m").contains("equal");
    assertThat(check.accounted(List.of(TruthTest.STREAM), START, END))
        .containsExactly(TruthTest.STREAM);
  }

  @Test
  void aMissingCandleIsMissing() throws IOException {
    long open = lake.candles.firstKey();
    lake.candles.remove(open);
    LakeComparison.Stream result = compare().streams().get(0);
    assertThat(result.missing()).isEqualTo(1);
    assertThat(result.first().get(0).openTimeMs()).isEqualTo(open);
    assertThat(result.first().get(0).found()).isEqualTo("unknown");
    assertThat(check.accounted(List.of(TruthTest.STREAM), START, END)).isEmpty();
  }

  @Test
  void aSilenceThatWasNotProvenIsMissing() throws IOException {
    lake.empties.remove(0);
    assertThat(compare().streams().get(0).missing()).isEqualTo(1);
  }

  @Test
  void aCandleCalledEmptyIsMissing() throws IOException {
    long open = lake.candles.firstKey();
    lake.candles.remove(open);
    lake.empty(open);
    LakeComparison.Stream result = compare().streams().get(0);
    assertThat(result.missing()).isEqualTo(1);
    assertThat(result.first().get(0).found()).isEqualTo("VERIFIED_EMPTY");
  }

  @Test
  void otherPricesVolumesAndIdsAreWrong() throws IOException {
    List<TrueCandle> candles = truth.candles(TruthTest.STREAM, START, END);
    lake.put(candles.get(0), candles.get(0).close() + 0.00001, candles.get(0).volume());
    lake.put(candles.get(1), candles.get(1).close(), candles.get(1).volume() + 1e-6);
    lake.put(candles.get(2), candles.get(2).close(), candles.get(2).volume() + 1e-10);
    LakeComparison comparison = compare();
    assertThat(comparison.streams().get(0).wrong()).isEqualTo(2);
    assertThat(comparison.isEqual()).isFalse();
    assertThat(comparison.table()).contains("DIFFERS").contains("close of").contains("volume of");
  }

  @Test
  void whatTakersBoughtIsComparedWhereItIsKnownAndIsKnownOfWhatWasMadeOfTrades()
      throws IOException {
    List<TrueCandle> candles = truth.candles(TruthTest.STREAM, START, END);
    lake.bought(candles.get(0), candles.get(0).takerBuyVolume(), Evidence.TRADE_CHAIN);
    lake.bought(candles.get(1), candles.get(1).takerBuyVolume() + 1e-10, Evidence.ROLLUP);
    lake.bought(candles.get(2), null, Evidence.VENUE_FLAG);
    assertThat(compare().isEqual()).isTrue();
    lake.bought(candles.get(3), candles.get(3).takerBuyVolume() + 1e-6, Evidence.ROLLUP);
    lake.bought(candles.get(4), null, Evidence.TRADE_CHAIN);
    lake.bought(candles.get(5), null, Evidence.REST_TRADES);
    LakeComparison comparison = compare();
    assertThat(comparison.streams().get(0).wrong()).isEqualTo(3);
    assertThat(comparison.table()).contains("taker_buy_volume of");
  }

  @Test
  void aCandleInASilentMinuteIsInvented() throws IOException {
    TrueCandle any = truth.candles(TruthTest.STREAM, START, END).get(0);
    lake.put(lake.empties.get(0), any, any.close(), any.volume());
    LakeComparison.Stream result = compare().streams().get(0);
    assertThat(result.invented()).isEqualTo(1);
    assertThat(result.isEqual()).isFalse();
  }

  @Test
  void anEmptyLakeMissesEverything() throws IOException {
    lake.candles.clear();
    lake.empties.clear();
    LakeComparison.Stream result = compare().streams().get(0);
    assertThat(result.missing()).isEqualTo(result.expected()).isPositive();
    assertThat(result.first()).hasSize(5);
  }

  private LakeComparison compare() throws IOException {
    return check.compare(List.of(TruthTest.STREAM), START, END);
  }

  /** One stream in memory. */
  private static final class FakeLake implements LakeView {
    private final TreeMap<Long, Candle> candles = new TreeMap<>();
    private final List<Long> empties = new ArrayList<>();

    void put(TrueCandle candle, double close, double volume) {
      put(candle.openTimeMs(), candle, close, volume);
    }

    void put(long open, TrueCandle c, double close, double volume) {
      put(open, c, close, Volumes.ofBase(volume), Evidence.REST);
    }

    void bought(TrueCandle c, @Nullable Double takerBuy, Evidence evidence) {
      put(c.openTimeMs(), c, c.close(), new Volumes(c.volume(), null, takerBuy), evidence);
    }

    private void put(long open, TrueCandle c, double close, Volumes volumes, Evidence evidence) {
      Candle candle =
          new Candle(
              TruthTest.STREAM,
              open,
              new Ohlc(c.open(), c.high(), c.low(), close),
              volumes,
              new TradeRange(null, c.firstTradeId(), null),
              Provenance.first(evidence, "rest", 0));
      candles.put(open, candle);
    }

    void empty(long open) {
      empties.add(open);
    }

    @Override
    public Scan open(List<StreamKey> streams, long from, long recentFrom, long now) {
      long[] finals = candles.keySet().stream().mapToLong(Long::longValue).toArray();
      long[] empty = empties.stream().mapToLong(Long::longValue).toArray();
      return stream ->
          new StreamInventory(
              stream,
              from,
              now,
              Intervals.ofOpenTimes(finals, MINUTE),
              Intervals.ofOpenTimes(empty, MINUTE),
              Intervals.empty(),
              0,
              0,
              List.of());
    }

    @Override
    public List<Candle> candles(StreamKey stream, long fromMs, long toMs) {
      return List.copyOf(candles.subMap(fromMs, toMs).values());
    }
  }
}
