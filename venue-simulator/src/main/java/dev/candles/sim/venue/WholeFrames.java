package dev.candles.sim.venue;

import java.nio.ByteBuffer;
import java.util.List;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.Handshakedata;

/**
 * The websocket protocol without extensions, and without messages in fragments: what a client asks
 * of a venue is short. So nothing is kept of a client but one frame and its handshake.
 */
final class WholeFrames extends Draft_6455 {
  private static final int MAX_HANDSHAKE_BYTES = 64 << 10;

  WholeFrames(int maxFrameBytes) {
    super(List.of(), maxFrameBytes);
  }

  @Override
  public Draft copyInstance() {
    return new WholeFrames(getMaxFrameSize());
  }

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
    if (!frame.isFin()) {
      throw new InvalidDataException(CloseFrame.POLICY_VALIDATION, "fragments are not taken");
    }
    super.processFrame(socket, frame);
  }
}
