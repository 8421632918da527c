/** Where bounded jobs run: a Flink of their own in this JVM, or the cluster that was asked for. */
@NullMarked
package dev.candles.qa.flink;

import org.jspecify.annotations.NullMarked;
