package dev.candles.sim.venue.kraken;

import dev.candles.sim.tape.Tape;
import dev.candles.sim.venue.SimMarket;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/**
 * One market in Kraken's four vocabularies (kraken.md section 2).
 *
 * @param symbol of the WebSocket and the display form, {@code BTC/USD}
 * @param altname REST's parameter, {@code XBTUSD}
 * @param key REST's internal key, {@code XXBTZUSD}
 * @param wsname of the old WebSocket, {@code XBT/USD}
 */
record KrakenPair(SimMarket desk, String symbol, String altname, String key, String wsname) {
  private static final Set<String> OLD_ASSETS =
      Set.of("XBT", "ETH", "XRP", "LTC", "XLM", "ZEC", "XMR", "ETC", "REP", "MLN");
  private static final Set<String> OLD_MONEY = Set.of("USD", "EUR", "GBP", "JPY", "CAD");
  static final int LOT_DECIMALS = 8;

  /** Thirty days' volume in dollars and per cent, as the documented example has them. */
  private static final String TAKER_FEES =
      "[[0,0.26],[50000,0.24],[100000,0.22],[250000,0.2],[500000,0.18],[1000000,0.16],"
          + "[2500000,0.14],[5000000,0.12],[10000000,0.1]]";

  private static final String MAKER_FEES =
      "[[0,0.16],[50000,0.14],[100000,0.12],[250000,0.1],[500000,0.08],[1000000,0.06],"
          + "[2500000,0.04],[5000000,0.02],[10000000,0.0]]";

  static KrakenPair of(SimMarket desk) {
    String symbol = desk.symbol();
    String base = symbol.substring(0, symbol.indexOf('-'));
    String quote = symbol.substring(symbol.indexOf('-') + 1);
    String oldBase = old(base);
    String oldQuote = old(quote);
    boolean prefixed =
        OLD_ASSETS.contains(oldBase)
            && (OLD_MONEY.contains(oldQuote) || OLD_ASSETS.contains(oldQuote));
    return new KrakenPair(
        desk,
        base + "/" + quote,
        oldBase + oldQuote,
        prefixed ? asset(oldBase) + asset(oldQuote) : oldBase + oldQuote,
        oldBase + "/" + oldQuote);
  }

  boolean answersTo(String name) {
    return name.equals(altname) || name.equals(key) || name.equals(symbol);
  }

  /** Under which key REST answers who asked by {@code name}. */
  String resultKey(String name) {
    return name.equals(symbol) ? symbol : key;
  }

  Tape tape() {
    return desk.series().tape();
  }

  int priceDecimals() {
    return tape().priceScale();
  }

  /** {@code XBT}. */
  String baseName() {
    return wsname.substring(0, wsname.indexOf('/'));
  }

  /** {@code USD}. */
  String quoteName() {
    return wsname.substring(wsname.indexOf('/') + 1);
  }

  /** {@code XXBT}. */
  String baseKey() {
    return asset(baseName());
  }

  /** {@code ZUSD}. */
  String quoteKey() {
    return asset(quoteName());
  }

  /**
   * The record of {@code AssetPairs} as of {@code nowMs} (market epoch ms): before its listing a
   * market is not open.
   */
  String record(long nowMs) {
    return String.format(
        Locale.ROOT,
        ("{'altname':'%s','wsname':'%s','aclass_base':'currency','base':'%s',"
                + "'aclass_quote':'currency','quote':'%s','lot':'unit','cost_decimals':5,"
                + "'pair_decimals':%d,'lot_decimals':%d,'lot_multiplier':1,'leverage_buy':[2,3,4],"
                + "'leverage_sell':[2,3,4],'fees':%s,'fees_maker':%s,'fee_volume_currency':'ZUSD',"
                + "'margin_call':80,'margin_stop':40,'ordermin':'0.00005','costmin':'0.5',"
                + "'tick_size':'%s','status':'%s','execution_venue':'international',"
                + "'long_position_limit':350,'short_position_limit':250}")
            .replace('\'', '"'),
        altname,
        wsname,
        baseKey(),
        quoteKey(),
        priceDecimals(),
        LOT_DECIMALS,
        TAKER_FEES,
        MAKER_FEES,
        BigDecimal.ONE.movePointLeft(priceDecimals()).toPlainString(),
        tape().isOpen(nowMs) ? "online" : "work_in_progress");
  }

  /** The record of a dark pool, which has no name on the feed. */
  static String darkPool() {
    return ("{'altname':'XBTUSD.d','aclass_base':'currency','base':'XXBT',"
            + "'aclass_quote':'currency','quote':'ZUSD','lot':'unit','pair_decimals':1,"
            + "'lot_decimals':8,'status':'online'}")
        .replace('\'', '"');
  }

  private static String old(String asset) {
    return switch (asset) {
      case "BTC" -> "XBT";
      case "DOGE" -> "XDG";
      default -> asset;
    };
  }

  private static String asset(String old) {
    if (OLD_MONEY.contains(old)) {
      return "Z" + old;
    }
    return OLD_ASSETS.contains(old) || old.equals("XDG") ? "X" + old : old;
  }
}
