package dev.candles.sources.transport;

import java.nio.ByteBuffer;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.TextFrame;
import org.jspecify.annotations.Nullable;

/** A frame of RFC 6455 as it lies in a buffer, from its position on. Pure; moves no position. */
final class FrameBytes {
  /** The size of a frame whose head is not whole. */
  static final long CUT = 0;

  /** FIN and the opcode of a text, no reserved bit. */
  private static final byte WHOLE_TEXT = (byte) 0x81;

  private static final int LAST_DATA_OPCODE = 2;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int MASK_BYTES = 4;
  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  private FrameBytes() {}

  /**
   * Size of the frame with its head; {@link #CUT} while its head is not whole, and without end
   * where it says to be larger than allowed.
   */
  static long size(ByteBuffer bytes, int maxPayload) {
    int at = bytes.position();
    if (bytes.remaining() < 2) {
      return CUT;
    }
    boolean data =
        (bytes.get(at) & 0x0f) <= LAST_DATA_OPCODE; // no other is longer than it says here
    int said = bytes.get(at + 1) & 0x7f;
    int headBytes = 2 + (data && said == TWO_BYTES ? 2 : data && said == EIGHT_BYTES ? 8 : 0);
    if (bytes.remaining() < headBytes) {
      return CUT;
    }
    long payload =
        switch (headBytes) {
          case 2 -> said;
          case 4 -> bytes.getShort(at + 2) & 0xffff;
          default -> bytes.getLong(at + 2);
        };
    int mask = bytes.get(at + 1) < 0 ? MASK_BYTES : 0;
    return payload < 0 || payload > maxPayload ? Long.MAX_VALUE : headBytes + mask + payload;
  }

  /**
   * The frame that the bytes are, to the last; null if it is not the last or only one of a text, is
   * masked, is longer than two bytes can say, or is not all ASCII.
   */
  static @Nullable Framedata asciiText(ByteBuffer bytes) {
    int at = bytes.position();
    int said = bytes.get(at + 1);
    if (bytes.get(at) != WHOLE_TEXT || said < 0 || said == EIGHT_BYTES) {
      return null;
    }
    int from = at + (said == TWO_BYTES ? 4 : 2);
    byte[] text = new byte[bytes.limit() - from];
    bytes.get(from, text);
    ByteBuffer payload = ByteBuffer.wrap(text);
    if (!isAscii(payload)) {
      return null;
    }
    TextFrame frame = new TextFrame();
    frame.setPayload(payload);
    return frame;
  }

  private static boolean isAscii(ByteBuffer text) {
    int at = 0;
    for (; at <= text.limit() - Long.BYTES; at += Long.BYTES) {
      if ((text.getLong(at) & NOT_ASCII) != 0) {
        return false;
      }
    }
    for (; at < text.limit(); at++) {
      if (text.get(at) < 0) {
        return false;
      }
    }
    return true;
  }
}
