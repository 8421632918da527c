package dev.candles.core.feed;

import dev.candles.core.candle.RejectReason;
import dev.candles.text.Cut;

/**
 * Something from outside that was not believed, kept for people to read.
 *
 * @param atMs market time, epoch ms, UTC
 * @param symbol as far as known, else empty; never used in a path
 * @param channel as far as known, else empty
 * @param detail what exactly, naming the value and what was expected
 * @param frame the frame, cut at {@link #MAX_FRAME_CHARS}
 */
public record Reject(
    long atMs,
    String venue,
    String symbol,
    String channel,
    RejectReason reason,
    String detail,
    String frame)
    implements FeedEvent {
  /** How much of a frame is kept. */
  public static final int MAX_FRAME_CHARS = 4096;

  private static final int MAX_WORD_CHARS = 256;

  /** Cuts what outside data could make long. */
  public Reject {
    symbol = Cut.to(MAX_WORD_CHARS, symbol);
    channel = Cut.to(MAX_WORD_CHARS, channel);
    detail = Cut.to(MAX_WORD_CHARS, detail);
    frame = Cut.to(MAX_FRAME_CHARS, frame);
  }

  @Override
  public <E extends Exception> void dispatch(Handler<E> handler) throws E {
    handler.reject(this);
  }
}
