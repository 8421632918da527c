package dev.candles.sim.venue.coinbase;

import dev.candles.sim.tape.Tape;
import dev.candles.sim.venue.SimMarket;
import java.math.BigDecimal;
import java.util.Locale;

/** The catalogue's records (coinbase.md section 2). */
final class CoinbaseProducts {
  private CoinbaseProducts() {}

  /** As of {@code nowMs} (market epoch ms): before its listing a market is not open. */
  static String record(SimMarket desk, long nowMs) {
    Tape tape = desk.series().tape();
    boolean open = tape.isOpen(nowMs);
    String id = desk.symbol();
    String base = id.substring(0, id.indexOf('-'));
    String quote = id.substring(id.indexOf('-') + 1);
    return String.format(
        Locale.ROOT,
        ("{'id':'%s','base_currency':'%s','quote_currency':'%s','quote_increment':'%s',"
                + "'base_increment':'%s','display_name':'%s/%s','min_market_funds':'1',"
                + "'margin_enabled':false,'post_only':false,'limit_only':false,'cancel_only':false,"
                + "'status':'%s','status_message':'','trading_disabled':%b,"
                + "'fx_stablecoin':false,'max_slippage_percentage':'0.02000000','auction_mode':false,"
                + "'high_bid_limit_percentage':''}")
            .replace('\'', '"'),
        id,
        base,
        quote,
        unit(tape.priceScale()),
        unit(tape.sizeScale()),
        base,
        quote,
        open ? "online" : "offline",
        !open);
  }

  private static String unit(int scale) {
    return BigDecimal.ONE.movePointLeft(scale).toPlainString();
  }
}
