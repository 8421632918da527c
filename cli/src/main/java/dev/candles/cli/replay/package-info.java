/**
 * Recordings fed through a venue's decoder and the rules of finality, one JSON line per finding.
 */
@NullMarked
package dev.candles.cli.replay;

import org.jspecify.annotations.NullMarked;
