package dev.candles.sim;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A WebSocket client of bare bytes, for frames that no library would send (RFC 6455). */
final class RawSocket implements AutoCloseable {
  private static final int TEXT_FINAL = 0x81;
  private static final int CLOSE_FINAL = 0x88;
  private static final int MASKED_64_BIT_LENGTH = 0x80 | 127;

  private final Socket socket;
  private final DataInputStream in;

  private RawSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  static RawSocket upgrade(URI origin, String path) throws IOException {
    RawSocket raw = new RawSocket(new Socket(origin.getHost(), origin.getPort()));
    raw.socket.setSoTimeout((int) TimeUnit.MINUTES.toMillis(4));
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                .formatted(path, origin.getAuthority())
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    raw.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    raw.skipResponseHead();
    return raw;
  }

  /** Sends the header of a text frame, and nothing of its body. */
  void announceTextFrame(long bytes) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(14);
    header.put((byte) TEXT_FINAL).put((byte) MASKED_64_BIT_LENGTH).putLong(bytes).putInt(0);
    socket.getOutputStream().write(header.array());
  }

  /** Reads frames until the close frame. */
  int readCloseCode() throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte();
      int length = in.readUnsignedByte(); // a server's frames are unmasked, those here are short
      if (opcode == CLOSE_FINAL) {
        return in.readUnsignedShort();
      }
      in.skipNBytes(length == 126 ? in.readUnsignedShort() : length);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void skipResponseHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    if (head.indexOf("HTTP/1.1 101") != 0) {
      throw new IOException("refused: answer=" + head);
    }
  }
}
