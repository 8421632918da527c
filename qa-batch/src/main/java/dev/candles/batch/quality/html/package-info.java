/** The report as one HTML file that needs no network. */
@NullMarked
package dev.candles.batch.quality.html;

import org.jspecify.annotations.NullMarked;
