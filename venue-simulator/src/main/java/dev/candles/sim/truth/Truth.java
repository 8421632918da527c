package dev.candles.sim.truth;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.TapeCandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What every interval truly holds, by the rules of its venue, up to now. Safe for many threads. */
public final class Truth {
  private final Map<String, TrueMarket> markets = new LinkedHashMap<>();
  private final LongSupplier marketNow;

  /**
   * @param marketNow market time, epoch ms, UTC: intervals that are not over yet are not told
   */
  public Truth(List<TrueMarket> markets, LongSupplier marketNow) {
    markets.forEach(market -> this.markets.put(key(market.venue(), market.symbol()), market));
    this.marketNow = marketNow;
  }

  /** All markets. */
  public List<TrueMarket> markets() {
    return List.copyOf(markets.values());
  }

  /**
   * Candles with open time in {@code [fromMs, toMs)} whose interval is over, ascending.
   *
   * @throws IllegalArgumentException if there is no such market
   */
  public List<TrueCandle> candles(StreamKey stream, long fromMs, long toMs) {
    List<TrueCandle> candles = new ArrayList<>();
    long now = marketNow.getAsLong();
    for (long at : opens(stream, fromMs, toMs, now)) {
      candle(stream, at, now).ifPresent(candles::add);
    }
    return candles;
  }

  /**
   * Open times in {@code [fromMs, toMs)} of intervals that are over and truly empty, ascending.
   *
   * @throws IllegalArgumentException if there is no such market
   */
  public List<Long> empties(StreamKey stream, long fromMs, long toMs) {
    List<Long> empties = new ArrayList<>();
    long now = marketNow.getAsLong();
    for (long at : opens(stream, fromMs, toMs, now)) {
      if (candle(stream, at, now).isEmpty()) {
        empties.add(at);
      }
    }
    return empties;
  }

  /** First open time (epoch ms) of a stream that can hold a candle. */
  public long firstOpen(StreamKey stream) {
    return stream.timeframe().floor(market(stream).series().tape().listedMs());
  }

  private Optional<TrueCandle> candle(StreamKey stream, long openTimeMs, long nowMs) {
    Series series = market(stream).series();
    Timeframe timeframe = stream.timeframe();
    Optional<TapeCandle> traded = series.candle(timeframe, openTimeMs, nowMs);
    if (traded.isEmpty()) {
      return Optional.empty(); // whatever row the venue shows: nobody traded
    }
    TrueCandle original =
        series.corrected(timeframe, openTimeMs, nowMs)
            ? series.original(timeframe, openTimeMs).map(c -> TrueCandle.of(c, null)).orElse(null)
            : null;
    return Optional.of(TrueCandle.of(traded.get(), original));
  }

  private long[] opens(StreamKey stream, long fromMs, long toMs, long nowMs) {
    Timeframe timeframe = stream.timeframe();
    long from = Math.max(timeframe.ceil(fromMs), firstOpen(stream));
    long to = Math.min(timeframe.ceil(toMs), timeframe.floor(nowMs));
    int count = (int) Math.max(0, (to - from) / timeframe.millis());
    long[] opens = new long[count];
    for (int i = 0; i < count; i++) {
      opens[i] = from + i * timeframe.millis();
    }
    return opens;
  }

  private TrueMarket market(StreamKey stream) {
    TrueMarket market = markets.get(key(stream.venue(), stream.symbol()));
    if (market == null) {
      throw new IllegalArgumentException("no such market: stream=" + stream);
    }
    return market;
  }

  private static String key(String venue, String symbol) {
    return venue + "/" + symbol;
  }
}
