/** Archives of loaded classes, with which a JVM of this program starts in about half the time. */
@NullMarked
package dev.candles.cli.classes;

import org.jspecify.annotations.NullMarked;
