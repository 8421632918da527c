/** Values and files that the tests of the lake share. */
@NullMarked
package dev.candles.lake;

import org.jspecify.annotations.NullMarked;
