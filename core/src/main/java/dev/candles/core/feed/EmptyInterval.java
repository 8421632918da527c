package dev.candles.core.feed;

/**
 * An interval without a trade, as one reader saw it.
 *
 * @param lastTradeId the venue's id of the last trade before the interval's end
 * @param openedHere whether this process saw that no trade was between that id and the end; else
 *     only from this id's own interval on can it be told
 */
public record EmptyInterval(long lastTradeId, boolean openedHere) {}
