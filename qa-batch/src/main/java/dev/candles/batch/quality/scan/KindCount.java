package dev.candles.batch.quality.scan;

import dev.candles.batch.quality.check.Kind;

/** How many findings of a kind there were. */
public record KindCount(Kind kind, int count) {}
