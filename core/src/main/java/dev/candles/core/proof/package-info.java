/** What may be claimed of an interval, and on which premises: docs/PROOF.md as code. */
@NullMarked
package dev.candles.core.proof;

import org.jspecify.annotations.NullMarked;
