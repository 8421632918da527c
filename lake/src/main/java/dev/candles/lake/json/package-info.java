/** Small JSON files, read without trust: bounded, strict, every problem named. */
@NullMarked
package dev.candles.lake.json;

import org.jspecify.annotations.NullMarked;
