package dev.candles.job.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.repair.GapState;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GapStateCodecTest {
  /** The bytes of version 1: they are in savepoints. */
  private static final String VERSION_1 =
      "0100036f6b7800084254432d555344540002316d0000019b8b741800000000040000019b8b74"
          + "18000000019b8b7502600000019b8b76d7200000019b8b77c1800007484953544f52590000"
          + "019b8b74180101000000020000019b8b7418000000019b8b750260000000040000019b8b74"
          + "1805000000040000019b8b7418000000019b8b7502600000019b8b76d7200000019b8b77c1"
          + "80000000060000019b8b74180701";

  /** It held what no answer had reached as asked in vain: that would be given up unasked. */
  @Test
  void ofAGapOfVersion1TheSweepBeginsAnewAndNoIntervalWasAskedInVain() throws IOException {
    GapState read = Codecs.GAP.of(HexFormat.of().parseHex(VERSION_1));
    GapState kept = Samples.GAP;
    assertThat(read).usingRecursiveComparison().isEqualTo(kept.unswept());
    assertThat(read.open()).isEqualTo(kept.open());
    assertThat(read.cursorMs()).isEqualTo(kept.dayMs() + Timeframe.D1.millis());
    assertThat(read.sweepLeft()).isEmpty();
    assertThat(read.stuck().set()).isEmpty();
    assertThat(read.stuck().sweeps()).isZero();
    assertThat(read.nextTryMs()).isEqualTo(kept.nextTryMs());
    assertThat(read.givenUp()).isTrue();
  }
}
