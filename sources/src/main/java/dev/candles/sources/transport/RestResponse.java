package dev.candles.sources.transport;

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

  /** The time (epoch ms, UTC) that the answer itself claims to be of, or {@link #ABSENT}. */
  public long asOfMs() {
    return dateMs == ABSENT ? ABSENT : dateMs - ageMs;
  }
}
