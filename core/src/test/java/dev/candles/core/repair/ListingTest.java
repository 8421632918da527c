package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.proof.Silence;
import dev.candles.core.proof.TradeEvidence;
import dev.candles.core.time.VenueClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a venue's word about its listing is worth, which it may change by years. */
class ListingTest implements CandleVenue {
  private static final long MINUTE = Candles.MINUTE;
  private static final long DAY = Timeframe.D1.millis();
  private static final long HISTORY = Candles.T0;
  private static final long LISTED = HISTORY + 4 * DAY + 600 * MINUTE;
  private static final long NOW = HISTORY + 6 * DAY;
  private static final Intervals BEFORE = Intervals.of(HISTORY, LISTED);

  private final MemoryStore store = new MemoryStore();
  private final TreeSet<Long> finals = new TreeSet<>();
  private final List<LedgerEvent.Unrecoverable> lost = new ArrayList<>();
  private RepairPlanner planner = planner();
  private long nowMs = NOW;
  private long firstRowMs = LISTED;
  private long emptyToMs;
  private int emptyAfter;
  private int mostRows = Integer.MAX_VALUE;
  private long newerToMs;
  private int asked;

  private RepairPlanner planner() {
    return new RepairPlanner(
        this, store, (level, pattern, values) -> {}, new VenueClock(), nowMs - MINUTE);
  }

  private void announce(Intervals missing, Intervals givenUp) {
    long[] none = {};
    Intervals held = Intervals.of(HISTORY, NOW).minus(missing).minus(givenUp);
    StreamBootstrap lake =
        new StreamBootstrap(
            HISTORY,
            NOW,
            held.toArray(),
            none,
            givenUp.toArray(),
            0,
            LISTED + 17_000,
            "BTC-USDT",
            Evidence.VENUE_FLAG,
            List.of());
    planner.take(RepairEvent.announced(Candles.STREAM, lake));
  }

  private Intervals finals() {
    return Intervals.ofOpenTimes(finals.stream().mapToLong(Long::longValue).toArray(), MINUTE);
  }

  private void run(long forMs) {
    StreamDayQuota days = new StreamDayQuota(Integer.MAX_VALUE);
    for (long endMs = nowMs + forMs; nowMs < endMs; nowMs += 1_000) {
      for (RepairRequest request : planner.requests(days, nowMs)) {
        asked++;
        List<Candle> rows = new ArrayList<>();
        long firstMs = nowMs < newerToMs ? LISTED : firstRowMs;
        long fromMs = Math.max(firstMs, request.query().fromMs());
        boolean empty = nowMs < emptyToMs && asked > emptyAfter;
        for (long open = fromMs; open < request.query().toMs() && !empty; open += MINUTE) {
          rows.add(Candles.candle(open, 5, 1, Evidence.REST));
        }
        rows.subList(0, Math.max(0, rows.size() - mostRows)).clear();
        RestAnswer said = RestAnswer.rows(rows, List.of(), List.of());
        RepairAnswer answer = new RepairAnswer(request, 200, nowMs, nowMs, -1, at -> said, "");
        planner.answered(answer, nowMs).ledger().forEach(this::told);
      }
    }
  }

  private void told(LedgerEvent event) {
    if (event instanceof LedgerEvent.Final told) {
      finals.add(told.candle().openTimeMs());
    } else if (event instanceof LedgerEvent.Unrecoverable told) {
      lost.add(told);
    }
  }

  private Intervals givenUp(Reason why) {
    Intervals all = Intervals.empty();
    for (LedgerEvent.Unrecoverable told : lost) {
      all = told.reason() == why ? all.union(Intervals.of(told.fromMs(), told.toMs())) : all;
    }
    return all;
  }

  /** It has rows of years before, and for a while it sends none. */
  @Test
  void emptyAnswersBeforeTheListingAreNoProof() {
    firstRowMs = 0;
    emptyToMs = nowMs + 60_000;
    announce(Intervals.of(HISTORY, NOW), Intervals.empty());
    run(3_600_000);
    assertThat(lost).isEmpty();
    assertThat(finals()).isEqualTo(Intervals.of(HISTORY, NOW));
  }

  /** Neither page was asked for both what is before it and what is after it. */
  @Test
  void rowsAfterTheListingDoNotShowWhereRowsBegin() {
    firstRowMs = 0;
    newerToMs = nowMs + 60_000;
    Intervals older = Intervals.of(LISTED - 400 * MINUTE, LISTED - 390 * MINUTE);
    Intervals newer = Intervals.of(LISTED + 10 * MINUTE, LISTED + 20 * MINUTE);
    announce(older.union(newer), Intervals.empty());
    run(50_000);
    assertThat(finals()).isEqualTo(newer);
    run(3_600_000);
    assertThat(lost).isEmpty();
    assertThat(finals()).isEqualTo(older.union(newer));
  }

  /** Its rows begin at the listing by chance. */
  @Test
  void aPageThatIsCutOffDoesNotShowWhereRowsBegin() {
    firstRowMs = 0;
    mostRows = 150;
    emptyAfter = 1;
    emptyToMs = nowMs + 60_000;
    Intervals around = Intervals.of(LISTED - 150 * MINUTE, LISTED + 160 * MINUTE);
    announce(around, Intervals.empty());
    run(50_000);
    assertThat(lost).isEmpty();
    run(3_600_000);
    assertThat(finals()).isEqualTo(around);
  }

  /** The first trade may come after an auction. */
  @ParameterizedTest
  @ValueSource(ints = {0, 25})
  void whereRowsBeginAtTheListingAllBeforeItIsGivenUpSoon(int auctionMinutes) {
    firstRowMs = LISTED + auctionMinutes * MINUTE;
    announce(Intervals.of(HISTORY, NOW), Intervals.empty());
    run(600_000);
    assertThat(givenUp(Reason.BEFORE_LISTING)).isEqualTo(BEFORE);
    assertThat(finals()).isEqualTo(Intervals.of(firstRowMs, NOW));
    assertThat(asked).isLessThan(200);
  }

  @Test
  void rowsThatTurnUpBeforeTheListingWithinADayOrAfterARestartAreAllAskedFor() {
    announce(Intervals.of(HISTORY, NOW), Intervals.empty());
    run(600_000);
    asked = 0;
    run(3 * DAY);
    assertThat(asked).as("the newest day, once a day").isBetween(6, 15);
    assertThat(givenUp(Reason.BEFORE_LISTING).length()).as("told once").isEqualTo(BEFORE.length());
    assertThat(lost.stream().mapToLong(told -> told.toMs() - told.fromMs()).sum())
        .isEqualTo(BEFORE.length());
    firstRowMs = 0;
    run(DAY + 600_000);
    assertThat(finals()).isEqualTo(Intervals.of(HISTORY, NOW));
  }

  @Test
  void whatALakeCallsUnlistedIsAskedForByItsNewestDayAfterEachStart() {
    announce(Intervals.empty(), BEFORE);
    run(600_000);
    assertThat(asked).isBetween(1, 20);
    assertThat(lost).isEmpty();
    firstRowMs = 0;
    planner = planner();
    announce(Intervals.empty(), BEFORE);
    run(600_000);
    assertThat(finals()).isEqualTo(BEFORE);
  }

  @Test
  void whereNoRowShowsTheListingADayOfAnswersDecides() {
    firstRowMs = LISTED + 2 * 3_600_000;
    announce(Intervals.of(LISTED - 5 * MINUTE, NOW), Intervals.empty());
    run(DAY - 600_000);
    assertThat(lost).isEmpty();
    run(3_600_000);
    assertThat(givenUp(Reason.NO_PROOF)).isEqualTo(Intervals.of(LISTED - 5 * MINUTE, firstRowMs));
  }

  @Override
  public RepairProfile profile() {
    return new RepairProfile(
        "okx",
        Silence.ZERO_ROWS,
        TradeEvidence.Ends.UNKNOWN,
        0,
        false,
        false,
        300,
        0,
        0,
        0,
        List.of(),
        Map.of("rest", new RepairProfile.Budget(20, 1_000)));
  }
}
