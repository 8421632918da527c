/** The streaming job: its topology on one screen. */
@NullMarked
package dev.candles.job;

import org.jspecify.annotations.NullMarked;
