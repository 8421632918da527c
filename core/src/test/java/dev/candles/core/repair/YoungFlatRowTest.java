package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.proof.Silence;
import dev.candles.core.time.VenueClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A candle may be revised to a flat row by two reads that agree. While rows may lack trades, both
 * may lack all of them.
 */
class YoungFlatRowTest {
  private static final long AUDIT_MS = 600_000;
  private static final long END = Candles.T0 + Candles.MINUTE;

  /** Rows may lack trades for so long. */
  private record Venue(long auditMs) implements CandleVenue {
    @Override
    public RepairProfile profile() {
      return new RepairProfile(
          "kraken",
          Silence.TRADE_IDS,
          1,
          2_000,
          true,
          false,
          100,
          0,
          auditMs,
          0,
          List.of(),
          Map.of("rest", new RepairProfile.Budget(100, 1_000)));
    }
  }

  @Test
  void twoFlatRowsOfAYoungMinuteTakeNoCandlesPlace() {
    List<Long> flatMs = told(AUDIT_MS, Candles.flat(Candles.T0, 100, Evidence.REST), true);
    assertThat(flatMs).as("two reads of when it was old").isNotEmpty();
    assertThat(flatMs).allMatch(time -> time >= END + AUDIT_MS);
  }

  @Test
  void twoCandlesOfAYoungMinuteDo() {
    assertThat(told(AUDIT_MS, Candles.minute(0), true))
        .first()
        .matches(time -> time < END + AUDIT_MS);
  }

  /** A row of a venue whose rows are whole holds, also where it is the newest shown. */
  @Test
  void whereNoRowIsYoungTwoFlatRowsDo() {
    assertThat(told(0, Candles.flat(Candles.T0, 100, Evidence.REST), false)).isNotEmpty();
  }

  /** When two reads of that row are told to the ledger, asked on suspicion for an hour. */
  private static List<Long> told(long auditMs, Candle row, boolean showsNewer) {
    RepairPlanner planner =
        new RepairPlanner(
            new Venue(auditMs),
            new MemoryStore(),
            (level, pattern, values) -> {},
            new VenueClock(),
            Candles.T0);
    planner.take(
        RepairEvent.announced(
            Candles.STREAM, StreamBootstrap.ofNothing(END, "BTC-USD", Evidence.TRADE_CHAIN)));
    planner.take(new RepairEvent.Reconfirm(Candles.STREAM, Candles.T0, END, null));
    return HourOfRest.told(planner, row, showsNewer).stream().map(HourOfRest.Told::atMs).toList();
  }
}
