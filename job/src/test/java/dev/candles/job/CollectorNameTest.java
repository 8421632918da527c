package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CollectorNameTest {
  @Test
  void aJobIsKnownByItsLakeWhateverItsVenuesAre() {
    Path lake = Path.of("/srv/lake");
    assertThat(CollectorMain.collectsInto("candles /srv/lake (coinbase, okx)", lake)).isTrue();
    assertThat(CollectorMain.collectsInto("candles /srv/lake", lake))
        .as("a job of an earlier build")
        .isTrue();
    assertThat(CollectorMain.collectsInto("candles /srv/lake2 (okx)", lake)).isFalse();
    assertThat(CollectorMain.collectsInto("candles /srv/lake/a (okx)", lake)).isFalse();
    assertThat(CollectorMain.collectsInto("word count", lake)).isFalse();
    assertThat(CollectorMain.collectsInto("candles /srv/lake (old) (okx)", lake)).isFalse();
    assertThat(
            CollectorMain.collectsInto(
                "candles /srv/lake (old) (okx)", Path.of("/srv/x/../lake (old)")))
        .isTrue();
  }
}
