/** Candles and coverage as Parquet files: schema, writing, reading. */
@NullMarked
package dev.candles.lake.parquet;

import org.jspecify.annotations.NullMarked;
