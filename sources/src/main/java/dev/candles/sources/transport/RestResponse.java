package dev.candles.sources.transport;

/**
 * An answer over HTTP, whatever its status.
 *
 * @param status HTTP status
 * @param body the body as text
 * @param retryAfterMs real milliseconds that a {@code Retry-After} header asks to wait, or -1
 */
public record RestResponse(int status, String body, long retryAfterMs) {}
