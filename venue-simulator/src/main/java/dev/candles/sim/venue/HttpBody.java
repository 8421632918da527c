package dev.candles.sim.venue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the body of a request, at most 64 KiB, whether its length is told before or in chunks. */
final class HttpBody {
  private static final int MAX_BYTES = 65_536;
  private static final int MAX_LINE_BYTES = 256;
  private static final int MAX_TRAILERS = 32;
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})(;.*)?");

  private HttpBody() {}

  /**
   * Reads it.
   *
   * @param headers by lower-case name
   * @return its text; empty if the request has none
   * @throws SocketException if it is too long, or where it ends cannot be told
   */
  static String read(InputStream in, Map<String, String> headers) throws IOException {
    String coding = headers.getOrDefault("transfer-encoding", "");
    if (coding.equalsIgnoreCase("chunked")) {
      return chunks(in);
    }
    String length = headers.getOrDefault("content-length", "0");
    if (!coding.isEmpty() || !LENGTH.matcher(length).matches()) {
      throw new SocketException("request body has no length");
    }
    int bytes = Integer.parseInt(length);
    requireRoom(bytes);
    return new String(whole(in, bytes), StandardCharsets.UTF_8);
  }

  private static String chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int bytes = size(in); bytes > 0; bytes = size(in)) {
      requireRoom(all.size() + bytes);
      all.write(whole(in, bytes));
      line(in); // ends the chunk
    }
    for (int i = 0; !line(in).isEmpty(); i++) {
      if (i == MAX_TRAILERS) {
        throw new SocketException("request has too many trailers");
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static int size(InputStream in) throws IOException {
    var size = CHUNK.matcher(line(in));
    if (!size.matches()) {
      throw new SocketException("request body is not made of chunks");
    }
    return Integer.parseInt(size.group(1), 16);
  }

  private static byte[] whole(InputStream in, int bytes) throws IOException {
    byte[] read = in.readNBytes(bytes);
    if (read.length < bytes) {
      throw new SocketException("request body is cut off");
    }
    return read;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() == MAX_LINE_BYTES) {
        throw new SocketException("request body is cut off, or has a line that is too long");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private static void requireRoom(int bytes) throws SocketException {
    if (bytes > MAX_BYTES) {
      throw new SocketException("request body is too long: bytes=" + bytes);
    }
  }
}
