/** Exchanges on loopback that speak the real protocols and lie on purpose. */
@NullMarked
package dev.candles.sim;

import org.jspecify.annotations.NullMarked;
