package dev.candles.sources.transport;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * An answer over HTTP, whatever its status.
 *
 * @param status HTTP status
 * @param body the body as text
 * @param retryAfterMs real milliseconds that a {@code Retry-After} header asks to wait, or -1
 * @param dateMs the {@code Date} header: the server's clock at the answer, epoch ms, UTC, whole
 *     seconds; -1 if there is none
 * @param ageMs the {@code Age} header: how long the answer lay in a cache; 0 if there is none
 */
public record RestResponse(int status, String body, long retryAfterMs, long dateMs, long ageMs) {
  /** No such header. */
  public static final long ABSENT = -1;

  private static final long LONGEST_WAIT_MS = 3_600_000;

  /** RFC 9110 gives a year four digits. */
  private static final Instant LAST_DATE = Instant.parse("9999-12-31T23:59:59Z");

  /** The time (epoch ms, UTC) that the answer itself claims to be of, or {@link #ABSENT}. */
  public long asOfMs() {
    return dateMs == ABSENT ? ABSENT : dateMs - ageMs;
  }

  /**
   * Epoch ms, UTC, of a {@code Date} header in RFC 9110's preferred form, which is what servers
   * send; anything else counts as absent, so does a time before 1970 or of a year of five digits.
   */
  public static long dateMs(String header) {
    try {
      Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.trim(), Instant::from);
      boolean known = !date.isBefore(Instant.EPOCH) && !date.isAfter(LAST_DATE);
      return known ? date.toEpochMilli() : ABSENT;
    } catch (DateTimeException e) {
      return ABSENT; // a header that nobody can read says nothing
    }
  }

  /**
   * Milliseconds of a {@code Retry-After} header in seconds, or as a time; at most an hour is
   * believed. A time is compared with the server's own clock.
   *
   * @param dateMs of the same answer, or {@link #ABSENT}, with which a time says nothing
   */
  public static long retryAfterMs(String header, long dateMs) {
    String text = header.trim();
    if (text.matches("[0-9]{1,9}")) {
      return Math.min(Long.parseLong(text) * 1_000, LONGEST_WAIT_MS);
    }
    long untilMs = dateMs(text);
    return untilMs == ABSENT || dateMs == ABSENT
        ? ABSENT
        : Math.max(0, Math.min(untilMs - dateMs, LONGEST_WAIT_MS));
  }

  /** Milliseconds of an {@code Age} header; 0 if it is none. */
  public static long ageMs(String header) {
    String text = header.trim();
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) * 1_000 : 0;
  }
}
