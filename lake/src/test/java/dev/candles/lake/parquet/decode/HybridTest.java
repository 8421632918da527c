package dev.candles.lake.parquet.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HybridTest {
  private static int[] decode(int... bytes) throws UnfamiliarException {
    byte[] runs = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      runs[i] = (byte) bytes[i];
    }
    int[] values = new int[2];
    Hybrid.decode(runs, 0, runs.length, 1, 2, values);
    return values;
  }

  /** The library keeps all bits of such a value, which is no level then. */
  @Test
  void aValueOfMoreBitsThanItsWidthIsLeftToTheLibrary() throws UnfamiliarException {
    assertThat(decode(2, 1, 2, 0)).containsExactly(1, 0);
    assertThatThrownBy(() -> decode(2, 2, 2, 0)).isInstanceOf(UnfamiliarException.class);
  }
}
