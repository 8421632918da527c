package dev.candles.qa.scan;

import dev.candles.qa.check.Kind;

/** How many findings of a kind there were. */
public record KindCount(Kind kind, int count) {}
