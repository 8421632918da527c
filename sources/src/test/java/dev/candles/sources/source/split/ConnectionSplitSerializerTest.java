package dev.candles.sources.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Market;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionSplitSerializerTest {
  private final ConnectionSplitSerializer serializer = new ConnectionSplitSerializer();

  @Test
  void aSplitComesBackAsItWas() throws IOException {
    ConnectionSplit split =
        new ConnectionSplit(
            "okx",
            3,
            List.of(new Market("A-B", "AB", 17), new Market("C-D", "C-D", 0)),
            1_767_225_600_000L);

    assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(split)))
        .isEqualTo(split);
    assertThat(split.splitId()).isEqualTo("okx#3");
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> serializer.deserialize(1, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version=1");
  }
}
