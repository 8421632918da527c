package dev.candles.batch.quality.check;

/**
 * A finding that holds only if nothing is missing in some intervals of the base stream: where
 * minutes are unknown, a chain may break and a rollup cannot be compared.
 *
 * @param baseStream {@code venue/symbol/1m}
 * @param neededMs flat ranges {@code from0, to0, …} of open times, epoch ms, UTC
 * @param asOfMs when the newest candle was received that both sides know of, epoch ms, UTC: what is
 *     received later may explain it
 */
@SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares doubts
public record ConditionalFinding(Finding finding, String baseStream, long[] neededMs, long asOfMs) {

  /** One that nothing explains that is received later. */
  ConditionalFinding(Finding finding, String baseStream, long[] neededMs) {
    this(finding, baseStream, neededMs, Long.MAX_VALUE);
  }
}
