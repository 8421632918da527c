package dev.candles.sim.venue;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an HTTP request is answered.
 *
 * @param status HTTP status
 * @param dateMs what the Date header says, epoch ms, UTC
 * @param headers the venue's own headers
 */
public record SimResponse(
    int status, String contentType, String body, long dateMs, Map<String, String> headers) {

  /** JSON. */
  public static SimResponse json(int status, String body, long dateMs) {
    return new SimResponse(status, "application/json", body, dateMs, Map.of());
  }

  /** HTML, as somebody in between would answer. */
  public static SimResponse html(int status, String body, long dateMs) {
    return new SimResponse(status, "text/html; charset=UTF-8", body, dateMs, Map.of());
  }

  /** The same answer with more headers of the venue's own. */
  public SimResponse with(Map<String, String> own) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(own);
    return new SimResponse(status, contentType, body, dateMs, Map.copyOf(all));
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
