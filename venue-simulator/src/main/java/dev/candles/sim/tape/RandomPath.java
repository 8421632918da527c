package dev.candles.sim.tape;

import java.util.Set;

/**
 * The way of one market's price: the one that its asset goes on all venues, and beside it, never
 * more than {@value #BESIDE} away, the market's own. Whoever compares venues finds them close, as
 * arbitrage keeps real ones.
 *
 * <p>The asset's way is a sum of smooth noises whose amplitude grows with the square root of their
 * period, so that it wanders like a market and any minute is reached without walking.
 */
final class RandomPath {
  /**
   * Most that a market lies beside its asset, relative; two venues lie at most twice that apart.
   */
  static final double BESIDE = 0.001;

  private static final int OCTAVES = 11;
  private static final double STEP = 0.0004;
  private static final int OWN = 104;
  private static final long OWN_MINUTES = 16;
  private static final int STANDING = 105;

  /** Quote currencies that are worth a dollar. */
  private static final Set<String> DOLLARS = Set.of("USD", "USDT", "USDC");

  private final Noise asset;
  private final Noise own;

  RandomPath(long seed, String venue, String symbol) {
    asset = new Noise(seed, asset(symbol));
    own = new Noise(seed, venue + "/" + symbol);
  }

  /** What is traded for what; all dollars are one. */
  static String asset(String symbol) {
    int hyphen = symbol.indexOf('-');
    boolean dollars = hyphen >= 0 && DOLLARS.contains(symbol.substring(hyphen + 1));
    return dollars ? symbol.substring(0, hyphen) + "-USD" : symbol;
  }

  /**
   * The price as a multiple of what it wanders around.
   *
   * @param minute minutes since the epoch
   */
  double factor(long minute) {
    double sum = 0;
    long period = 1;
    double amplitude = STEP;
    for (int octave = 0; octave < OCTAVES; octave++) {
      sum += amplitude * asset.smooth(octave, minute, period);
      period *= 4;
      amplitude *= 2;
    }
    double standing = 2 * own.unit(STANDING, 0) - 1;
    double beside = (standing + own.smooth(OWN, minute, OWN_MINUTES)) / 2;
    return Math.exp(sum) * (1 + BESIDE * beside);
  }
}
