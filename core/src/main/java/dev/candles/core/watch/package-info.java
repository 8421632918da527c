/** When people are told of a trouble that is no venue's health, and what stops as a disk fills. */
@NullMarked
package dev.candles.core.watch;

import org.jspecify.annotations.NullMarked;
