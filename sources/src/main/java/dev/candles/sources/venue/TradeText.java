package dev.candles.sources.venue;

import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Trade;
import dev.candles.core.time.VenueClock;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A trade read from a venue's text, or why it cannot be one.
 *
 * @param trade the trade, or null if it is impossible
 * @param problem why it is impossible, or null
 * @param detail which value is, empty if none
 */
public record TradeText(@Nullable Trade trade, @Nullable RejectReason problem, String detail) {
  private static final long EARLIEST_MS = 1_262_304_000_000L; // 2010-01-01

  private static final int MAX_TIME_CHARS = 40;

  /**
   * Reads a trade; never throws on what the values may hold.
   *
   * @param time the venue's text of its time, for messages
   * @param timeMs epoch ms, UTC, rounded down; empty if the venue's text is no time
   * @param receivedAtMs market time, epoch ms, UTC
   */
  public static TradeText read(
      JsonValue id,
      JsonValue time,
      OptionalLong timeMs,
      JsonValue price,
      JsonValue size,
      TakerSide taker,
      long receivedAtMs) {
    Optional<String> number = id.literal().filter(Decimals::isWhole);
    if (number.isEmpty()) {
      return bad(id, "trade id");
    }
    if (timeMs.isEmpty()) {
      return new TradeText(
          null, RejectReason.WRONG_TYPE, "time of trade " + number.get() + ": " + time);
    }
    if (!believable(timeMs.getAsLong(), receivedAtMs)) {
      return new TradeText(null, RejectReason.ABSURD_TIME, "time: " + timeMs.getAsLong());
    }
    Optional<BigDecimal> paid = price.literal().flatMap(Decimals::exact);
    if (paid.isEmpty()) {
      return bad(price, "price");
    }
    if (paid.get().signum() <= 0) {
      return new TradeText(null, RejectReason.BAD_PRICE, "price: " + price);
    }
    Optional<BigDecimal> amount = size.literal().flatMap(Decimals::exact);
    if (amount.isEmpty()) {
      return bad(size, "size");
    }
    if (amount.get().signum() < 0) {
      return new TradeText(null, RejectReason.BAD_VOLUME, "size: " + size);
    }
    Trade trade =
        new Trade(
            Long.parseLong(number.get()),
            timeMs.getAsLong(),
            paid.get().doubleValue(),
            amount.get(),
            taker);
    return new TradeText(trade, null, "");
  }

  /**
   * What the taker did, in the venue's word for it. A trade without one is a trade: what else it
   * says is needed.
   */
  public static TakerSide taker(JsonValue said, String bought, String sold) {
    String word = said.string().orElse("");
    if (word.equals(bought)) {
      return TakerSide.BUY;
    }
    return word.equals(sold) ? TakerSide.SELL : TakerSide.UNKNOWN;
  }

  /**
   * Whether a trade of that time (epoch ms, UTC) may be known at {@code receivedAtMs}, which may be
   * off by an hour: {@link Timely} bounds it closer, by the venue's own time.
   */
  public static boolean believable(long timeMs, long receivedAtMs) {
    return timeMs >= EARLIEST_MS && timeMs <= receivedAtMs + VenueClock.MOST_OFF_MS;
  }

  /** Epoch ms (UTC, rounded down) of an ISO 8601 text with a zone; empty if it is none. */
  public static OptionalLong isoMillis(JsonValue time) {
    Optional<String> text = time.string().filter(t -> t.length() <= MAX_TIME_CHARS);
    return text.isEmpty() ? OptionalLong.empty() : IsoTime.millis(text.get());
  }

  /** The problem of an impossible trade. */
  public RejectReason reason() {
    return problem == null ? RejectReason.MALFORMED : problem;
  }

  private static TradeText bad(JsonValue value, String name) {
    RejectReason reason = value.isAbsent() ? RejectReason.MISSING_FIELD : RejectReason.WRONG_TYPE;
    return new TradeText(null, reason, name + ": " + value);
  }
}
