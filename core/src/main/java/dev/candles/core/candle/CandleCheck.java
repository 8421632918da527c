package dev.candles.core.candle;

import java.util.Optional;

/** Whether values can be a candle at all. Pure; what fails is rejected, never repaired. */
public final class CandleCheck {
  private CandleCheck() {}

  /** What is impossible about {@code candle}, or empty if nothing is. */
  public static Optional<RejectReason> problem(Candle candle) {
    if (!candle.stream().timeframe().aligned(candle.openTimeMs())) {
      return Optional.of(RejectReason.MISALIGNED_TIME);
    }
    if (!(positive(candle.open()) && positive(candle.high()))
        || !(positive(candle.low()) && positive(candle.close()))) {
      return Optional.of(RejectReason.BAD_PRICE);
    }
    if (candle.high() < Math.max(candle.open(), candle.close())
        || candle.low() > Math.min(candle.open(), candle.close())) {
      return Optional.of(RejectReason.BAD_OHLC);
    }
    if (!believable(candle.volumes())) {
      return Optional.of(RejectReason.BAD_VOLUME);
    }
    Long count = candle.tradeCount();
    if (count != null && count == 0 && !FlatRow.matches(candle)) {
      Double quote = candle.quoteVolume();
      boolean paid = candle.volume() > 0 || (quote != null && quote > 0);
      return Optional.of(paid ? RejectReason.BAD_VOLUME : RejectReason.BAD_OHLC);
    }
    return Optional.empty();
  }

  /** Nearest doubles keep their order: what takers bought is never above the whole. */
  private static boolean believable(Volumes volumes) {
    Double quote = volumes.quote();
    Double takerBuy = volumes.takerBuy();
    return notNegative(volumes.base())
        && (quote == null || notNegative(quote))
        && (takerBuy == null || (notNegative(takerBuy) && takerBuy <= volumes.base()));
  }

  private static boolean positive(double value) {
    return Double.isFinite(value) && value > 0;
  }

  private static boolean notNegative(double value) {
    return Double.isFinite(value) && value >= 0;
  }
}
