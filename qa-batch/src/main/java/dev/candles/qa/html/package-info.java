/** The report as one HTML file that needs no network. */
@NullMarked
package dev.candles.qa.html;

import org.jspecify.annotations.NullMarked;
