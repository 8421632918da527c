package dev.candles.sources.venue.okx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.sources.venue.Decoded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OkxRowFrameTest {
  private static final long AT_MS = 1_767_225_700_000L;
  private static final String CHARACTERS =
      "01234567890123456789.-+eE\"\"\\[]{},: aZ\n\u0000é\ud83d";

  private static String fixture(String name) throws IOException {
    try (InputStream in =
        OkxRowFrameTest.class.getResourceAsStream("/dev/candles/sources/venue/okx/" + name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  /** Whatever is read without the parser, the parser reads it so too. */
  static boolean agree(String frame, long atMs) {
    Decoded read = OkxRowFrame.read(frame, atMs);
    List<Decoded> decoded = new ArrayList<>();
    OkxFrames.decode(frame, atMs, decoded::add);
    List<Decoded> parsed = new ArrayList<>();
    OkxFrames.parse(frame, atMs, parsed::add);
    assertThat(decoded).as(frame).isEqualTo(parsed);
    if (read != null) {
      assertThat(parsed).as(frame).containsExactly(read);
    }
    return read != null;
  }

  @ParameterizedTest
  @CsvSource({
    "ws_candle_final.json, true",
    "ws_candle_final_8_fields.json, true",
    "ws_candle_revision.json, true",
    "ws_candle_update.json, true",
    "ws_candle_rollover.json, false",
    "ws_unknown_field.json, false",
    "ws_subscribed.json, false"
  })
  void aFrameOfOneRowIsReadWithoutTheParser(String name, boolean read) throws IOException {
    assertThat(agree(fixture(name), AT_MS)).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"arg\":{\"channel\":\"candle1m\",\"instId\":\"\"]]}",
        "{\"arg\":{\"channel\":\"candle1m\",\"instId\":\"]]}",
        "{\"arg\":{\"channel\":\"candle1m\",\"instId\":\"A-B\"},\"data\":[[\"]]}",
        "{\"arg\":{\"channel\":\"candle1m\",\"instId\":\"A-B\"},\"data\":[[\"\"]]}",
        "{\"arg\":{\"channel\":\"candle1m\",\"instId\":\"A-B\"},\"data\":[[\"\",\"]]}",
        "{\"arg\":{\"channel\":\"candle1m\",\"instId\":\"A-B\"},\"data\":[[\"\",\"\"]]}",
        "{\"arg\":{\"channel\":\"candle1m\",\"instId\":\"A-B\"},\"data\":[[\"1\",\"\\\"]]}"
      })
  void aFrameThatIsCutInItsMiddleIsLeftToTheParser(String frame) {
    assertThat(agree(frame, AT_MS)).isFalse();
  }

  @Test
  void nothingIsReadWithoutTheParserThatItRejects() throws IOException {
    List<String> frames =
        List.of(
            fixture("ws_candle_final.json"),
            fixture("ws_candle_final_8_fields.json"),
            fixture("ws_candle_update.json"),
            fixture("ws_candle_rollover.json"));
    Random random = new Random(1);
    int read = 0;
    for (int i = 0; i < 200_000; i++) {
      String frame = frames.get(random.nextInt(frames.size()));
      for (int changes = 1 + random.nextInt(2); changes > 0 && !frame.isEmpty(); changes--) {
        frame = random.nextInt(4) == 0 ? piece(frame, random) : character(frame, random);
      }
      read += agree(frame, AT_MS) ? 1 : 0;
    }
    assertThat(read).isBetween(5_000, 150_000);
  }

  private static String character(String frame, Random random) {
    int at = random.nextInt(frame.length());
    char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    StringBuilder changed = new StringBuilder(frame);
    switch (random.nextInt(3)) {
      case 0 -> changed.deleteCharAt(at);
      case 1 -> changed.insert(at, c);
      default -> changed.setCharAt(at, c);
    }
    return changed.toString();
  }

  /** Doubles or takes away what is between two of the frame's quotes, commas or brackets. */
  private static String piece(String frame, Random random) {
    int from = border(frame, random.nextInt(frame.length()));
    int to = border(frame, from + random.nextInt(40));
    String piece = frame.substring(from, Math.max(from, to));
    int at = border(frame, random.nextInt(frame.length()));
    return random.nextInt(3) == 0
        ? frame.substring(0, from) + frame.substring(Math.max(from, to))
        : frame.substring(0, at) + piece + frame.substring(at);
  }

  private static int border(String frame, int from) {
    for (int at = from; at < frame.length(); at++) {
      if ("\",[]{}".indexOf(frame.charAt(at)) >= 0) {
        return at;
      }
    }
    return frame.length();
  }
}
