/** The daily checks beside a collector: when, in a process of their own, and what is kept. */
@NullMarked
package dev.candles.cli.daily;

import org.jspecify.annotations.NullMarked;
