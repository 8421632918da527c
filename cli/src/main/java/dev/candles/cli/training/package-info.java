/** What is run while classes are recorded: whatever it loads is in the archive. */
@NullMarked
package dev.candles.cli.training;

import org.jspecify.annotations.NullMarked;
