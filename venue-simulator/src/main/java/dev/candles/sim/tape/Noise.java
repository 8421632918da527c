package dev.candles.sim.tape;

/** Seeded numbers by index: pure, so that any index costs the same. */
final class Noise {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long key;

  Noise(long seed, String name) {
    long hash = mix(seed + GOLDEN);
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash ^ (name.charAt(i) * GOLDEN));
    }
    key = hash;
  }

  /** 64 bits for number {@code index} of a channel. */
  long bits(int channel, long index) {
    return mix(mix(key + channel * GOLDEN) ^ (index * GOLDEN));
  }

  /** In {@code [0, 1)}. */
  double unit(int channel, long index) {
    return (bits(channel, index) >>> 11) * 0x1.0p-53;
  }

  /** Value noise in {@code [-1, 1]}: hashed at every multiple of {@code period}, smooth between. */
  double smooth(int channel, long index, long period) {
    long cell = Math.floorDiv(index, period);
    double at = (double) Math.floorMod(index, period) / period;
    double ease = at * at * (3 - 2 * at);
    double from = 2 * unit(channel, cell) - 1;
    double to = 2 * unit(channel, cell + 1) - 1;
    return from + (to - from) * ease;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
