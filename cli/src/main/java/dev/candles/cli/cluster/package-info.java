/** A Flink cluster of separate JVMs on this machine, and jobs on it or on another one. */
@NullMarked
package dev.candles.cli.cluster;

import org.jspecify.annotations.NullMarked;
