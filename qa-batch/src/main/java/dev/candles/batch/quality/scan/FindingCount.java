package dev.candles.batch.quality.scan;

import dev.candles.batch.quality.check.FindingType;

/** How many findings of a kind there were. */
public record FindingCount(FindingType kind, int count) {}
