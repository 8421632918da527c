package dev.candles.sim.venue.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.venue.FakeClientSink;
import dev.candles.sim.venue.Session;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KrakenFeedTest {
  private static final long MINUTE = 60_000;
  private static final String BTC = KrakenBench.BTC;
  private static final String DOGE = KrakenBench.DOGE;

  private final FakeClientSink outlet = new FakeClientSink();

  @Test
  void theSnapshotHoldsTheLatestFiftyTradesAndIdsGoOnFromThere() {
    List<String> sent = trades(new KrakenBench(), 5 * MINUTE);
    List<JsonNode> snapshots =
        KrakenBench.frames(sent, "trade").stream()
            .filter(frame -> frame.path("type").asText().equals("snapshot"))
            .toList();
    assertThat(snapshots).hasSize(1);
    JsonNode rows = snapshots.get(0).path("data");
    assertThat(rows.size()).isEqualTo(50);
    long id = rows.get(0).path("trade_id").asLong() - 1;
    for (JsonNode row : rows) {
      assertThat(row.path("trade_id").asLong()).isEqualTo(++id);
    }
    for (JsonNode row : KrakenBench.updates(sent, "trade", BTC)) {
      assertThat(row.path("trade_id").asLong()).isEqualTo(++id);
    }
  }

  @Test
  void tradesOfOneOrderShareAFrameAndATime() {
    List<JsonNode> frames = KrakenBench.frames(trades(new KrakenBench(), 20 * MINUTE), "trade");
    assertThat(frames.stream().skip(1).map(frame -> frame.path("data")).filter(d -> d.size() > 1))
        .isNotEmpty()
        .allMatch(d -> d.get(0).path("timestamp").equals(d.get(d.size() - 1).path("timestamp")));
  }

  @Test
  void pricesAndSizesAreNumbersAndTimesHaveMicroseconds() {
    JsonNode row = KrakenBench.updates(trades(new KrakenBench(), MINUTE), "trade", BTC).get(0);
    assertThat(row.path("price").isNumber()).isTrue();
    assertThat(row.path("qty").isNumber()).isTrue();
    assertThat(row.path("trade_id").isIntegralNumber()).isTrue();
    assertThat(row.path("timestamp").asText()).matches("2026-01-01T00:0\\d:\\d\\d\\.\\d{6}Z");
  }

  @Test
  void theSideIsTheTakers() {
    KrakenBench bench = new KrakenBench();
    List<JsonNode> rows = KrakenBench.updates(trades(bench, 3 * MINUTE), "trade", BTC);
    long minute = Timeframe.M1.floor(bench.now[0]) - 2 * MINUTE;
    TapeCandle truth = bench.series(BTC).candle(Timeframe.M1, minute, bench.now[0]).orElseThrow();
    BigDecimal bought =
        rows.stream()
            .filter(row -> row.path("side").asText().equals("buy"))
            .filter(row -> Timeframe.M1.floor(time(row)) == minute)
            .map(row -> row.path("qty").decimalValue())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(bought).isPositive().isLessThan(truth.volume());
    assertThat(bought.doubleValue()).isEqualTo(truth.takerBuyVolume().doubleValue());
  }

  private static long time(JsonNode row) {
    return Instant.parse(row.path("timestamp").asText()).toEpochMilli();
  }

  @Test
  void tinySizesAreInScientificNotation() {
    List<String> sent = trades(new KrakenBench(), 60 * MINUTE);
    assertThat(sent).anyMatch(frame -> frame.matches(".*\"qty\":\\d(\\.\\d+)?e-\\d\\d,.*"));
  }

  @Test
  void candlesBeginWithTheLatestThatTradedAndFollowEachTrade() {
    KrakenBench bench = new KrakenBench();
    Session session = bench.open(outlet);
    session.onText(KrakenBench.subscribe("ohlc", ",\"interval\":1", DOGE), bench.now[0]);
    JsonNode snapshot = KrakenBench.frames(outlet.take(), "ohlc").get(0).path("data");
    assertThat(snapshot.size()).isBetween(3, 12); // silent minutes are absent
    long before = 0;
    for (JsonNode row : snapshot) {
      long open = begin(row);
      assertThat(open).isGreaterThan(before);
      assertThat(Instant.parse(row.path("timestamp").asText()).toEpochMilli())
          .isEqualTo(open + MINUTE);
      before = open;
    }
    bench.run(10 * MINUTE, outlet, session);
    Map<Long, JsonNode> last = new TreeMap<>();
    KrakenBench.updates(outlet.take(), "ohlc", DOGE).forEach(row -> last.put(begin(row), row));
    int silent = 0;
    for (long open = KrakenBench.START + MINUTE; open < bench.now[0] - MINUTE; open += MINUTE) {
      JsonNode row = last.get(open);
      TapeCandle truth = bench.series(DOGE).candle(Timeframe.M1, open, bench.now[0]).orElse(null);
      silent += truth == null ? 1 : 0;
      assertThat(row == null).isEqualTo(truth == null);
      if (row != null && truth != null) {
        assertThat(row.path("volume").decimalValue()).isEqualByComparingTo(truth.volume());
        assertThat(row.path("trades").asLong()).isEqualTo(truth.tradeCount());
        assertThat(row.path("high").decimalValue()).isEqualByComparingTo(truth.high());
      }
    }
    assertThat(silent).isPositive();
  }

  @Test
  void droppedRepeatedAndReorderedTradesAreCounted() {
    List<Long> dropped = ids(trades(new KrakenBench(at(FaultKind.DROP)), 3 * MINUTE));
    assertThat(dropped.get(dropped.size() - 1) - dropped.get(0)).isGreaterThan(dropped.size() - 1);
    KrakenBench bench = new KrakenBench(at(FaultKind.REPEAT));
    List<Long> repeated = ids(trades(bench, 3 * MINUTE));
    assertThat(repeated.stream().distinct().count()).isLessThan(repeated.size());
    assertThat(bench.faults.counted(FaultKind.REPEAT)).isEqualTo(1);
    List<Long> reordered = ids(trades(new KrakenBench(at(FaultKind.REORDER)), 3 * MINUTE));
    assertThat(reordered).isNotEqualTo(reordered.stream().sorted().toList());
    assertThat(reordered.stream().distinct().count()).isEqualTo(reordered.size());
  }

  @Test
  void mergedOrdersShareAFrameAndNothingIsLost() {
    KrakenBench bench = new KrakenBench(Fault.chance(FaultKind.MERGE, "kraken", 0.2));
    List<String> sent = trades(bench, 10 * MINUTE);
    assertThat(bench.faults.counted(FaultKind.MERGE)).isPositive();
    List<Long> ids = ids(sent);
    assertThat(ids.get(ids.size() - 1) - ids.get(0)).isEqualTo(ids.size() - 1);
    assertThat(
            KrakenBench.frames(sent, "trade").stream()
                .skip(1)
                .map(f -> f.path("data"))
                .filter(
                    d -> !d.get(0).path("timestamp").equals(d.get(d.size() - 1).path("timestamp"))))
        .isNotEmpty();
  }

  @Test
  void aSilentSymbolStopsWhileHeartbeatsGoOn() {
    KrakenBench bench = new KrakenBench(at(FaultKind.SILENT_SYMBOL));
    Session session = bench.open(outlet);
    session.onText(KrakenBench.subscribe("trade", "", BTC), bench.now[0]);
    bench.run(3 * MINUTE, outlet, session);
    outlet.take();
    bench.run(3 * MINUTE, outlet, session);
    assertThat(outlet.take()).isNotEmpty().allMatch(frame -> frame.contains("heartbeat"));
    assertThat(bench.faults.counted(FaultKind.SILENT_SYMBOL)).isEqualTo(1);
  }

  @Test
  void aLateTradeBelongsToTheMinuteBeforeAndTheTruthFollows() {
    Fault fault = Fault.every(FaultKind.LATE_CORRECTION, "kraken", Duration.ofMinutes(3));
    KrakenBench bench = new KrakenBench(fault.by(Duration.ofSeconds(1)).forSymbol("BTC-USD"));
    List<JsonNode> rows = KrakenBench.updates(trades(bench, 20 * MINUTE), "trade", BTC);
    int late = 0;
    for (JsonNode row : rows) {
      long time = Instant.parse(row.path("timestamp").asText()).toEpochMilli();
      if (time % MINUTE == MINUTE - 1) {
        late++;
        long minute = Timeframe.M1.floor(time);
        TapeCandle now = bench.series(BTC).candle(Timeframe.M1, minute, bench.now[0]).orElseThrow();
        assertThat(now.lastTradeId()).isEqualTo(row.path("trade_id").asLong());
        assertThat(bench.series(BTC).original(Timeframe.M1, minute).orElseThrow().lastTradeId())
            .isEqualTo(now.lastTradeId() - 1);
      }
    }
    assertThat(late).isEqualTo((int) bench.faults.counted(FaultKind.LATE_CORRECTION)).isPositive();
  }

  @Test
  void aLateTradeCanBeTheOnlyOneOfASilentMinute() {
    Fault fault = Fault.chance(FaultKind.LATE_CORRECTION, "kraken", 1);
    KrakenBench bench = new KrakenBench(fault.by(Duration.ofSeconds(1)).forSymbol("DOGE-USD"));
    Session session = bench.open(outlet);
    session.onText(KrakenBench.subscribe("trade", "", DOGE), bench.now[0]);
    bench.run(60 * MINUTE, outlet, session);
    Series series = bench.series(DOGE);
    assertThat(KrakenBench.updates(outlet.take(), "trade", DOGE))
        .extracting(row -> Instant.parse(row.path("timestamp").asText()).toEpochMilli())
        .filteredOn(time -> time % MINUTE == MINUTE - 1)
        .filteredOn(time -> series.original(Timeframe.M1, Timeframe.M1.floor(time)).isEmpty())
        .isNotEmpty()
        .allMatch(
            time ->
                series
                        .candle(Timeframe.M1, Timeframe.M1.floor(time), bench.now[0])
                        .orElseThrow()
                        .tradeCount()
                    == 1);
  }

  @Test
  void whatASnapshotToldNeverComesLate() {
    Fault fault = Fault.chance(FaultKind.LATE_CORRECTION, "kraken", 1);
    KrakenBench bench = new KrakenBench(fault.by(Duration.ofSeconds(1)).forSymbol("BTC-USD"));
    for (int link = 0; link < 40; link++) {
      Session session = bench.open(outlet);
      session.onText(KrakenBench.subscribe("trade", ",\"snapshot\":true", BTC), bench.now[0]);
      JsonNode told = KrakenBench.frames(outlet.take(), "trade").get(0).path("data");
      bench.run(20_000, outlet, session);
      outlet.take();
      session.onText(
          KrakenBench.subscribe("trade", "", BTC).replace("\"subscribe\"", "\"unsubscribe\""),
          bench.now[0]);
      for (JsonNode row : told) {
        long time = Instant.parse(row.path("timestamp").asText()).toEpochMilli();
        assertThat(bench.series(BTC).tape().minute(Timeframe.M1.floor(time)))
            .as("trade %s of link %d", row, link)
            .anyMatch(t -> t.id() == row.path("trade_id").asLong() && t.timeMs() == time);
      }
      bench.now[0] += 7_000;
    }
    assertThat(bench.faults.counted(FaultKind.LATE_CORRECTION)).isPositive();
  }

  @Test
  void nonsenseIsExtraAndHugeFramesAreHuge() {
    KrakenBench bench =
        new KrakenBench(
            Fault.chance(FaultKind.MALFORMED, "kraken", 1).forSymbol("BTC-USD"),
            at(FaultKind.HUGE_FRAME));
    List<String> sent = trades(bench, 20 * MINUTE);
    assertThat(bench.faults.counted(FaultKind.MALFORMED)).isEqualTo(20);
    assertThat(sent.stream().filter(frame -> frame.length() > 10_000_000)).hasSize(1);
  }

  private List<String> trades(KrakenBench bench, long millis) {
    Session session = bench.open(outlet);
    session.onText(KrakenBench.subscribe("trade", ",\"snapshot\":true", BTC), bench.now[0]);
    bench.run(millis, outlet, session);
    return outlet.take();
  }

  private static List<Long> ids(List<String> sent) {
    List<Long> ids = new ArrayList<>();
    for (JsonNode row : KrakenBench.updates(sent, "trade", BTC)) {
      ids.add(row.path("trade_id").asLong());
    }
    return ids;
  }

  private static long begin(JsonNode row) {
    return Instant.parse(row.path("interval_begin").asText()).toEpochMilli();
  }

  private static Fault at(FaultKind kind) {
    return Fault.at(kind, "kraken", KrakenBench.START + MINUTE).forSymbol("BTC-USD");
  }
}
