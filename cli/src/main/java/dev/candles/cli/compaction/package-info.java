/** What the operator sees of a compaction. */
@NullMarked
package dev.candles.cli.compaction;

import org.jspecify.annotations.NullMarked;
