/** The only client sockets: websocket feed, REST client, back-off. */
@NullMarked
package dev.candles.sources.transport;

import org.jspecify.annotations.NullMarked;
