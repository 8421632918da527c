/**
 * Bounded jobs over the lake, one package each, none of which knows another; and where they run: a
 * Flink of their own in this JVM, or the cluster that was asked for.
 */
@NullMarked
package dev.candles.batch;

import org.jspecify.annotations.NullMarked;
