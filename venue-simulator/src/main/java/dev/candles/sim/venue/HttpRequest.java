package dev.candles.sim.venue;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it comes from a socket: at most 32 KiB of head and what {@link HttpBody} allows.
 *
 * @param target path and query, still escaped
 * @param headers by lower-case name; of a repeated one the last counts
 * @param body may be empty
 */
record HttpRequest(String method, String target, Map<String, String> headers, String body) {
  private static final int MAX_HEAD_BYTES = 32_768;
  private static final String FORM = "application/x-www-form-urlencoded";

  /**
   * Reads the next request.
   *
   * @return empty at the end of the stream
   * @throws SocketException if it is too long; what follows cannot be read then
   */
  static Optional<HttpRequest> read(InputStream in) throws IOException {
    String head = head(in);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    String[] words = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
    boolean known = words.length == 3;
    Map<String, String> headers = headers(head);
    return Optional.of(
        new HttpRequest(
            known ? words[0] : "", known ? words[1] : "", headers, HttpBody.read(in, headers)));
  }

  /**
   * What is asked. A body is a form if it is said to be one, or nothing is said.
   *
   * @throws IllegalArgumentException if the escapes are broken
   */
  SimRequest question() {
    boolean form = headers.getOrDefault("content-type", FORM).startsWith(FORM);
    return SimRequest.parse(target, form ? body : "", headers);
  }

  private static Map<String, String> headers(String head) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : head.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        headers.put(name, line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  /** The request line and headers, up to the empty line; empty at the end of the stream. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder(256);
    while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      if (head.length() == MAX_HEAD_BYTES) {
        throw new SocketException("request head is too long: bytes=" + MAX_HEAD_BYTES);
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
