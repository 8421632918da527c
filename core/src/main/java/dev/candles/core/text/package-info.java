/** Words that people type. */
@NullMarked
package dev.candles.core.text;

import org.jspecify.annotations.NullMarked;
