package dev.candles.sim.venue;

/**
 * One row of a page.
 *
 * @param key its open time or trade id
 * @param text as the venue writes it
 */
public record PageRow(long key, String text) {}
