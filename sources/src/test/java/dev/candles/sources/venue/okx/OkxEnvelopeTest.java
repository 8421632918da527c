package dev.candles.sources.venue.okx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OkxEnvelopeTest {
  @Test
  void ofARowAndOfAnObjectOnlyWhatMattersIsKept() throws IOException {
    String cells = "\"1\",".repeat(29) + "\"1\"";
    assertThat(OkxEnvelope.parse("{\"data\":[[" + cells + "]]}").rows.get(0)).hasSize(16);
    String fields = "{\"instId\":\"A-USD\",\"more\":\"1\",\"state\":\"live\",\"alias\":\"\"}";
    assertThat(OkxEnvelope.parse("{\"data\":[" + fields + "]}").objects.get(0))
        .containsOnlyKeys("instId", "state");
  }
}
