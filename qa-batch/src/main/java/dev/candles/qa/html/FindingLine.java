package dev.candles.qa.html;

/**
 * One finding as the page lists it.
 *
 * @param check its check's number
 * @param kind the kind's name
 * @param stream {@code venue/symbol/timeframe}, empty if it is not about one
 * @param file relative to the lake, empty if it is not about one
 * @param openTimeMs epoch ms, UTC, or {@link Long#MIN_VALUE} if it is not about one
 * @param value what was found
 */
public record FindingLine(
    int check,
    String kind,
    boolean warning,
    String stream,
    String file,
    long openTimeMs,
    String value) {}
