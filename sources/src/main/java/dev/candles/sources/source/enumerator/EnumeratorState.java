package dev.candles.sources.source.enumerator;

/** Nothing: the enumerator plans anew from configuration and catalogue. */
public record EnumeratorState() {}
