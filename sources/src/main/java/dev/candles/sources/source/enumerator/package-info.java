/** Which connections there are, and which reader keeps which. */
@NullMarked
package dev.candles.sources.source.enumerator;

import org.jspecify.annotations.NullMarked;
