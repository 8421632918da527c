package dev.candles.sim.venue.okx;

import dev.candles.sim.tape.Tape;
import java.math.BigDecimal;
import java.util.Locale;

/** The catalogue's records (okx.md section 2). */
final class OkxInstruments {
  private OkxInstruments() {}

  /** As of {@code nowMs} (market epoch ms): before its listing a market is not open. */
  static String record(OkxMarket market, long nowMs) {
    Tape tape = market.series().tape();
    int hyphen = market.instId().indexOf('-');
    String base = market.instId().substring(0, hyphen);
    String quote = market.instId().substring(hyphen + 1);
    return String.format(
        Locale.ROOT,
        ("{'instType':'SPOT','instId':'%s','instIdCode':3,'baseCcy':'%s','quoteCcy':'%s',"
                + "'tradeQuoteCcyList':['%s'],'state':'%s','tickSz':'%s','lotSz':'%s','minSz':'%s',"
                + "'listTime':'%d','contTdSwTime':'','expTime':'','alias':'','category':'1',"
                + "'ruleType':'normal','openType':'fix_price','futureSettlement':false,'groupId':'12',"
                + "'lever':'10','instFamily':'','uly':'','settleCcy':'','ctVal':'',"
                + "'maxLmtSz':'9999999999','maxMktSz':'1000000','instCategory':'1','upcChg':[]}")
            .replace('\'', '"'),
        market.instId(),
        base,
        quote,
        quote,
        tape.isOpen(nowMs) ? "live" : "preopen",
        unit(tape.priceScale()),
        unit(tape.sizeScale()),
        unit(tape.sizeScale()),
        tape.listedMs());
  }

  private static String unit(int scale) {
    return BigDecimal.ONE.movePointLeft(scale).toPlainString();
  }
}
