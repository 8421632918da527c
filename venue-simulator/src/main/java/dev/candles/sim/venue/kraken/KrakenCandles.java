package dev.candles.sim.venue.kraken;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.venue.HalfMade;
import dev.candles.sim.venue.PageRow;
import dev.candles.sim.venue.RestCall;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * REST's candles of one pair, as of a market time, oldest first: the latest 720 and the one in
 * progress, never older ones; a flat row for an interval without trades (kraken.md section 5).
 */
final class KrakenCandles {
  private static final int COMMITTED_ROWS = 720;

  private final KrakenPair pair;
  private final Timeframe timeframe;
  private final long asOfMs;
  private final RestCall visit;
  private final HalfMade halfMade;

  KrakenCandles(KrakenPair pair, Timeframe timeframe, long asOfMs, RestCall visit) {
    this.pair = pair;
    this.timeframe = timeframe;
    this.asOfMs = asOfMs;
    this.visit = visit;
    this.halfMade = visit.halfMade(pair.desk().symbol(), asOfMs);
  }

  /** Open time of the newest row that is not in progress, epoch ms. */
  long lastCommitted() {
    return timeframe.floor(asOfMs) - timeframe.millis();
  }

  /** Rows that open after {@code seconds} (epoch seconds, exclusive), and the one in progress. */
  List<PageRow> since(long seconds) {
    long current = timeframe.floor(asOfMs);
    long oldest = current - COMMITTED_ROWS * timeframe.millis();
    List<PageRow> rows = new ArrayList<>();
    for (long open = oldest; open <= current; open += timeframe.millis()) {
      if (open / 1_000 > seconds || open == current) {
        row(open).map(this::line).ifPresent(rows::add);
      }
    }
    return rows;
  }

  private PageRow line(TapeCandle candle) {
    return new PageRow(candle.openTimeMs(), SimKrakenFrames.row(pair, candle));
  }

  private Optional<TapeCandle> row(long openTimeMs) {
    Series series = pair.desk().series();
    long counted = halfMade.countedMs(series.tape(), timeframe, openTimeMs);
    Optional<TapeCandle> traded = series.candle(timeframe, openTimeMs, Math.min(asOfMs, counted));
    return traded.isPresent() ? traded.map(this::told) : series.flat(openTimeMs);
  }

  /**
   * Closed rows were seen to differ from their trades in volume alone (kraken.md sections 4, 9).
   */
  private TapeCandle told(TapeCandle candle) {
    boolean over = candle.openTimeMs() + timeframe.millis() <= asOfMs;
    if (!over || !visit.hasOtherVolume(pair.desk().symbol(), candle.openTimeMs())) {
      return candle;
    }
    BigDecimal more =
        candle.volume().movePointLeft(1).setScale(KrakenPair.LOT_DECIMALS, RoundingMode.UP);
    return candle.corrected(BigDecimal.ZERO, more);
  }
}
