/** The command line: one class per sub-command. */
@NullMarked
package dev.candles.cli;

import org.jspecify.annotations.NullMarked;
