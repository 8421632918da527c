/** What the rules need to know of the lake, without knowing files. */
@NullMarked
package dev.candles.core.lake;

import org.jspecify.annotations.NullMarked;
