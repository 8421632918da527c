package dev.candles.core.finality;

import org.jspecify.annotations.Nullable;

/** What {@link Finalizer} keeps of the stream that it is asked about, so that it outlives it. */
public interface FinalizerStore {
  /**
   * Open time (epoch ms, UTC) of the first interval that the live path has not accounted for.
   *
   * @throws IllegalStateException if the stream was never announced
   */
  long frontierMs();

  void putFrontierMs(long frontierMs);

  /** How far the chain of trade ids reaches, null if nothing can be joined. */
  TradeJoin.@Nullable Joint joint();

  void putJoint(TradeJoin.@Nullable Joint joint);

  /** The version that was passed of an interval, null if none is remembered. */
  @Nullable Version passed(long openTimeMs);

  void putPassed(long openTimeMs, Version version);

  void removePassed(long openTimeMs);

  void clearPassed();
}
