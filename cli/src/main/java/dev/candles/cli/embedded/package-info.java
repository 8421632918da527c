/** The whole collector in one JVM: Flink, the job, start, stop and what the operator is told. */
@NullMarked
package dev.candles.cli.embedded;

import org.jspecify.annotations.NullMarked;
