package dev.candles.core.repair;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.feed.LedgerEvent;
import java.util.ArrayList;
import java.util.List;

/** The hour after the first minute of a stream, in which REST shows one row of that minute. */
final class HourOfRest {
  /**
   * A candle that went to the ledger.
   *
   * @param atMs when, epoch ms, UTC
   */
  record Told(long atMs, Candle candle) {}

  private HourOfRest() {}

  /**
   * What a planner tells in it.
   *
   * @param showsNewer whether newer rows stand beside it
   */
  static List<Told> told(RepairPlanner planner, Candle row, boolean showsNewer) {
    List<Told> told = new ArrayList<>();
    long fromMs = Candles.T0 + Candles.MINUTE;
    for (long now = fromMs; now < fromMs + 3_600_000; now += 10_000) {
      for (RepairRequest request : planner.requests(new StreamDayQuota(10), now)) {
        long newestMs = showsNewer ? Candles.STREAM.timeframe().floor(now) : Candles.T0;
        RestAnswer said =
            RestAnswer.rows(
                List.of(row),
                List.of(),
                List.of(),
                newestMs,
                new TradePage(List.of(), true),
                List.of());
        RepairAnswer answer = new RepairAnswer(request, 200, now, now, -1, at -> said, "");
        for (LedgerEvent event : planner.answered(answer, now).ledger()) {
          if (event instanceof LedgerEvent.Final closed) {
            told.add(new Told(now, closed.candle()));
          }
        }
      }
    }
    return told;
  }
}
