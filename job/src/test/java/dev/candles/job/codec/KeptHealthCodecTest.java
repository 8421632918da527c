package dev.candles.job.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.health.KeptHealth;
import dev.candles.core.health.VenueHealth;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptHealthCodecTest {
  /** The bytes of version 1: they are in savepoints. */
  private static final String VERSION_1 =
      "0100000000000003e80004444f574e00000000000007d0000000000000000500000001000000"
          + "00000005dc000754494d454f555400000002000000000000000400074845414c544859000844"
          + "45475241444544000000030010434f4e4e454354494f4e5f4552524f52000000000000000008"
          + "00000000000000050004444f574e00074845414c544859000000000000010000000000000009"
          + "00000000a191b930";

  private static final String VERSION_2 =
      "0200000000000003e80004444f574e00000000000007d0000000000000000500000001000000"
          + "00000005dc000754494d454f555400000002000000000000000400074845414c544859000844"
          + "4547524144454400000003010010434f4e4e454354494f4e5f4552524f520000000000000000"
          + "0800000000000000050004444f574e00074845414c5448590000000000010000000000000009";

  private static final String VERSION_3 =
      "0300000000000003e80004444f574e00000000000007d0000000000000000500000001000000"
          + "00000005dc000754494d454f555400000002000000000000000400074845414c544859000844"
          + "4547524144454400000003010010434f4e4e454354494f4e5f4552524f520000000000000000"
          + "0800000000000000050004444f574e00074845414c5448590000000000010000000000000009"
          + "010000000000000578000000000000076c010001000000000000044c00000000000004b00001";

  /** A venue that is down has been in trouble since its first failure that is known. */
  @ParameterizedTest
  @ValueSource(strings = {VERSION_1, VERSION_2})
  void theBytesOfEarlierVersionsAreReadForEver(String bytes) throws IOException {
    KeptHealth read = Codecs.KEPT_HEALTH.of(HexFormat.of().parseHex(bytes));
    VenueHealth.Snapshot sample = Samples.KEPT_HEALTH.health();
    assertThat(read)
        .isEqualTo(
            new KeptHealth(
                Samples.KEPT_HEALTH.epochMs(),
                VenueHealth.Snapshot.of(
                    sample.state(), sample.sinceMs(), sample.transitions(), sample.window()),
                Samples.KEPT_HEALTH.untold()));
    assertThat(read.health().troubleSinceMs()).isEqualTo(1_500);
  }

  /** Its last change is taken to have been stamped when the state was entered. */
  @Test
  void theBytesOfVersion3AreReadForEver() throws IOException {
    VenueHealth.Snapshot sample = Samples.KEPT_HEALTH.health();
    assertThat(Codecs.KEPT_HEALTH.of(HexFormat.of().parseHex(VERSION_3)).health())
        .isEqualTo(
            new VenueHealth.Snapshot(
                sample.state(),
                sample.sinceMs(),
                sample.transitions(),
                sample.sinceMs(),
                sample.window(),
                sample.trouble(),
                sample.past()));
  }

  @Test
  void everyCutIsRefusedAndEveryByteTooMany() throws IOException {
    byte[] bytes = Codecs.KEPT_HEALTH.bytes(Samples.KEPT_HEALTH);
    assertThat(Codecs.KEPT_HEALTH.of(bytes)).isEqualTo(Samples.KEPT_HEALTH);
    for (byte[] whole : new byte[][] {bytes, HexFormat.of().parseHex(VERSION_1)}) {
      for (int length = 0; length < whole.length; length++) {
        refused(Arrays.copyOf(whole, length), "'kept-health' is damaged");
      }
      refused(Arrays.copyOf(whole, whole.length + 1), "1 bytes too many");
    }
  }

  @Test
  void aVersionOfLaterIsNamed() {
    byte[] later = Codecs.KEPT_HEALTH.bytes(Samples.KEPT_HEALTH);
    later[0] = 5;
    refused(later, "'kept-health' has version 5, this build knows those up to 4");
  }

  private static void refused(byte[] bytes, String why) {
    assertThatThrownBy(() -> Codecs.KEPT_HEALTH.of(bytes))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining(why);
  }
}
