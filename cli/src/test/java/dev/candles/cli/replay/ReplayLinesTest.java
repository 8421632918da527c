package dev.candles.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.RejectReason;
import dev.candles.sources.venue.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayLinesTest {
  /** DEL, next line, C1's end, Unicode's separators, and the controls that JSON knows. */
  @ParameterizedTest
  @ValueSource(ints = {0, 0x1b, '\n', 0x7f, 0x80, 0x85, 0x9f, 0x2028, 0x2029})
  void aFrameIsShownWithoutWhatATerminalActsOnAndReadAsItCame(int control) throws Exception {
    List<String> lines = new ArrayList<>();
    String frame = "{\"é€\": \"a" + Character.toString(control) + "b\"}";

    new ReplayLines("okx", null, null, false, lines::add)
        .reject("BTC-USDT", RejectReason.MALFORMED, "detail", frame, "file", 1);

    String line = lines.get(0);
    assertThat(line.codePoints()).noneMatch(c -> Character.isISOControl(c) || c == control);
    assertThat(line).contains("é€");
    assertThat(JsonValue.parse(line, 100).field("frame").string()).contains(frame);
  }
}
