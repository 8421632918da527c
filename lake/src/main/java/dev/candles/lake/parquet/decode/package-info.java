/**
 * Decodes Parquet files that our own writer made, and no others: see docs/decisions/0018. Knows
 * neither the library nor candles.
 */
@NullMarked
package dev.candles.lake.parquet.decode;

import org.jspecify.annotations.NullMarked;
