package dev.candles.sim.venue.okx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.tape.Tape;
import dev.candles.sim.truth.TrueCandle;
import dev.candles.sim.truth.TrueMarket;
import dev.candles.sim.truth.Truth;
import dev.candles.sim.venue.FakeClientSink;
import dev.candles.sim.venue.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OkxCandleFeedTest {
  private static final long MINUTE = 60_000;
  private final FakeClientSink outlet = new FakeClientSink();

  @Test
  void theRowInProgressComesRightAfterTheAck() {
    OfflineOkx desk = new OfflineOkx();
    desk.now[0] += 25_000;
    Session session = desk.business(outlet);
    session.onText(OfflineOkx.subscribe("candle1m", OfflineOkx.BTC), desk.now[0]);
    assertThat(outlet.sent.get(0)).contains("\"event\":\"subscribe\"");
    List<List<String>> rows = OfflineOkx.rows(outlet.sent);
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0)).hasSize(9);
    assertThat(rows.get(0).get(0)).isEqualTo(Long.toString(OfflineOkx.START));
    assertThat(rows.get(0).get(6)).isEqualTo(rows.get(0).get(7));
    assertThat(rows.get(0).get(8)).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {OfflineOkx.BTC, OfflineOkx.DOGE})
  void everyMinuteClosesOnceInOrderAndTheNextOneFollows(String symbol) {
    OfflineOkx desk = new OfflineOkx();
    List<List<String>> rows = listen(desk, symbol, 30 * MINUTE);
    List<List<String>> closed = OfflineOkx.closing(rows);
    assertThat(closed).hasSize(30);
    for (int i = 0; i < closed.size(); i++) {
      assertThat(closed.get(i).get(0)).isEqualTo(Long.toString(OfflineOkx.START + i * MINUTE));
      List<String> next = rows.get(rows.indexOf(closed.get(i)) + 1);
      assertThat(next.get(0)).isEqualTo(Long.toString(OfflineOkx.START + (i + 1) * MINUTE));
      assertThat(next.get(8)).isEqualTo("0");
    }
    assertEqualsTruth(desk, symbol, closed);
  }

  @Test
  void closingRowsLeaveWithinTwoSecondsOfABusyMinuteAndAboutFourOfASilentOne() {
    OfflineOkx desk = new OfflineOkx();
    for (int i = 0; i < 300; i++) {
      long open = OfflineOkx.START + i * MINUTE;
      OkxMarket market = desk.market(OfflineOkx.DOGE);
      long delay = market.confirmAt(Timeframe.M1, open) - open - MINUTE;
      if (market.series().tape().minute(open).isEmpty()) {
        assertThat(delay).isBetween(3_500L, 4_000L);
      } else {
        assertThat(delay).isBetween(0L, 2_000L);
      }
    }
  }

  @Test
  void closingRowsLeaveThatMuchLaterAsIsSaid() {
    OfflineOkx desk =
        OfflineOkx.withDelays(
            new OkxDelays(Duration.ofSeconds(8), Duration.ofSeconds(30), Duration.ZERO));
    OkxMarket usual = new OfflineOkx().market(OfflineOkx.DOGE);
    OkxMarket market = desk.market(OfflineOkx.DOGE);
    for (int i = 0; i < 300; i++) {
      long open = OfflineOkx.START + i * MINUTE;
      boolean silent = market.series().tape().minute(open).isEmpty();
      assertThat(market.confirmAt(Timeframe.M1, open) - usual.confirmAt(Timeframe.M1, open))
          .isEqualTo(silent ? 30_000 : 8_000);
    }
    desk.now[0] = OfflineOkx.START + 40_000;
    List<List<String>> closed =
        OfflineOkx.closing(listen(desk, OfflineOkx.DOGE, 9 * MINUTE + 25_000));
    assertThat(closed).hasSize(9); // the tenth is late
    assertEqualsTruth(desk, OfflineOkx.DOGE, closed);
  }

  @Test
  void atMostOneInterimRowASecond() {
    OfflineOkx desk = new OfflineOkx();
    Session session = desk.business(outlet);
    session.onText(OfflineOkx.subscribe("candle1m", OfflineOkx.BTC), desk.now[0]);
    outlet.take();
    for (int i = 0; i < 55; i++) {
      desk.listen(1_000, outlet, session);
      assertThat(outlet.take().size()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void atHighSpeedEveryMinuteClosesAndInterimRowsStayBelowTwentyARealSecond() {
    OfflineOkx desk = new OfflineOkx(600, true, Duration.ZERO);
    List<List<String>> rows = listen(desk, OfflineOkx.BTC, 100 * MINUTE); // 10 s of real time
    List<List<String>> closed = OfflineOkx.closing(rows);
    assertThat(closed).hasSize(100);
    assertThat(rows.size() - closed.size()).isLessThanOrEqualTo(200);
    assertEqualsTruth(desk, OfflineOkx.BTC, closed);
  }

  @Test
  void everyKindOfNonsenseComesUp() {
    Set<String> frames = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      String frame =
          OkxMalformedFrames.frame("{}", "BTC-USDT", "candle1m", OfflineOkx.START + i * MINUTE);
      frames.add(frame.replaceAll("\\d{10,}", "T"));
    }
    assertThat(frames).hasSize(13); // misaligned and absurd times look the same here
  }

  @Test
  void withoutFlatRowsASilentMinuteHasNoRow() {
    OfflineOkx desk = new OfflineOkx(false, Duration.ZERO);
    List<List<String>> closed = OfflineOkx.closing(listen(desk, OfflineOkx.DOGE, 60 * MINUTE));
    assertThat(closed).hasSizeBetween(20, 59);
    assertThat(closed).noneMatch(row -> row.get(5).equals("0"));
    assertEqualsTruth(desk, OfflineOkx.DOGE, closed);
  }

  @Test
  void withoutFlatRowsASilentMinuteMayTurnOutTradedAndRestTellsSoToo() {
    Fault late = Fault.chance(FaultKind.LATE_CORRECTION, "okx", 0.5).by(Duration.ofSeconds(12));
    OfflineOkx desk = new OfflineOkx(false, Duration.ZERO, late);
    List<List<String>> closed = OfflineOkx.closing(listen(desk, OfflineOkx.DOGE, 60 * MINUTE));
    Tape tape = desk.market(OfflineOkx.DOGE).series().tape();
    List<String> broken =
        closed.stream()
            .map(row -> row.get(0))
            .filter(open -> tape.minute(Long.parseLong(open)).isEmpty())
            .toList();
    assertThat(broken).isNotEmpty();
    List<String> told = new ArrayList<>();
    desk.get("/market/history-candles", "instId", OfflineOkx.DOGE, "bar", "1m", "limit", "100")
        .path("data")
        .forEach(row -> told.add(row.get(0).asText()));
    assertThat(told).containsAll(broken);
  }

  @Test
  void aDroppedClosingRowIsMissingAndCounted() {
    OfflineOkx desk = new OfflineOkx(Fault.chance(FaultKind.DROP, "okx", 0.3));
    List<List<String>> closed = OfflineOkx.closing(listen(desk, OfflineOkx.BTC, 100 * MINUTE));
    long dropped = desk.faults.counted(FaultKind.DROP);
    assertThat(dropped).isBetween(10L, 60L);
    assertThat(closed.size() + dropped).isEqualTo(100);
  }

  @Test
  void chanceIsTheSameInEveryRun() {
    List<List<String>> one =
        OfflineOkx.closing(
            listen(
                new OfflineOkx(Fault.chance(FaultKind.DROP, "okx", 0.3)),
                OfflineOkx.BTC,
                50 * MINUTE));
    outlet.take();
    List<List<String>> two =
        OfflineOkx.closing(
            listen(
                new OfflineOkx(Fault.chance(FaultKind.DROP, "okx", 0.3)),
                OfflineOkx.BTC,
                50 * MINUTE));
    assertThat(two).isEqualTo(one);
  }

  @Test
  void aRepeatedClosingRowComesTwice() {
    OfflineOkx desk = new OfflineOkx(Fault.chance(FaultKind.REPEAT, "okx", 1));
    List<List<String>> closed = OfflineOkx.closing(listen(desk, OfflineOkx.BTC, 4 * MINUTE));
    assertThat(closed).hasSize(8);
    assertThat(closed.get(0)).isEqualTo(closed.get(1));
  }

  @Test
  void aReorderedClosingRowComesAfterTheNextMinutesFirst() {
    OfflineOkx desk = new OfflineOkx(Fault.chance(FaultKind.REORDER, "okx", 1));
    List<List<String>> rows = listen(desk, OfflineOkx.DOGE, 10 * MINUTE);
    List<String> closed = OfflineOkx.closing(rows).get(0);
    List<String> before = rows.get(rows.indexOf(closed) - 1);
    assertThat(Long.parseLong(before.get(0))).isEqualTo(Long.parseLong(closed.get(0)) + MINUTE);
    assertThat(desk.faults.counted(FaultKind.REORDER)).isPositive();
  }

  @Test
  void mergedRowsShareAFrame() {
    OfflineOkx desk = new OfflineOkx(Fault.chance(FaultKind.MERGE, "okx", 1));
    listen(desk, OfflineOkx.DOGE, 10 * MINUTE);
    assertThat(outlet.sent).anyMatch(frame -> OfflineOkx.json(frame).path("data").size() == 2);
  }

  @Test
  void aSilentSymbolStopsUntilItIsSubscribedAnewAndOthersGoOn() {
    OfflineOkx desk =
        new OfflineOkx(
            Fault.at(FaultKind.SILENT_SYMBOL, "okx", OfflineOkx.START + 150_000)
                .forSymbol(OfflineOkx.BTC));
    Session session = desk.business(outlet);
    session.onText(OfflineOkx.subscribe("candle1m", OfflineOkx.BTC), desk.now[0]);
    session.onText(OfflineOkx.subscribe("candle1m", OfflineOkx.DOGE), desk.now[0]);
    desk.listen(5 * MINUTE, outlet, session);
    outlet.take();
    desk.listen(5 * MINUTE, outlet, session);
    assertThat(outlet.take()).isNotEmpty().noneMatch(frame -> frame.contains(OfflineOkx.BTC));
    session.onText(OfflineOkx.subscribe("candle1m", OfflineOkx.BTC), desk.now[0]);
    outlet.take();
    desk.listen(2 * MINUTE, outlet, session);
    assertThat(outlet.take()).anyMatch(frame -> frame.contains(OfflineOkx.BTC));
    assertThat(desk.faults.counted(FaultKind.SILENT_SYMBOL)).isEqualTo(1);
  }

  @Test
  void ackThenSilenceAcksAndSendsNoData() {
    OfflineOkx desk =
        new OfflineOkx(
            Fault.chance(FaultKind.ACK_THEN_SILENCE, "okx", 1).lasting(Duration.ofSeconds(20)));
    Session session = desk.business(outlet);
    session.onText(OfflineOkx.subscribe("candle1m", OfflineOkx.BTC), desk.now[0]);
    desk.listen(19_000, outlet, session);
    assertThat(outlet.take()).singleElement().asString().contains("\"event\":\"subscribe\"");
    desk.listen(10_000, outlet, session);
    assertThat(outlet.take()).isNotEmpty();
  }

  @Test
  void aCorrectionComesLaterDiffersIsAValidCandleAndIsTheTruthFromThenOn() {
    OfflineOkx desk =
        new OfflineOkx(Fault.at(FaultKind.LATE_CORRECTION, "okx", OfflineOkx.START + MINUTE));
    List<List<String>> closed = OfflineOkx.closing(listen(desk, OfflineOkx.BTC, 5 * MINUTE));
    assertThat(closed).hasSize(6);
    Set<String> opens = new HashSet<>();
    List<String> again = closed.stream().filter(r -> !opens.add(r.get(0))).toList().get(0);
    List<String> first = closed.stream().filter(r -> r.get(0).equals(again.get(0))).toList().get(0);
    assertThat(Double.parseDouble(again.get(2))).isGreaterThan(Double.parseDouble(first.get(2)));
    assertThat(Double.parseDouble(again.get(5))).isGreaterThan(Double.parseDouble(first.get(5)));
    TrueCandle truth =
        truth(desk, OfflineOkx.BTC)
            .candles(stream(OfflineOkx.BTC), OfflineOkx.START, OfflineOkx.START + MINUTE)
            .get(0);
    assertThat(truth.high()).isEqualTo(Double.parseDouble(again.get(2)));
    TrueCandle original = truth.original();
    assertThat(original).isNotNull();
    assertThat(original.high()).isEqualTo(Double.parseDouble(first.get(2)));
    assertThat(
            desk.get("/market/history-candles", "instId", OfflineOkx.BTC).path("data").toString())
        .contains(again.get(2));
    assertThat(desk.faults.counted(FaultKind.LATE_CORRECTION)).isEqualTo(1);
  }

  @Test
  void aSilentMinuteIsCorrectedIntoATradedOne() {
    OfflineOkx desk = new OfflineOkx(Fault.chance(FaultKind.LATE_CORRECTION, "okx", 1));
    List<List<String>> closed = OfflineOkx.closing(listen(desk, OfflineOkx.DOGE, 60 * MINUTE));
    List<String> flat = closed.stream().filter(row -> row.get(5).equals("0")).toList().get(0);
    List<String> traded = closed.stream().filter(r -> r.get(0).equals(flat.get(0))).toList().get(1);
    assertThat(Double.parseDouble(traded.get(5))).isPositive();
    assertThat(traded.get(4)).isEqualTo(flat.get(4));
    long open = Long.parseLong(flat.get(0));
    Truth truth = truth(desk, OfflineOkx.DOGE);
    assertThat(truth.empties(stream(OfflineOkx.DOGE), open, open + MINUTE)).isEmpty();
    TrueCandle candle = truth.candles(stream(OfflineOkx.DOGE), open, open + MINUTE).get(0);
    assertThat(candle.volume()).isEqualTo(Double.parseDouble(traded.get(5)));
    assertThat(candle.original()).isNull();
  }

  @Test
  void aCorrectionWaitsForAStalledListener() {
    OfflineOkx desk =
        new OfflineOkx(Fault.at(FaultKind.LATE_CORRECTION, "okx", OfflineOkx.START + MINUTE));
    Session session = desk.business(outlet);
    session.onText(OfflineOkx.subscribe("candle1m", OfflineOkx.BTC), desk.now[0]);
    desk.listen(65_000, outlet, session);
    outlet.stalled = true;
    desk.listen(60_000, outlet, session);
    assertThat(desk.faults.counted(FaultKind.LATE_CORRECTION)).isZero();
    outlet.stalled = false;
    desk.listen(1_000, outlet, session);
    assertThat(desk.faults.counted(FaultKind.LATE_CORRECTION)).isEqualTo(1);
  }

  @Test
  void nonsenseAndHugeFramesAreExtraFramesOnly() {
    OfflineOkx desk = new OfflineOkx(Fault.chance(FaultKind.MALFORMED, "okx", 1));
    Session session = desk.business(outlet);
    session.onText(OfflineOkx.subscribe("candle1m", OfflineOkx.BTC), desk.now[0]);
    desk.listen(40 * MINUTE, outlet, session);
    assertThat(desk.faults.counted(FaultKind.MALFORMED)).isEqualTo(40);
    assertThat(outlet.sent).anyMatch(frame -> frame.contains("NaN"));
    assertThat(outlet.sent).anyMatch(frame -> frame.contains("../"));
    List<List<String>> good = new ArrayList<>();
    for (String frame : outlet.sent) {
      if (frame.endsWith("\"1\"]]}") && frame.contains("\"BTC-USDT\"") && !isNonsense(frame)) {
        good.addAll(OfflineOkx.rows(List.of(frame)));
      }
    }
    assertEqualsTruth(desk, OfflineOkx.BTC, good);
    assertThat(OkxMalformedFrames.huge("{}").length()).isGreaterThan(10_000_000);
  }

  @Test
  void nothingIsInjectedAfterTheFaultsEnd() {
    OfflineOkx desk = new OfflineOkx(Fault.chance(FaultKind.DROP, "okx", 1));
    desk.faults.until(OfflineOkx.START + 5 * MINUTE);
    List<List<String>> closed = OfflineOkx.closing(listen(desk, OfflineOkx.BTC, 11 * MINUTE));
    assertThat(closed).hasSize(7);
    assertThat(desk.faults.counted(FaultKind.DROP)).isEqualTo(4);
  }

  private List<List<String>> listen(OfflineOkx desk, String symbol, long millis) {
    Session session = desk.business(outlet);
    session.onText(OfflineOkx.subscribe("candle1m", symbol), desk.now[0]);
    desk.listen(millis, outlet, session);
    return OfflineOkx.rows(outlet.sent);
  }

  private static boolean isNonsense(String frame) {
    return OfflineOkx.rows(List.of(frame)).stream()
        .anyMatch(
            row ->
                row.size() != 9
                    || row.get(1).equals("5")
                    || row.get(1).equals("-5")
                    || row.get(1).equals("NaN")
                    || row.get(1).equals("1"));
  }

  private static void assertEqualsTruth(OfflineOkx desk, String symbol, List<List<String>> closed) {
    assertThat(closed).isNotEmpty();
    long to = Long.parseLong(closed.get(closed.size() - 1).get(0)) + MINUTE;
    List<TrueCandle> truth = truth(desk, symbol).candles(stream(symbol), OfflineOkx.START, to);
    List<Long> empty = truth(desk, symbol).empties(stream(symbol), OfflineOkx.START, to);
    List<List<String>> flat = closed.stream().filter(row -> row.get(5).equals("0")).toList();
    assertThat(flat)
        .extracting(row -> Long.parseLong(row.get(0)))
        .isEqualTo(desk.market(symbol).flatRows() ? empty : List.of());
    assertThat(flat).allMatch(row -> Set.copyOf(row.subList(1, 5)).size() == 1);
    List<List<String>> traded = new ArrayList<>(closed);
    traded.removeAll(flat);
    assertThat(truth).hasSameSizeAs(traded);
    for (int i = 0; i < truth.size(); i++) {
      assertThat(Long.parseLong(traded.get(i).get(0))).isEqualTo(truth.get(i).openTimeMs());
      assertThat(Double.parseDouble(traded.get(i).get(1))).isEqualTo(truth.get(i).open());
      assertThat(Double.parseDouble(traded.get(i).get(4))).isEqualTo(truth.get(i).close());
      assertThat(Double.parseDouble(traded.get(i).get(5))).isEqualTo(truth.get(i).volume());
    }
  }

  private static Truth truth(OfflineOkx desk, String symbol) {
    OkxMarket market = desk.market(symbol);
    return new Truth(List.of(new TrueMarket("okx", symbol, market.series())), () -> desk.now[0]);
  }

  private static StreamKey stream(String symbol) {
    return new StreamKey("okx", symbol, Timeframe.M1);
  }
}
