/**
 * The report as one HTML file that needs no network, and the parts that it is made of: {@link
 * dev.candles.batch.quality.html.PageAssets} has style and script of calendar, trend and chart for
 * other pages too.
 */
@NullMarked
package dev.candles.batch.quality.html;

import org.jspecify.annotations.NullMarked;
