package dev.candles.sim.venue.okx;

import dev.candles.sim.tape.Tape;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.PageRow;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** REST's trades of one instrument, as of a market time, newest first. */
final class OkxTradePages {
  private static final long MINUTE = 60_000;
  private static final long DEPTH_MS = 90 * 86_400_000L;
  private static final int MAX_MINUTES = 20_000;

  private final OkxMarket market;
  private final long asOfMs;

  OkxTradePages(OkxMarket market, long asOfMs) {
    this.market = market;
    this.asOfMs = asOfMs;
  }

  /** Paged by trade id. */
  List<PageRow> byId(OkxPage page) {
    Tape tape = market.series().tape();
    long start = asOfMs;
    if (page.after() != Long.MAX_VALUE) {
      OptionalLong minute = tape.minuteOf(page.after() - 1);
      start = minute.isPresent() ? Math.min(asOfMs, minute.getAsLong() + MINUTE) : asOfMs;
    }
    return walk(page, start, true);
  }

  /** Paged by time, epoch ms. */
  List<PageRow> byTime(OkxPage page) {
    return walk(page, Math.min(asOfMs, page.after()), false);
  }

  private List<PageRow> walk(OkxPage page, long startMs, boolean byId) {
    Tape tape = market.series().tape();
    long oldest = Math.max(tape.listedMs(), asOfMs - DEPTH_MS);
    List<PageRow> rows = new ArrayList<>();
    long minute = Math.floorDiv(startMs, MINUTE) * MINUTE;
    for (int i = 0; i < MAX_MINUTES && minute + MINUTE > oldest; i++, minute -= MINUTE) {
      List<Trade> trades = tape.minute(minute);
      for (int at = trades.size() - 1; at >= 0; at--) {
        Trade trade = trades.get(at);
        long key = byId ? trade.id() : trade.timeMs();
        if (key <= page.before() || rows.size() == page.limit()) {
          return rows;
        }
        if (key < page.after() && trade.timeMs() < asOfMs && trade.timeMs() >= oldest) {
          rows.add(new PageRow(trade.id(), SimOkxFrames.single(market.instId(), trade)));
        }
      }
    }
    return rows;
  }
}
