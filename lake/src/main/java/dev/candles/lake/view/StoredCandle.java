package dev.candles.lake.view;

import dev.candles.core.candle.Candle;
import java.nio.file.Path;

/** A version of a candle and the file that holds it. */
public record StoredCandle(Path file, Candle candle) {}
