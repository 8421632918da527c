/** Where things lie in the lake: folders, partitions and file names. */
@NullMarked
package dev.candles.lake.layout;

import org.jspecify.annotations.NullMarked;
