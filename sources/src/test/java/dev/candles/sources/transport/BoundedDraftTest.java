package dev.candles.sources.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.Framedata;
import org.junit.jupiter.api.Test;

class BoundedDraftTest {
  private static final int MAX_FRAME_BYTES = 300;
  private static final List<String> TEXTS =
      List.of(
          "", "a", "{\"arg\":{}}", "x".repeat(124), "x".repeat(126), "y".repeat(300), "€ é", "é");

  /** What is made of some bytes that come at once: frames, or why the connection ends. */
  private static List<String> read(Draft draft, byte[] bytes, int from, int to) {
    List<String> said = new ArrayList<>();
    try {
      for (Framedata frame : draft.translateFrame(ByteBuffer.wrap(bytes, from, to - from))) {
        said.add(
            frame.getOpcode()
                + " fin="
                + frame.isFin()
                + " reserved="
                + frame.isRSV1()
                + frame.isRSV2()
                + frame.isRSV3()
                + " "
                + new String(frame.getPayloadData().array(), StandardCharsets.ISO_8859_1)
                + frame.getPayloadData());
      }
    } catch (InvalidDataException e) {
      said.add(e + " " + e.getCloseCode());
    }
    return said;
  }

  /** In whatever pieces it comes, what a server sends is what the library makes of it. */
  @Test
  void everyStreamOfBytesIsReadAsTheLibraryReadsIt() {
    Random random = new Random(1);
    int refused = 0;
    int texts = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = stream(random);
      Draft library = new Draft_6455(List.of(), MAX_FRAME_BYTES);
      Draft ours = new BoundedDraft(MAX_FRAME_BYTES);
      boolean open = true;
      for (int from = 0; open && from < bytes.length; ) {
        int most = random.nextBoolean() ? 8 : 1_000;
        int to = Math.min(bytes.length, from + 1 + random.nextInt(most));
        List<String> expected = read(library, bytes, from, to);
        assertThat(read(ours, bytes, from, to))
            .as(() -> Arrays.toString(bytes))
            .isEqualTo(expected);
        open = expected.stream().noneMatch(word -> word.contains("Exception"));
        texts += (int) expected.stream().filter(word -> word.startsWith("TEXT fin=true")).count();
        from = to;
      }
      refused += open ? 0 : 1;
    }
    assertThat(refused).isBetween(10_000, 90_000);
    assertThat(texts).isGreaterThan(50_000);
  }

  private static byte[] stream(Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int frames = 1 + random.nextInt(6); frames > 0; frames--) {
      frame(out, random);
    }
    byte[] bytes = out.toByteArray();
    for (int changes = random.nextInt(10) - 8; changes > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static void frame(ByteArrayOutputStream out, Random random) {
    byte[] payload = TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8);
    boolean usual = random.nextInt(4) > 0;
    out.write(usual ? 0x81 : List.of(0x01, 0x80, 0x82, 0x89, 0x8a, 0x00).get(random.nextInt(6)));
    int mask = random.nextInt(12) == 0 ? 0x80 : 0;
    int form = random.nextInt(12);
    if (form == 0) {
      out.write(mask | 127);
      out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    } else if (form == 1 || payload.length > 125) {
      out.write(mask | 126);
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      out.write(mask | payload.length);
    }
    if (mask != 0) {
      out.writeBytes(new byte[] {1, 2, 3, 4});
    }
    out.writeBytes(payload);
  }
}
