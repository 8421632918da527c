/** How values travel along edges and rest in state: written by hand, each with its version. */
@NullMarked
package dev.candles.job.codec;

import org.jspecify.annotations.NullMarked;
