package dev.candles.lake.reject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.feed.Reject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RejectLinesTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @Test
  void aRejectIsOneLineWithItsFieldsInOrder() {
    Reject reject =
        new Reject(5, "okx", "BTC-USDT", "trades", RejectReason.BAD_PRICE, "px=0", "{\"a\":\n1}");
    assertThat(RejectLines.line(reject))
        .isEqualTo(
            "{\"at_ms\":5,\"venue\":\"okx\",\"symbol\":\"BTC-USDT\",\"channel\":\"trades\","
                + "\"reason\":\"BAD_PRICE\",\"detail\":\"px=0\",\"frame\":\"{\\\"a\\\":\\n1}\"}");
    assertThat(RejectLines.encode(reject)).endsWith((byte) '\n');
  }

  @Test
  void halfASurrogatePairBecomesTheReplacementCharacter() throws IOException {
    Reject reject =
        new Reject(5, "okx", "", "", RejectReason.MALFORMED, "", "a\uD83D|\uDE00|\uD83D\uDE00");
    assertThat(parse(reject).get("frame")).isEqualTo("a\uFFFD|\uFFFD|\uD83D\uDE00");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverComesFromOutsideIsOneAsciiLineThatParsesBack(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder frame = new StringBuilder();
    for (int i = random.nextInt(300); i > 0; i--) {
      int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x10000);
      frame.append((char) (Character.isSurrogate((char) c) ? 'x' : c));
    }
    Reject reject = new Reject(1, "okx", "", "", RejectReason.TOO_LARGE, "d", frame.toString());
    byte[] bytes = RejectLines.encode(reject);
    for (int i = 0; i < bytes.length - 1; i++) {
      assertThat(bytes[i]).isBetween((byte) 0x20, (byte) 0x7f);
    }
    assertThat(parse(reject).get("frame")).isEqualTo(frame.toString());
  }

  private static Map<String, String> parse(Reject reject) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(RejectLines.encode(reject))) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        fields.put(name, json.getText());
      }
    }
    return fields;
  }
}
