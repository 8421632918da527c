package dev.candles.fuzz;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.Names;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.Reject;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.lake.reject.RejectLines;
import dev.candles.sources.venue.Symbols;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds of everything that is believed, whatever was read. Written apart from the rules. */
final class Proper {
  private static final long EARLIEST_MS = 1_230_768_000_000L; // 2009-01-01
  private static final int MOST_REJECTS = 100;
  private static final long MOST_WAIT_MS = 3_600_000;

  private Proper() {}

  static void candle(Candle candle) {
    boolean prices =
        price(candle.open())
            && price(candle.high())
            && price(candle.low())
            && price(candle.close());
    boolean order =
        candle.low() <= candle.open()
            && candle.low() <= candle.close()
            && candle.high() >= candle.open()
            && candle.high() >= candle.close();
    Double quote = candle.quoteVolume();
    Double bought = candle.takerBuyVolume();
    boolean volumes =
        amount(candle.volume())
            && (quote == null || amount(quote))
            && (bought == null || (amount(bought) && bought <= candle.volume()));
    Long count = candle.tradeCount();
    boolean times =
        candle.openTimeMs() >= 0
            && candle.endTimeMs() > candle.openTimeMs()
            && candle.stream().timeframe().aligned(candle.openTimeMs());
    boolean silent =
        candle.volume() == 0 && (quote == null || quote == 0) && candle.low() == candle.high();
    boolean counts = count == null || count > 0 || (count == 0 && silent);
    Find.unless(prices && order && volumes && times && counts, "no candle", candle);
  }

  static void trade(Trade trade, long latestMs) {
    boolean times = trade.timeMs() >= EARLIEST_MS && trade.timeMs() <= latestMs;
    boolean values = price(trade.price()) && trade.size().signum() >= 0 && trade.id() >= 0;
    Find.unless(times && values && amount(trade.size().doubleValue()), "no trade", trade);
  }

  /** Ascending by id. */
  static void trades(List<Trade> trades, boolean eachOnce, long latestMs) {
    long last = -1;
    for (Trade trade : trades) {
      trade(trade, latestMs);
      boolean ascends = eachOnce ? trade.id() > last : trade.id() >= last;
      Find.unless(ascends, "trades do not ascend", trades);
      last = trade.id();
    }
  }

  static void reject(Reject reject) {
    byte[] line = RejectLines.encode(reject);
    for (int i = 0; i < line.length; i++) {
      boolean last = i == line.length - 1;
      Find.unless(last == (line[i] == '\n') && line[i] >= 0, "no line of ASCII", reject);
    }
    boolean bounded = reject.frame().length() <= Reject.MAX_FRAME_CHARS;
    Find.unless(bounded && reject.detail().length() <= 256, "a long reject", reject);
  }

  static void answer(RestAnswer answer, RestQuery query, long latestMs) {
    answer.candles().forEach(Proper::candle);
    ascending(answer.candles().stream().map(Candle::openTimeMs).toList(), query);
    ascending(answer.forming(), query);
    ascending(answer.silent(), query);
    Set<Long> seen = new HashSet<>();
    answer.candles().forEach(candle -> once(seen, candle.openTimeMs(), answer));
    answer.forming().forEach(open -> once(seen, open, answer));
    answer.silent().forEach(open -> once(seen, open, answer));
    trades(answer.page().trades(), true, latestMs);
    answer.rejects().forEach(Proper::reject);
    Find.unless(answer.rejects().size() <= MOST_REJECTS, "too many rejects", answer.rejects());
    boolean waits = answer.waitMs() >= 0 && answer.waitMs() <= MOST_WAIT_MS;
    Find.unless(waits, "no time to wait", answer);
    oneLine(answer.error());
    boolean rows = answer.outcome() == RestAnswer.Outcome.ROWS;
    Find.unless(rows == answer.error().isEmpty(), "an error without a word", answer);
  }

  private static void once(Set<Long> seen, long open, RestAnswer answer) {
    Find.unless(seen.add(open), "an interval in two states", answer);
  }

  private static void ascending(List<Long> opens, RestQuery query) {
    long last = Long.MIN_VALUE;
    for (long open : opens) {
      boolean asked = open >= query.fromMs() && open < query.toMs();
      boolean aligned = query.stream().timeframe().aligned(open);
      Find.unless(open > last && asked && aligned, "no open times of what was asked", opens);
      last = open;
    }
  }

  static void markets(List<Market> markets) {
    Set<String> seen = new HashSet<>();
    for (Market market : markets) {
      boolean proper = Names.isSymbol(market.symbol()) && Symbols.isSpot(market.symbol());
      boolean once = seen.add(market.symbol());
      Find.unless(proper && once && market.listedAtMs() >= 0, "no market", market);
    }
    Find.unless(!markets.isEmpty(), "a catalogue of nothing", markets);
  }

  static void oneLine(String text) {
    boolean control = text.chars().anyMatch(Character::isISOControl);
    Find.unless(!control, "a text of more than one line", text);
  }

  private static boolean price(double value) {
    return value > 0 && value <= Double.MAX_VALUE;
  }

  private static boolean amount(double value) {
    return value >= 0 && value <= Double.MAX_VALUE;
  }
}
