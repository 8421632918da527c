package dev.candles.core;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.proof.TradeEvidence.Ends;
import java.util.SplittableRandom;

/** Candles for tests. */
public final class Candles {
  /** The stream they belong to. */
  public static final StreamKey STREAM = new StreamKey("okx", "BTC-USDT", Timeframe.M1);

  /** A Monday, midnight UTC. */
  public static final long T0 = 1_767_571_200_000L;

  /** One minute. */
  public static final long MINUTE = 60_000;

  /** The grace of trades. */
  public static final long GRACE_MS = 2_000;

  /** Nothing is known of the ids around trades. */
  public static final Ends NO_ENDS = Ends.unknown(GRACE_MS);

  private Candles() {}

  /** A candle with the given close and volume. */
  public static Candle candle(long openTimeMs, double close, double volume, Evidence evidence) {
    return new Candle(
        STREAM,
        openTimeMs,
        new Ohlc(close, close + 1, close - 1, close),
        Volumes.ofBase(volume),
        TradeRange.UNKNOWN,
        Provenance.first(evidence, "test", openTimeMs + MINUTE));
  }

  /** A row that says that nobody traded. */
  public static Candle flat(long openTimeMs, double price, Evidence evidence) {
    return new Candle(
        STREAM,
        openTimeMs,
        new Ohlc(price, price, price, price),
        new Volumes(0, 0.0, null),
        TradeRange.UNKNOWN,
        Provenance.first(evidence, "test", openTimeMs + MINUTE));
  }

  /** The closed candle of minute {@code i}. */
  public static Candle minute(int i) {
    return candle(T0 + i * MINUTE, 100 + i % 7, 1 + i % 3, Evidence.VENUE_FLAG);
  }

  /** A traded candle with random, valid values. */
  public static Candle random(SplittableRandom random, long openTimeMs) {
    double open = price(random);
    double close = price(random);
    double high = Math.max(open, close) + random.nextInt(5) / 10.0;
    double low = Math.min(open, close) - random.nextInt(5) / 10.0;
    double volume = random.nextInt(1, 1_000_000) / 1e6;
    return new Candle(
        STREAM,
        openTimeMs,
        new Ohlc(open, high, low, close),
        new Volumes(volume, Math.round(volume * close * 1e6) / 1e6, null),
        new TradeRange((long) random.nextInt(1, 50), null, null),
        Provenance.first(Evidence.VENUE_FLAG, "ws", openTimeMs));
  }

  private static double price(SplittableRandom random) {
    return 100 + random.nextInt(1000) / 10.0;
  }
}
