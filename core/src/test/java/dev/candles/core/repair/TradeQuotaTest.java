package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.lake.StreamInventory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A market of one trade a day, whose page of trades is of many days. */
class TradeQuotaTest {
  private static final long DAY = Timeframe.D1.millis();
  private static final int DAYS = 150;
  private static final int MOST = 10;
  private static final long FROM = Candles.T0;
  private static final long TO = FROM + DAYS * DAY;
  private static final long NOW = TO + DAY;
  private static final Intervals NONE = Intervals.empty();
  private static final int PAGE_ROWS = 1_000;

  private final List<Trade> tape = new ArrayList<>();
  private final TreeSet<Long> written = new TreeSet<>();
  private final StreamDayQuota days = new StreamDayQuota(MOST);
  private final RepairPlanner planner = TradesById.planner(new OneTradeADay(), NOW, FROM);
  private Intervals done = NONE;
  private long nowMs = NOW;

  TradeQuotaTest() {
    fill(-1);
    planner.take(RepairEvent.gap(Candles.STREAM, Intervals.of(FROM, TO), Reason.HISTORY));
  }

  /** A trade of each day but of one; the last is after all that is missing. */
  private void fill(int silentDay) {
    tape.clear();
    for (int day = 0; day <= DAYS; day++) {
      long timeMs = FROM + day * DAY + 600 * Candles.MINUTE + 1_000;
      if (day != silentDay) {
        tape.add(new Trade(tape.size() + 1L, timeMs, 100, BigDecimal.ONE, TakerSide.BUY));
      }
    }
  }

  @Test
  void noMoreStreamDaysAreWrittenThanOneCheckpointMayHoldHoweverManyAPageProves() {
    run(NOW + 600_000);
    assertThat(written).hasSize(MOST);
    days.renew();
    run(NOW + 1_200_000);
    assertThat(written).hasSizeBetween(MOST + 1, 2 * MOST);
  }

  @Test
  void whatIsLeftOutIsProvenAfterTheNextCheckpoints() {
    for (long toMs = NOW; toMs < NOW + 4 * 3_600_000; toMs += 30_000) {
      run(toMs);
      days.renew();
    }
    assertThat(written).hasSize(DAYS);
    assertThat(Intervals.of(FROM, TO).minus(done)).isEqualTo(NONE);
  }

  /** As where ids began anew, and the configuration says so now. */
  @Test
  void whatTradesProveOfBeforeAListingMakesAllOfItBeAskedFor() {
    int listed = 50;
    fill(listed - 1);
    Intervals before = Intervals.of(FROM, FROM + listed * DAY);
    Intervals held = Intervals.of(FROM + listed * DAY, TO);
    StreamInventory lake =
        new StreamInventory(
            Candles.STREAM, FROM, TO, held, NONE, before, held.from(0), 1, List.of());
    planner.take(
        RepairEvent.announced(
            Candles.STREAM, StreamBootstrap.of(lake, 0, "BTC-USD", Evidence.TRADE_CHAIN)));
    for (long toMs = NOW; toMs < NOW + 4 * 3_600_000; toMs += 30_000) {
      run(toMs);
      days.renew();
    }
    assertThat(before.minus(done)).isEqualTo(NONE);
  }

  private void run(long toMs) {
    for (; nowMs < toMs; nowMs += 500) {
      for (RepairRequest request : planner.requests(days, nowMs)) {
        RestAnswer said = said(request);
        RepairAnswer answer = new RepairAnswer(request, 200, nowMs, nowMs, -1, at -> said, "");
        planner.answered(answer, nowMs).ledger().forEach(this::told);
      }
    }
  }

  private void told(LedgerEvent event) {
    if (event instanceof LedgerEvent.Final || event instanceof LedgerEvent.Empty) {
      done = done.union(Intervals.of(event.fromMs(), event.toMs()));
      written.addAll(DayCoverage.byDay(Intervals.of(event.fromMs(), event.toMs())).keySet());
    }
  }

  private RestAnswer said(RepairRequest request) {
    if (request.rows() == RepairRequest.Rows.TRADES) {
      long below = Long.parseLong(request.query().path());
      List<Trade> page = new TradeVenue(tape, PAGE_ROWS, true).below(below).stream().toList();
      return RestAnswer.rows(
          List.of(), List.of(), List.of(), Long.MIN_VALUE, new TradePage(page, true), List.of());
    }
    List<Candle> rows = new ArrayList<>();
    for (Trade trade : tape) {
      long open = Timeframe.M1.floor(trade.timeMs());
      if (open >= request.query().fromMs() && open < request.query().toMs()) {
        rows.add(Candles.candle(open, 100, 1, Evidence.REST));
      }
    }
    return RestAnswer.rows(rows, List.of(), List.of());
  }

  private static final class OneTradeADay extends TradesById {
    OneTradeADay() {
      super(Candles.GRACE_MS);
    }

    @Override
    public Optional<RestQuery> trades(Market market, TradeFetch span, TradeWalk walk) {
      String below = Long.toString(walk.below(PAGE_ROWS));
      long fromMs = span.hole().fromMs();
      return Optional.of(new RestQuery(below, "rest", span.stream(), fromMs, span.hole().toMs()));
    }
  }
}
