package dev.candles.sim.venue;

import java.nio.charset.StandardCharsets;

/**
 * What an HTTP request is answered.
 *
 * @param status HTTP status
 * @param dateMs what the Date header says, epoch ms, UTC
 */
public record HttpAnswer(int status, String contentType, String body, long dateMs) {

  /** JSON. */
  public static HttpAnswer json(int status, String body, long dateMs) {
    return new HttpAnswer(status, "application/json", body, dateMs);
  }

  /** HTML, as somebody in between would answer. */
  public static HttpAnswer html(int status, String body, long dateMs) {
    return new HttpAnswer(status, "text/html; charset=UTF-8", body, dateMs);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
