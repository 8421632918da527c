/** The daily QA as a bounded job: from the walk over the folders to verdicts and the report. */
@NullMarked
package dev.candles.batch.quality;

import org.jspecify.annotations.NullMarked;
