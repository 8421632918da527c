package dev.candles.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;

/** As much of HTTP and WebSocket (RFC 6455) as a server of frames needs, on one connection. */
final class Wire {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int MAX_HEAD = 16_384;
  private static final int MAX_FRAME = 1 << 20;

  private Wire() {}

  /** Reads the head of a request, up to and with its blank line; empty if the peer went away. */
  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 || head.length() > MAX_HEAD) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Answers the handshake of {@code head}. */
  static void accept(String head, OutputStream out) throws IOException {
    String key = head.replaceAll("(?is).*sec-websocket-key: *([^\\r]+)\\r.*", "$1");
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      String answer =
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + Base64.getEncoder().encodeToString(digest)
              + "\r\n\r\n";
      out.write(answer.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /** Answers a plain request and ends the connection. */
  static void answer(OutputStream out, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        String.format(
            Locale.ROOT,
            "HTTP/1.1 %d -\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n",
            status,
            bytes.length);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.flush();
  }

  /** Reads one masked frame of a client; empty if it is the last. */
  static String read(InputStream in) throws IOException {
    int first = in.read();
    int second = in.read();
    long length = second & 0x7f;
    int more = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (more > 0) {
      length = 0;
      for (byte b : in.readNBytes(more)) {
        length = length << 8 | (b & 0xff);
      }
    }
    if (second < 0 || (first & 0x0f) == 8 || length > MAX_FRAME || length < 0) {
      return "";
    }
    byte[] mask = in.readNBytes(4);
    byte[] text = in.readNBytes((int) length);
    for (int i = 0; i < text.length; i++) {
      text[i] ^= mask[i % 4];
    }
    return new String(text, StandardCharsets.UTF_8) + " ";
  }

  /** Appends a text frame of a server. */
  static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(0x81);
    if (bytes.length < 126) {
      out.write(bytes.length);
    } else {
      out.write(126);
      out.write(bytes.length >> 8);
      out.write(bytes.length);
    }
    out.writeBytes(bytes);
  }
}
