/** Forgetting streams that nobody collects any more: what it would do, and doing it. */
@NullMarked
package dev.candles.cli.forget;

import org.jspecify.annotations.NullMarked;
