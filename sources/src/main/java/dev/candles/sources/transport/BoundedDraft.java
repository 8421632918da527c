package dev.candles.sources.transport;

import java.nio.ByteBuffer;
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
 */
final class BoundedDraft extends Draft_6455 {
  /** Of one message. */
  static final int MAX_FRAGMENTS = 10_000;

  /** What a venue answers has some hundred bytes, with cookies a few thousand. */
  static final int MAX_HANDSHAKE_BYTES = 64 << 10;

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
