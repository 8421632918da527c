package dev.candles.cli.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines of UTF-8 text of bounded length, without the byte-order mark that some editors put before
 * the first one; joined files have it before any. What is not UTF-8 comes out as replacement
 * characters, for whoever reads the line to refuse.
 */
final class BoundedLines {
  private static final int BUFFER_BYTES = 65_536;
  private static final int BINARY_PROBE_BYTES = 4_096;
  private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] UTF_16_MARK = {(byte) 0xff, (byte) 0xfe};
  private static final byte[] UTF_16_BIG_MARK = {(byte) 0xfe, (byte) 0xff};

  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private byte[] line = new byte[1_024];
  private int at;
  private int end;
  private boolean cut;

  BoundedLines(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /** Whether the beginning holds a zero byte, which no text does. To be asked before any line. */
  boolean binary() throws IOException {
    fill();
    for (int i = 0; i < Math.min(end, BINARY_PROBE_BYTES); i++) {
      if (buffer[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether it begins as UTF-16 text does. To be asked before any line. */
  boolean utf16() throws IOException {
    fill();
    return startsWith(buffer, end, UTF_16_MARK) || startsWith(buffer, end, UTF_16_BIG_MARK);
  }

  /** The next line without its end, or null after the last. */
  @Nullable String next() throws IOException {
    int length = 0;
    cut = false;
    while (fill()) {
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      length = keep(from, at, length);
      if (at < end) {
        at++;
        return text(length);
      }
    }
    return length == 0 && !cut ? null : text(length);
  }

  /** Whether the line that came last was longer than the bound; only its beginning came. */
  boolean wasCut() {
    return cut;
  }

  private boolean fill() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return end > 0;
  }

  private int keep(int from, int to, int length) {
    int kept = Math.min(to - from, maxBytes - length);
    cut |= kept < to - from;
    if (length + kept > line.length) {
      line = Arrays.copyOf(line, Math.min(maxBytes, Math.max(2 * line.length, length + kept)));
    }
    System.arraycopy(buffer, from, line, length, kept);
    return length + kept;
  }

  private String text(int length) {
    int from = startsWith(line, length, UTF_8_MARK) ? UTF_8_MARK.length : 0;
    int to = length > from && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, from, to - from, StandardCharsets.UTF_8);
  }

  private static boolean startsWith(byte[] bytes, int length, byte[] mark) {
    return length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
  }
}
