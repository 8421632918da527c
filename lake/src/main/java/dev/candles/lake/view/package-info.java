/** What the lake holds of a stream, from the files alone. */
@NullMarked
package dev.candles.lake.view;

import org.jspecify.annotations.NullMarked;
