package dev.candles.sim.venue.coinbase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.FakeClientSink;
import dev.candles.sim.venue.Session;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoinbaseFeedTest {
  private static final long MINUTE = 60_000;
  private static final String BTC = CoinbaseBench.BTC;
  private static final String DOGE = CoinbaseBench.DOGE;

  private final FakeClientSink outlet = new FakeClientSink();

  @Test
  void oneLastMatchPerProductThenMatchesWithContiguousIds() {
    List<String> sent = run(new CoinbaseBench(), 10 * MINUTE);
    for (String product : List.of(BTC, DOGE)) {
      List<JsonNode> last = CoinbaseBench.frames(sent, "last_match", product);
      assertThat(last).hasSize(1);
      long id = last.get(0).path("trade_id").asLong();
      List<JsonNode> matches = CoinbaseBench.frames(sent, "match", product);
      assertThat(matches).isNotEmpty();
      for (JsonNode match : matches) {
        assertThat(match.path("trade_id").asLong()).isEqualTo(++id);
      }
    }
  }

  @Test
  void aMatchHasTheVenuesFieldsAndTypes() {
    JsonNode match = CoinbaseBench.frames(run(new CoinbaseBench(), MINUTE), "match", BTC).get(0);
    assertThat(match.path("trade_id").isIntegralNumber()).isTrue();
    assertThat(match.path("sequence").isIntegralNumber()).isTrue();
    assertThat(match.path("price").isTextual()).isTrue();
    assertThat(match.path("size").isTextual()).isTrue();
    assertThat(match.path("time").asText()).matches("2026-01-01T00:0\\d:\\d\\d\\.\\d{6}Z");
    assertThat(match.path("side").asText()).isIn("buy", "sell");
    assertThat(match.path("maker_order_id").asText()).hasSize(36);
  }

  @Test
  void severalMatchesCanShareATime() {
    List<JsonNode> matches =
        CoinbaseBench.frames(run(new CoinbaseBench(), 20 * MINUTE), "match", BTC);
    long together = 0;
    for (int i = 1; i < matches.size(); i++) {
      together += time(matches.get(i)) == time(matches.get(i - 1)) ? 1 : 0;
    }
    assertThat(together).isPositive();
  }

  @Test
  void theMatchesOfAMinuteFoldToItsTrueCandle() {
    CoinbaseBench bench = new CoinbaseBench();
    List<JsonNode> matches = CoinbaseBench.frames(run(bench, 3 * MINUTE), "match", BTC);
    long minute = CoinbaseBench.START + MINUTE;
    TapeCandle truth = bench.series(BTC).candle(Timeframe.M1, minute, bench.now[0]).orElseThrow();
    List<JsonNode> own =
        matches.stream().filter(m -> Timeframe.M1.floor(time(m)) == minute).toList();
    assertThat(own).hasSize((int) truth.tradeCount());
    assertThat(own.stream().map(m -> decimal(m, "size")).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(truth.volume());
    assertThat(decimal(own.get(own.size() - 1), "price")).isEqualByComparingTo(truth.close());
    assertThat(
            own.stream()
                .filter(m -> m.path("side").asText().equals("sell")) // the maker's
                .map(m -> decimal(m, "size"))
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(truth.takerBuyVolume())
        .isBetween(new BigDecimal("1e-8"), truth.volume().subtract(new BigDecimal("1e-8")));
  }

  @Test
  void everySecondAHeartbeatNamesTheLastMatchAlsoWhenNothingTrades() {
    CoinbaseBench bench = new CoinbaseBench();
    List<String> sent = run(bench, 10 * MINUTE);
    assertThat(CoinbaseBench.frames(sent, "heartbeat", BTC)).hasSize(600);
    long heard = 0;
    long beats = 0;
    for (JsonNode frame : CoinbaseBench.frames(sent, "heartbeat", DOGE)) {
      assertThat(frame.path("time").asText()).endsWith(":%02d.000000Z".formatted(++beats % 60));
    }
    assertThat(beats).isEqualTo(600);
    for (String text : sent) {
      JsonNode frame = CoinbaseBench.json(text);
      if (frame.path("product_id").asText().equals(DOGE)) {
        boolean beat = frame.path("type").asText().equals("heartbeat");
        long id = frame.path(beat ? "last_trade_id" : "trade_id").asLong();
        assertThat(beat ? id : id - 1).isEqualTo(heard == 0 && !beat ? id - 1 : heard);
        heard = id;
      }
    }
    boolean silent = false;
    for (int i = 0; i < 10; i++) {
      silent |= bench.series(DOGE).tape().minute(CoinbaseBench.START + i * MINUTE).isEmpty();
    }
    assertThat(silent).isTrue();
  }

  @Test
  void noMatchFollowsAHeartbeatWithALaterTime() {
    long beat = 0;
    for (String text : run(new CoinbaseBench(), 5 * MINUTE)) {
      JsonNode frame = CoinbaseBench.json(text);
      if (frame.path("product_id").asText().equals(BTC)) {
        if (frame.path("type").asText().equals("heartbeat")) {
          beat = time(frame);
        } else {
          assertThat(time(frame)).isGreaterThanOrEqualTo(beat == 0 ? 0 : beat);
        }
      }
    }
    assertThat(beat).isPositive();
  }

  @Test
  void atHighSpeedHeartbeatsStayAtTwentyARealSecond() {
    CoinbaseBench fast = new CoinbaseBench(600, Duration.ZERO);
    List<String> sent = run(fast, 10 * MINUTE); // one real second
    assertThat(CoinbaseBench.frames(sent, "heartbeat", BTC)).hasSize(20);
  }

  @Test
  void aDroppedMatchIsMissingAndHeartbeatsStillNameIt() {
    CoinbaseBench bench = new CoinbaseBench(at(FaultKind.DROP));
    List<String> sent = run(bench, 3 * MINUTE);
    List<Long> missing = missing(ids(sent));
    assertThat(missing).hasSize(1);
    assertThat(CoinbaseBench.frames(sent, "heartbeat", BTC))
        .anyMatch(beat -> beat.path("last_trade_id").asLong() == missing.get(0));
    assertThat(bench.faults.counted(FaultKind.DROP)).isEqualTo(1);
  }

  @Test
  void aRepeatedMatchComesTwice() {
    List<Long> ids = ids(run(new CoinbaseBench(at(FaultKind.REPEAT)), 3 * MINUTE));
    assertThat(ids.stream().distinct().count()).isEqualTo(ids.size() - 1);
  }

  @Test
  void aReorderedMatchComesAfterTheNextOne() {
    List<Long> ids = ids(run(new CoinbaseBench(at(FaultKind.REORDER)), 3 * MINUTE));
    List<Long> back = new ArrayList<>();
    for (int i = 1; i < ids.size(); i++) {
      if (ids.get(i) < ids.get(i - 1)) {
        back.add(ids.get(i));
      }
    }
    assertThat(back).hasSize(1);
    assertThat(missing(ids)).isEmpty();
  }

  @Test
  void aSilentProductSaysNothingUntilItIsSubscribedAnew() {
    CoinbaseBench bench = new CoinbaseBench(at(FaultKind.SILENT_SYMBOL));
    Session session = bench.listen(outlet);
    bench.run(3 * MINUTE, outlet, session);
    outlet.take();
    bench.run(3 * MINUTE, outlet, session);
    List<String> sent = outlet.take();
    assertThat(CoinbaseBench.frames(sent, "match", BTC)).isEmpty();
    assertThat(CoinbaseBench.frames(sent, "match", DOGE)).isNotEmpty();
    assertThat(bench.faults.counted(FaultKind.SILENT_SYMBOL)).isEqualTo(1);
    session.onText(CoinbaseBench.subscribe(BTC), bench.now[0]);
    bench.run(MINUTE, outlet, session);
    assertThat(CoinbaseBench.frames(outlet.take(), "match", BTC)).isNotEmpty();
  }

  @Test
  void acknowledgedSubscriptionsCanStaySilent() {
    Fault fault =
        Fault.at(FaultKind.ACK_THEN_SILENCE, "coinbase", CoinbaseBench.START)
            .lasting(Duration.ofMinutes(2));
    CoinbaseBench bench = new CoinbaseBench(fault);
    Session session = bench.listen(outlet);
    bench.run(2 * MINUTE - 1_000, outlet, session);
    assertThat(outlet.take()).singleElement().asString().contains("subscriptions");
    bench.run(MINUTE, outlet, session);
    assertThat(CoinbaseBench.frames(outlet.take(), "heartbeat", BTC)).isNotEmpty();
  }

  @Test
  void aLateTradeBelongsToTheMinuteBeforeAndTheTruthFollows() {
    Fault fault = Fault.every(FaultKind.LATE_CORRECTION, "coinbase", Duration.ofMinutes(3));
    CoinbaseBench bench = new CoinbaseBench(fault.by(Duration.ofSeconds(1)).forSymbol(BTC));
    Session session = bench.listen(outlet);
    bench.run(20 * MINUTE, outlet, session);
    List<String> sent = outlet.take();
    assertThat(bench.faults.counted(FaultKind.LATE_CORRECTION)).isPositive();
    assertThat(missing(ids(sent))).isEmpty();
    long beat = 0;
    int late = 0;
    for (String text : sent) {
      JsonNode frame = CoinbaseBench.json(text);
      if (!frame.path("product_id").asText().equals(BTC)) {
        continue;
      }
      long time = time(frame);
      if (frame.path("type").asText().equals("heartbeat")) {
        beat = time;
      } else if (frame.path("type").asText().equals("match") && time < Timeframe.M1.floor(beat)) {
        late++;
        long minute = Timeframe.M1.floor(time);
        TapeCandle now = bench.series(BTC).candle(Timeframe.M1, minute, bench.now[0]).orElseThrow();
        TapeCandle before = bench.series(BTC).original(Timeframe.M1, minute).orElseThrow();
        assertThat(now.lastTradeId()).isEqualTo(frame.path("trade_id").asLong());
        assertThat(before.lastTradeId()).isEqualTo(now.lastTradeId() - 1);
        assertThat(bench.series(BTC).corrected(Timeframe.M1, minute, bench.now[0])).isTrue();
      }
    }
    assertThat(late).isEqualTo((int) bench.faults.counted(FaultKind.LATE_CORRECTION));
  }

  @Test
  void nonsenseIsExtraAndHugeFramesAreHuge() {
    CoinbaseBench bench =
        new CoinbaseBench(
            Fault.chance(FaultKind.MALFORMED, "coinbase", 1).forSymbol(BTC),
            at(FaultKind.HUGE_FRAME));
    List<String> sent = run(bench, 20 * MINUTE);
    assertThat(bench.faults.counted(FaultKind.MALFORMED)).isEqualTo(20);
    assertThat(sent.stream().filter(frame -> frame.length() > 10_000_000)).hasSize(1);
    List<Trade> truth = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      truth.addAll(bench.series(BTC).tape().minute(CoinbaseBench.START + i * MINUTE));
    }
    for (Trade trade : truth) {
      String frame = SimCoinbaseFrames.match("match", BTC, trade);
      assertThat(trade.timeMs() < CoinbaseBench.START + 300 || sent.contains(frame)).isTrue();
    }
  }

  private List<String> run(CoinbaseBench bench, long millis) {
    Session session = bench.listen(outlet);
    bench.run(millis, outlet, session);
    return outlet.take();
  }

  private static Fault at(FaultKind kind) {
    return Fault.at(kind, "coinbase", CoinbaseBench.START + MINUTE).forSymbol(BTC);
  }

  private static List<Long> ids(List<String> sent) {
    return CoinbaseBench.frames(sent, "match", BTC).stream()
        .map(match -> match.path("trade_id").asLong())
        .toList();
  }

  private static List<Long> missing(List<Long> ids) {
    List<Long> missing = new ArrayList<>();
    for (long id = ids.get(0); id < ids.get(ids.size() - 1); id++) {
      if (!ids.contains(id)) {
        missing.add(id);
      }
    }
    return missing;
  }

  private static long time(JsonNode frame) {
    return Instant.parse(frame.path("time").asText()).toEpochMilli();
  }

  private static BigDecimal decimal(JsonNode frame, String field) {
    return new BigDecimal(frame.path(field).asText());
  }
}
