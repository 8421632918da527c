package dev.candles.sources.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.exceptions.LimitExceededException;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.Handshakedata;

/**
 * The websocket protocol without extensions, with a bound on all that is kept before it is whole:
 * the answer to the handshake, one frame, the fragments of one message. Each ends the connection.
 *
 * <p>Of what the library does to read a frame nine tenths are to see, byte by byte, whether a text
 * is UTF-8. So it is handed one frame at a time, and a whole one of ASCII text is made here; all
 * others are the library's, to be read or refused.
 */
final class BoundedDraft extends Draft_6455 {
  /** Of one message. */
  static final int MAX_FRAGMENTS = 10_000;

  /** What a venue answers has some hundred bytes, with cookies a few thousand. */
  static final int MAX_HANDSHAKE_BYTES = 64 << 10;

  /** The head of the next frame if it was cut: at most nine bytes. */
  private byte[] head = {};

  /** So many bytes are to come of the frame that the library has a part of. */
  private long missing;

  private long openBytes;
  private int openFragments;

  /**
   * Takes frames of this size.
   *
   * @param maxFrameBytes larger ones, in one piece or in fragments, are refused
   */
  BoundedDraft(int maxFrameBytes) {
    super(List.of(), maxFrameBytes);
  }

  @Override
  public Draft copyInstance() {
    return new BoundedDraft(getMaxFrameSize());
  }

  /** Is asked again, with all that came, whenever more of the handshake comes. */
  @Override
  public Handshakedata translateHandshake(ByteBuffer bytes) throws InvalidHandshakeException {
    if (bytes.remaining() > MAX_HANDSHAKE_BYTES) {
      throw new InvalidHandshakeException(
          "handshake is too long: max_bytes=" + MAX_HANDSHAKE_BYTES);
    }
    return super.translateHandshake(bytes);
  }

  @Override
  public List<Framedata> translateFrame(ByteBuffer bytes) throws InvalidDataException {
    ByteBuffer rest = afterHead(bytes);
    int end = rest.limit();
    List<Framedata> frames = new ArrayList<>();
    while (rest.hasRemaining()) {
      boolean begins = missing == 0;
      long size = begins ? FrameBytes.size(rest, getMaxFrameSize()) : missing;
      if (size == FrameBytes.CUT) {
        head = new byte[rest.remaining()];
        rest.get(head);
        return frames;
      }
      int next = rest.position() + (int) Math.min(size, rest.remaining());
      missing = size - (next - rest.position());
      rest.limit(next);
      Framedata text = begins && missing == 0 ? FrameBytes.asciiText(rest) : null;
      if (text == null) {
        frames.addAll(super.translateFrame(rest));
      } else {
        frames.add(text);
      }
      rest.limit(end).position(next);
    }
    return frames;
  }

  private ByteBuffer afterHead(ByteBuffer bytes) {
    if (head.length == 0) {
      return bytes;
    }
    byte[] all = Arrays.copyOf(head, head.length + bytes.remaining());
    bytes.get(all, head.length, bytes.remaining());
    head = new byte[0];
    return ByteBuffer.wrap(all);
  }

  @Override
  public void processFrame(WebSocketImpl socket, Framedata frame) throws InvalidDataException {
    if (isOfMessage(frame.getOpcode())) {
      count(frame);
    }
    super.processFrame(socket, frame);
  }

  private static boolean isOfMessage(Opcode opcode) {
    return opcode == Opcode.TEXT || opcode == Opcode.BINARY || opcode == Opcode.CONTINUOUS;
  }

  private void count(Framedata frame) throws LimitExceededException {
    if (frame.isFin()) {
      openBytes = 0;
      openFragments = 0;
      return;
    }
    openBytes += frame.getPayloadData().remaining();
    openFragments++;
    if (openBytes > getMaxFrameSize()) {
      throw new LimitExceededException("message in fragments is too large", getMaxFrameSize());
    }
    if (openFragments > MAX_FRAGMENTS) {
      throw new LimitExceededException("message has too many fragments", MAX_FRAGMENTS);
    }
  }
}
