/** What travels along the edges of the streaming job: sealed events, a record per kind of news. */
@NullMarked
package dev.candles.core.feed;

import org.jspecify.annotations.NullMarked;
