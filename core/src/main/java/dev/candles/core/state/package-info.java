/** State that a rule keeps and that somebody else stores: an operator by key, or memory. */
@NullMarked
package dev.candles.core.state;

import org.jspecify.annotations.NullMarked;
